import clsx from 'clsx';
import { useCallback, useState } from 'react';
import type { EventRow } from '../../../src-core/contract/views.ts';
import type { SessionView as View } from '../../../src-core/contract/work.ts';
import { useNow } from '../../data/clock.ts';
import { FormatContext, formatFor, useFormat } from '../../data/format-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import columns from '../../ui/columns.module.css';
import { EmptyView } from '../../ui/empty-view.tsx';
import { EventItem } from '../../ui/event-item.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Quantity } from '../../ui/quantity.tsx';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { walkRows } from '../../ui/walk-rows.ts';
import { type Session, shortId } from './select.ts';
import styles from './sessions.module.css';
import { text } from './text.ts';
import { TimeCard } from './time-card.tsx';
import { Timeline } from './timeline.tsx';

/** What one session's page shows and what it can ask for. */
export interface SessionProps {
  readonly reading: Reading<View>;
  /** The chosen turn. */
  readonly turn: number;
  /** Its events, newest first; absent while they are read. */
  readonly events: readonly EventRow[] | undefined;
  readonly onTurn: (index: number) => void;
  readonly onBack: () => void;
}

/** One session: facts, its time axis, the events of the chosen turn, and where its time went. */
export function SessionView(props: SessionProps) {
  const { view } = props.reading;
  const session = view?.session ?? null;
  const format = view === undefined ? null : formatFor(view.timeZone);
  return (
    <FormatContext value={format}>
      <ReadingPage
        title={session?.project ?? text.one}
        sub={view === undefined || session === null ? undefined : subOf(session, view)}
        reading={props.reading}
        tools={
          <Button onPress={props.onBack}>
            <Icon name="back" />
            {text.back}
          </Button>
        }
        skeleton={
          <Card title={text.timeline}>
            <Skeleton rows={5} />
          </Card>
        }
      >
        {(shown) =>
          shown.session === null ? (
            <EmptyView
              glyph="idle"
              title={text.gone.title}
              lead={text.gone.lead}
              actions={
                <Button size="large" onPress={props.onBack}>
                  {text.back}
                </Button>
              }
            />
          ) : (
            <Whole {...props} session={shown.session} now={shown.now} />
          )
        }
      </ReadingPage>
    </FormatContext>
  );
}

function subOf(session: Session, { now, timeZone }: View): string {
  const format = formatFor(timeZone);
  const end = session.end === null ? text.toNow : format.moment(session.toAt, now);
  const when = text.when(format.moment(session.fromAt, now), end);
  return [shortId(session.sessionId), when, session.model]
    .filter((part) => part !== null)
    .join(' · ');
}

function Whole(props: SessionProps & { readonly session: Session; readonly now: number }) {
  const { session, now } = props;
  const endsAt = session.end === null ? now : session.toAt;
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <>
      <Facts session={session} endsAt={endsAt} />
      <Card title={text.timeline}>
        <div ref={ref}>
          <Timeline
            session={session}
            width={width}
            endsAt={endsAt}
            turn={props.turn}
            onTurn={props.onTurn}
          />
        </div>
      </Card>
      <div className={columns.columns}>
        <TurnCard {...props} className={columns.span8} />
        <TimeCard session={session} endsAt={endsAt} className={columns.side} />
      </div>
    </>
  );
}

function Facts(props: { readonly session: Session; readonly endsAt: number }) {
  const format = useFormat();
  const { session, endsAt } = props;
  const { facts } = text;
  // Less than a second of a session is nothing that anybody counts.
  const time = (ms: number) =>
    ms < 1000 ? [{ value: format.count(0), unit: '\u202fs' }] : format.durationParts(ms);
  const count = (value: number) => [{ value: format.count(value), unit: '' }];
  const entries = [
    [facts.calls, count(session.calls), null],
    [
      facts.errors,
      count(session.errors),
      session.recovered === null || session.errors === 0
        ? null
        : text.recovered(format.count(session.recovered)),
    ],
    [facts.prompts, count(session.prompts), null],
    [facts.agents, count(session.agents.length), null],
    [facts.waited, time(session.waitedMs), null],
    [facts.active, time(session.activeMs), null],
    [facts.length, time(endsAt - session.fromAt), null],
  ] as const;
  return (
    <section className={styles.facts} aria-label={text.factsLabel}>
      {entries.map(([label, parts, note]) => (
        <div key={label} className={styles.fact}>
          <h2 className={styles.factLabel}>{label}</h2>
          <p className={styles.factValue}>
            <Quantity parts={parts} size="row" />
            {note !== null && <span className={styles.factNote}>{note}</span>}
          </p>
        </div>
      ))}
    </section>
  );
}

function TurnCard(
  props: SessionProps & { readonly session: Session; readonly className?: string | undefined },
) {
  const format = useFormat();
  const now = useNow();
  const { session, turn: index, events } = props;
  const turn = session.turns[index];
  const [openId, setOpenId] = useState<string | null>(null);
  const toggle = useCallback((id: string) => setOpenId((open) => (open === id ? null : id)), []);
  const name = turn?.hasPrompt === false ? text.beforePrompt : text.turn(index + 1);
  const note =
    turn === undefined
      ? undefined
      : text.turnNote(
          format.moment(turn.fromAt, now),
          format.clock(turn.toAt),
          format.roughly(turn.toAt - turn.fromAt),
        );
  return (
    <Card
      title={name}
      {...(note === undefined ? {} : { note })}
      isFlush
      className={props.className}
      end={
        <span className={styles.turnKeys}>
          <Button
            size="small"
            isDisabled={index <= 0}
            onPress={() => props.onTurn(index - 1)}
            title={text.earlier}
          >
            ‹
          </Button>
          <Button
            size="small"
            isDisabled={index >= session.turns.length - 1}
            onPress={() => props.onTurn(index + 1)}
            title={text.later}
          >
            ›
          </Button>
        </span>
      }
    >
      {turn?.prompt != null && <p className={styles.prompt}>{turn.prompt}</p>}
      {events !== undefined && events.length === 0 && (
        <p className={styles.nothing}>{text.noEvents}</p>
      )}
      <ol
        className={clsx(styles.events)}
        aria-label={text.turnEvents(name)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && openId !== null) {
            setOpenId(null);
            event.preventDefault();
          } else if (walkRows(event.nativeEvent, event.currentTarget)) event.preventDefault();
        }}
      >
        {(events ?? []).toReversed().map((event) => (
          <li key={event.id}>
            <EventItem
              event={event}
              isOpen={event.id === openId}
              isSub={event.agentType !== null}
              onToggle={toggle}
            />
          </li>
        ))}
      </ol>
    </Card>
  );
}
