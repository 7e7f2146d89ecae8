import clsx from 'clsx';
import { memo } from 'react';
import type { EventRow } from '../../src-core/contract/views.ts';
import { SourceMark } from '../charts/source-mark.tsx';
import { useFormat } from '../data/format-context.ts';
import {
  eventName,
  eventSign,
  isPromptEvent,
  SOURCES,
  eventWords as words,
} from '../data/words.ts';
import styles from './event-item.module.css';
import { Shape } from './shape.tsx';
import textStyles from './text.module.css';

/** Calls of this length stand out. */
const LONG_MS = 10_000;

/** One event as a row; pressed, it opens in place with everything that is known of it. */
export const EventItem = memo(function EventItem(props: {
  readonly event: EventRow;
  readonly isOpen: boolean;
  /** It is drawn below the subagent that it belongs to. */
  readonly isSub?: boolean;
  readonly onToggle: (id: string) => void;
}) {
  const { event } = props;
  const format = useFormat();
  const sign = eventSign(event);
  const time = format.clockExact(event.at);
  const isLong = event.durationMs !== null && event.durationMs >= LONG_MS;
  const isPrompt = isPromptEvent(event);
  return (
    <div className={clsx(props.isOpen && styles.open, props.isSub === true && styles.sub)}>
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
        <SourceMark name={event.source} label={words.from(SOURCES[event.source].long)} />
      </button>
      {props.isOpen && <EventFacts event={event} outcome={sign.label} />}
    </div>
  );
});

function EventFacts(props: { readonly event: EventRow; readonly outcome: string }) {
  const { event } = props;
  const format = useFormat();
  const time = format.clockExact(event.at);
  const facts: readonly (readonly [string, string | null])[] = [
    [words.facts.outcome, props.outcome],
    [words.facts.time, `${format.weekdayAndDay(event.at)}, ${time.seconds}${time.fraction}`],
    [words.facts.duration, event.durationMs === null ? null : format.duration(event.durationMs)],
    [words.facts.project, event.project],
    [words.facts.session, event.sessionId],
    [words.facts.agent, event.agentType],
    [words.facts.source, SOURCES[event.source].long],
  ];
  return (
    <div className={styles.facts}>
      <pre className={styles.whole}>
        {event.detail ?? words.noDetail}
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
