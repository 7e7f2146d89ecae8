import { useCallback } from 'react';
import { isNarrow, NO_FILTER } from '../../data/address.ts';
import { callMain } from '../../data/bridge.ts';
import { useFilterChoices, useLive } from '../../data/queries.ts';
import { LIVE_PAGE, LiveView } from '../../features/live/live-view.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { filterer, opener, type PageProps, useReading } from '../page-props.ts';

/** The stream of events; of the filter it obeys all but the range. */
export function LivePage(props: PageProps) {
  const filter = { ...props.address.filter, days: 0 as const, custom: null };
  const key = JSON.stringify(filter);
  const shown = useLive(filter, LIVE_PAGE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal filters are one filter.
  const readOlder = useCallback(
    async (beforeAt: number, limit: number) =>
      (await callMain('events.read', { beforeAt, limit, scope: { filter, pick: {} } })).events,
    [key],
  );
  return (
    <LiveView
      key={key}
      reading={useReading(props, shown)}
      isInstalled={props.isInstalled}
      isNarrow={isNarrow(filter)}
      filter={
        <FilterBar
          filter={props.address.filter}
          choices={useFilterChoices(props.address.filter).data}
          hasRange={false}
          onChange={filterer(props)}
        />
      }
      readOlder={readOlder}
      onSession={(session) => props.go({ page: 'sessions', session })}
      onShowAll={() => props.go({ filter: NO_FILTER })}
      onOpen={opener(props)}
    />
  );
}
