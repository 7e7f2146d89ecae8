import { useCallback, useMemo } from 'react';
import type { EventPick } from '../../../src-core/contract/work.ts';
import { isNarrow, NO_FILTER } from '../../data/address.ts';
import { callMain } from '../../data/bridge.ts';
import { className } from '../../data/error-names.ts';
import { useEvents, useFilterChoices } from '../../data/queries.ts';
import { OUTCOMES } from '../../data/words.ts';
import { EVENTS_PAGE, EventsView } from '../../features/events/events-view.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { filterer, opener, type PageProps, useReading } from '../page-props.ts';
import { text } from '../text.ts';

/** The list of events: all that the filter lets through, or those behind a number. */
export function EventsPage(props: PageProps) {
  const { filter, pick } = props.address;
  const isAbout = Object.keys(pick).length > 0;
  const scope = useMemo(
    () => ({ filter: isAbout ? filter : { ...filter, days: 0 as const }, pick }),
    [filter, pick, isAbout],
  );
  const key = JSON.stringify(scope);
  const shown = useEvents(EVENTS_PAGE, scope);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal scopes are one scope.
  const readOlder = useCallback(
    async (beforeAt: number, limit: number) =>
      (await callMain('events.read', { beforeAt, limit, scope })).events,
    [key],
  );
  return (
    <EventsView
      // Pages that were loaded of another list are none of this one.
      key={key}
      reading={useReading(props, shown)}
      isInstalled={props.isInstalled}
      isNarrow={isAbout || isNarrow(filter)}
      about={isAbout ? aboutText(pick) : null}
      filter={
        <FilterBar
          filter={filter}
          choices={useFilterChoices(filter).data}
          hasRange={isAbout}
          onChange={filterer(props)}
        />
      }
      readOlder={readOlder}
      onShowAll={() => props.go({ pick: {}, filter: NO_FILTER })}
      onOpen={opener(props)}
    />
  );
}

function aboutText({ tool, errorClass, program, outcome }: EventPick): string {
  const { behind } = text;
  const parts = [
    tool === undefined ? null : behind.tool(tool),
    errorClass === undefined ? null : behind.errorClass(className(errorClass)),
    program === undefined ? null : behind.program(program),
    outcome === undefined ? null : behind.outcome(OUTCOMES[outcome].label.toLowerCase()),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
