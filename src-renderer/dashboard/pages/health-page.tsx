import { useHealth } from '../../data/queries.ts';
import { HealthView } from '../../features/health/health-view.tsx';
import { opener, type PageProps, useReading } from '../page-props.ts';

/** The health page. */
export function HealthPage(props: PageProps) {
  const shown = useHealth();
  return (
    <HealthView
      reading={useReading(props, shown)}
      isRefreshing={props.refresh.isBusy}
      onRefresh={props.refresh.run}
      onOpen={opener(props)}
    />
  );
}
