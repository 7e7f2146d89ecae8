import clsx from 'clsx';
import { memo } from 'react';
import type { EventRow } from '../../../src-core/contract/views.ts';
import { SourceMark } from '../../charts/source-mark.tsx';
import { useFormat } from '../../data/format-context.ts';
import { eventName, eventSign, SOURCES } from '../../data/words.ts';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './events.module.css';
import { text } from './text.ts';

/** Calls of this length stand out. */
const LONG_MS = 10_000;

/** One event as a row; pressed, it opens in place with everything that is known of it. */
export const EventItem = memo(function EventItem(props: {
  readonly event: EventRow;
  readonly isOpen: boolean;
  readonly onToggle: (id: string) => void;
}) {
  const { event } = props;
  const format = useFormat();
  const sign = eventSign(event);
  const time = format.clockExact(event.at);
  const isLong = event.durationMs !== null && event.durationMs >= LONG_MS;
  const isPrompt = event.name === 'UserPromptSubmit' && event.kind === 'other';
  return (
    <li className={clsx(styles.item, isPrompt && styles.turn, props.isOpen && styles.open)}>
      <button
        type="button"
        className={styles.row}
        data-row=""
        aria-expanded={props.isOpen}
        onClick={() => props.onToggle(event.id)}
      >
        <span className={styles.time}>
          {time.seconds}
          <span className={styles.fraction}>{time.fraction}</span>
        </span>
        <Shape name={sign.shape} label={sign.label} />
        <span className={clsx(styles.name, textStyles.truncate)}>{eventName(event)}</span>
        <span className={styles.detail}>
          {isPrompt ? (
            <span className={clsx(styles.prompt, textStyles.truncate)}>{event.detail}</span>
          ) : (
            <code className={textStyles.truncate}>{event.detail}</code>
          )}
          {event.error !== null && (
            <span className={clsx(styles.error, textStyles.truncate)}>{event.error}</span>
          )}
        </span>
        <span className={clsx(styles.project, textStyles.truncate)}>{event.project}</span>
        <span className={clsx(styles.duration, isLong && styles.long)}>
          {event.durationMs !== null && format.duration(event.durationMs)}
        </span>
        <SourceMark name={event.source} label={text.from(SOURCES[event.source].long)} />
      </button>
      {props.isOpen && <EventFacts event={event} outcome={sign.label} />}
    </li>
  );
});

function EventFacts(props: { readonly event: EventRow; readonly outcome: string }) {
  const { event } = props;
  const format = useFormat();
  const time = format.clockExact(event.at);
  const facts: readonly (readonly [string, string | null])[] = [
    [text.facts.outcome, props.outcome],
    [text.facts.time, `${format.weekdayAndDay(event.at)}, ${time.seconds}${time.fraction}`],
    [text.facts.duration, event.durationMs === null ? null : format.duration(event.durationMs)],
    [text.facts.project, event.project],
    [text.facts.session, event.sessionId],
    [text.facts.agent, event.agentType],
    [text.facts.source, SOURCES[event.source].long],
  ];
  return (
    <div className={styles.facts}>
      <pre className={styles.whole}>
        {event.detail ?? text.noDetail}
        {event.error !== null && <span className={styles.wholeError}>{`\n${event.error}`}</span>}
      </pre>
      <dl className={styles.pairs}>
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className={styles.pair}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
