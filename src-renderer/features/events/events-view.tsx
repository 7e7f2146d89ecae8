import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, useCallback, useState } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { EventRow } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { type ReadOlder, useEventList } from '../../data/use-event-list.ts';
import { isPromptEvent } from '../../data/words.ts';
import { Button } from '../../ui/button.tsx';
import { EventItem } from '../../ui/event-item.tsx';
import { NoWork } from '../../ui/no-work.tsx';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { walkRows } from '../../ui/walk-rows.ts';
import styles from './events.module.css';
import { daysOf } from './select.ts';
import { text } from './text.ts';

/** Events in one page of the list. */
export const EVENTS_PAGE = 200;

/** What the events page shows and what it can ask for. */
export interface EventsProps {
  readonly reading: Reading<{ readonly now: number; readonly events: readonly EventRow[] }>;
  readonly isInstalled: boolean;
  /** Something is left out, so that an empty list does not mean an empty record. */
  readonly isNarrow: boolean;
  /** What the list is about, when it is not about everything. */
  readonly about: string | null;
  readonly filter: ReactNode;
  readonly readOlder: ReadOlder;
  readonly onShowAll: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** Events, newest first: all of them, or those behind a number. */
export function EventsView(props: EventsProps) {
  return (
    <ReadingPage
      title={text.title}
      sub={props.about ?? text.sub}
      reading={props.reading}
      tools={props.filter}
      isBare
      skeleton={
        <div className={styles.waiting}>
          <Skeleton rows={5} />
        </div>
      }
    >
      {({ events, now }) =>
        events.length > 0 ? (
          <List newest={events} now={now} readOlder={props.readOlder} />
        ) : (
          <NoWork
            isInstalled={props.isInstalled}
            isNarrow={props.isNarrow}
            empty={text.empty}
            hasRange={false}
            onInstall={() => props.onOpen('install')}
            onShowAll={props.onShowAll}
          />
        )
      }
    </ReadingPage>
  );
}

function List(props: {
  readonly newest: readonly EventRow[];
  readonly now: number;
  readonly readOlder: ReadOlder;
}) {
  const format = useFormat();
  const list = useEventList(props.newest, EVENTS_PAGE, props.readOlder);
  const [openId, setOpenId] = useState<string | null>(null);
  const toggle = useCallback((id: string) => setOpenId((open) => (open === id ? null : id)), []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape' && openId !== null) {
      setOpenId(null);
      event.preventDefault();
    } else if (walkRows(event.nativeEvent, event.currentTarget)) event.preventDefault();
  };
  return (
    <section className={styles.list} aria-label={text.list} onKeyDown={onKeyDown}>
      {daysOf(list.events, props.now, format).map((day) => (
        <section key={day.key} className={styles.day} aria-label={day.title}>
          <h2 className={styles.dayTitle}>{day.title}</h2>
          <ol>
            {day.events.map((event) => (
              <li key={event.id} className={clsx(styles.row, isPromptEvent(event) && styles.turn)}>
                <EventItem event={event} isOpen={event.id === openId} onToggle={toggle} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      <div className={styles.end}>
        {list.problem !== null && <p role="alert">{text.olderFailed(list.problem)}</p>}
        {list.isWhole ? (
          <p>{text.end}</p>
        ) : (
          <Button isDisabled={list.isLoading} isRow onPress={list.loadOlder}>
            {list.isLoading ? text.loading : list.problem === null ? text.loadOlder : text.tryAgain}
          </Button>
        )}
      </div>
    </section>
  );
}
