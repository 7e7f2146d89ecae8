import { useOverview } from '../../data/queries.ts';
import { OverviewView } from '../../features/overview/overview-view.tsx';
import { RangeControl } from '../filter-bar.tsx';
import { filterer, opener, type PageProps, useReading } from '../page-props.ts';

/** The overview with its range, which is all of the filter that it obeys. */
export function OverviewPage(props: PageProps) {
  const { filter } = props.address;
  const shown = useOverview(filter.days);
  const change = filterer(props);
  return (
    <OverviewView
      reading={useReading(props, shown)}
      filter={<RangeControl filter={filter} onChange={change} hasCustom={false} />}
      onDays={(days) => change({ ...filter, days, custom: null })}
      onOpen={opener(props)}
    />
  );
}
