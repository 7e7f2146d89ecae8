/** Each page bound to main: here and nowhere below is data read. */
import { type ReactNode, useState } from 'react';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { RangeDays } from '../../src-core/contract/views.ts';
import { callMain } from '../data/bridge.ts';
import {
  type Shown,
  useHealth,
  useInstall,
  useInstallPlan,
  useNewestEvents,
  useOverview,
} from '../data/queries.ts';
import { EVENTS_PAGE, EventsView } from '../features/events/events-view.tsx';
import { HealthView } from '../features/health/health-view.tsx';
import { InstallView } from '../features/install/install-view.tsx';
import { OverviewView } from '../features/overview/overview-view.tsx';
import { useLate } from '../ui/use-late.ts';

/** What every page is given by the window. */
export interface PageProps {
  readonly actions: ReactNode;
  readonly isInstalled: boolean;
  readonly refresh: { readonly isBusy: boolean; readonly run: () => void };
  /** Builds the banner for the page's own reading. */
  readonly banner: (shown: Shown<unknown>) => ReactNode;
  /** Builds what stands in place of figures, or null when they can be shown. */
  readonly failure: (shown: Shown<unknown>) => ReactNode;
  readonly onOpen: (page: DashboardPage) => void;
}

function useReading<T>(props: PageProps, shown: Shown<T>) {
  const isLate = useLate(shown.isOther || (shown.data === undefined && shown.error === null));
  // Without figures the failure itself fills the page; a banner above it would say it twice.
  const banner = shown.data === undefined ? null : props.banner(shown);
  return { isLate, banner, failure: props.failure(shown), actions: props.actions };
}

/** The overview with its range. */
export function OverviewPage(props: PageProps) {
  const [days, setDays] = useState<RangeDays>(30);
  const shown = useOverview(days);
  return (
    <OverviewView
      {...useReading(props, shown)}
      view={shown.data}
      days={days}
      onDays={setDays}
      onOpen={props.onOpen}
    />
  );
}

const readOlder = async (beforeAt: number, limit: number) =>
  (await callMain('events.read', { beforeAt, limit })).events;

/** The event list. */
export function EventsPage(props: PageProps) {
  const shown = useNewestEvents(EVENTS_PAGE);
  return (
    <EventsView
      {...useReading(props, shown)}
      newest={shown.data}
      isInstalled={props.isInstalled}
      readOlder={readOlder}
      onOpen={props.onOpen}
    />
  );
}

/** The health page. */
export function HealthPage(props: PageProps) {
  const shown = useHealth();
  return (
    <HealthView
      {...useReading(props, shown)}
      view={shown.data}
      isRefreshing={props.refresh.isBusy}
      onRefresh={props.refresh.run}
      onOpen={props.onOpen}
    />
  );
}

/** The install page. */
export function InstallPage(props: PageProps) {
  const shown = useInstallPlan();
  const install = useInstall();
  const { isLate, failure } = useReading(props, shown);
  const result =
    install.error === null
      ? (install.data ?? null)
      : { installed: false, message: install.error.message };
  return (
    <InstallView
      plan={shown.data}
      isLate={isLate}
      failure={failure}
      actions={null}
      install={{ isBusy: install.isPending, result, run: () => install.mutate() }}
      onCheckAgain={() => {
        install.reset();
        shown.retry();
      }}
      onOpen={props.onOpen}
    />
  );
}
