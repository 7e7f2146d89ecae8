import { useState } from 'react';
import { isNarrow, NO_FILTER } from '../../data/address.ts';
import { useEvents, useFilterChoices, useSession, useSessions } from '../../data/queries.ts';
import { SessionView } from '../../features/sessions/session-view.tsx';
import { SESSIONS_PAGE, SessionsView } from '../../features/sessions/sessions-view.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { filterer, opener, type PageProps, useReading } from '../page-props.ts';

const MOST_EVENTS = 500;
const MOST_SESSIONS = 500;

/** The list of sessions, or one of them. */
export function SessionsPage(props: PageProps) {
  const { session } = props.address;
  return session === null ? (
    <ListPage {...props} />
  ) : (
    <OnePage key={session} {...props} sessionId={session} />
  );
}

function ListPage(props: PageProps) {
  const { filter } = props.address;
  const [limit, setLimit] = useState(SESSIONS_PAGE);
  const shown = useSessions(filter, limit);
  return (
    <SessionsView
      reading={useReading(props, shown)}
      isInstalled={props.isInstalled}
      isNarrow={isNarrow(filter)}
      filter={
        <FilterBar
          filter={filter}
          choices={useFilterChoices(filter).data}
          hasRange
          onChange={filterer(props)}
        />
      }
      onMore={
        limit < MOST_SESSIONS ? () => setLimit((before) => before + SESSIONS_PAGE) : undefined
      }
      onSession={(session) => props.go({ session })}
      onShowAll={() => props.go({ filter: { ...NO_FILTER, days: 0 } })}
      onOpen={opener(props)}
    />
  );
}

function OnePage(props: PageProps & { readonly sessionId: string }) {
  const { sessionId } = props;
  const shown = useSession(sessionId);
  const [chosen, setChosen] = useState<number | null>(null);
  const turns = shown.data?.session?.turns ?? [];
  const index = chosen ?? turns.length - 1;
  const turn = turns[index];
  const events = useEvents(
    MOST_EVENTS,
    turn === undefined
      ? null
      : {
          filter: { ...NO_FILTER, days: 0 },
          pick: { sessionId, span: { fromAt: turn.fromAt, toAt: turn.toAt + 1 } },
        },
    turn !== undefined,
  );
  return (
    <SessionView
      reading={useReading(props, shown)}
      turn={index}
      events={events.data?.events}
      onTurn={setChosen}
      onBack={() => props.go({ session: null })}
    />
  );
}
