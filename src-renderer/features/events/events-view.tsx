import { type KeyboardEvent, type ReactNode, useCallback, useState } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { EventRow } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyView } from '../../ui/empty-view.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { walkRows } from '../../ui/walk-rows.ts';
import { EventItem } from './event-item.tsx';
import styles from './events.module.css';
import { daysOf } from './select.ts';
import { text } from './text.ts';
import { type ReadOlder, useEventList } from './use-event-list.ts';

/** Events in one page of the list. */
export const EVENTS_PAGE = 200;

/** What the events page shows and what it can ask for. */
export interface EventsProps {
  readonly newest: { readonly now: number; readonly events: readonly EventRow[] } | undefined;
  readonly isInstalled: boolean;
  readonly isLate: boolean;
  readonly failure: ReactNode;
  readonly banner: ReactNode;
  readonly actions: ReactNode;
  readonly readOlder: ReadOlder;
  readonly onOpen: (page: DashboardPage) => void;
}

/** Every event, newest first. */
export function EventsView(props: EventsProps) {
  return (
    <Page
      title={text.title}
      sub={text.sub}
      banner={props.banner}
      actions={props.actions}
      isBusy={props.isLate}
      isBare
    >
      <Content {...props} />
    </Page>
  );
}

function Content(props: EventsProps) {
  const { newest } = props;
  if (newest === undefined) {
    if (props.failure !== null) return props.failure;
    return props.isLate ? (
      <div className={styles.waiting}>
        <Skeleton rows={5} />
      </div>
    ) : null;
  }
  if (newest.events.length > 0) {
    return <List newest={newest.events} now={newest.now} readOlder={props.readOlder} />;
  }
  if (props.isInstalled) {
    return <EmptyView glyph="idle" title={text.empty.title} lead={text.empty.lead} />;
  }
  return (
    <EmptyView
      glyph="idle"
      title={text.notInstalled.title}
      lead={text.notInstalled.lead}
      actions={
        <Button isPrimary size="large" onPress={() => props.onOpen('install')}>
          {text.notInstalled.action}
        </Button>
      }
    />
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
              <EventItem
                key={event.id}
                event={event}
                isOpen={event.id === openId}
                onToggle={toggle}
              />
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
