import { useEffect, useState } from 'react';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import { ChartPatterns } from '../charts/patterns.tsx';
import { bridge } from '../data/bridge.ts';
import { useNow } from '../data/clock.ts';
import type { Format } from '../data/format.ts';
import { FormatContext, formatFor, useFormat } from '../data/format-context.ts';
import { shortcut } from '../data/platform.ts';
import { type Shown, useGlance, useRefresh } from '../data/queries.ts';
import { describeStatus } from '../data/status.ts';
import { Button } from '../ui/button.tsx';
import { EmptyView } from '../ui/empty-view.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './dashboard.module.css';
import { navGroups } from './nav.ts';
import { EventsPage, HealthPage, InstallPage, OverviewPage, type PageProps } from './pages.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBanner } from './status-banner.tsx';
import { text } from './text.ts';
import { useDashboardKeys } from './use-dashboard-keys.ts';

const PAGES = {
  overview: OverviewPage,
  events: EventsPage,
  health: HealthPage,
  install: InstallPage,
} as const satisfies Record<DashboardPage, unknown>;

/** The dashboard window: sidebar, the page that is asked for, and the keys. */
export function DashboardApp() {
  const [page, setPage] = useState(pageOfAddress);
  const glance = useGlance();
  const refresh = useRefresh();
  // Before install nothing is written, so there is nothing that a refresh could do.
  const isInstalled = glance.data?.health.state !== 'not-installed';
  const run = (): void => {
    if (isInstalled && !refresh.isPending) refresh.mutate();
  };
  useEffect(() => bridge().on('dashboard.shown', (shown) => setPage(shown.page)), []);
  useDashboardKeys({ page, open: setPage, refresh: run });

  const fallback = useFormat();
  const format = glance.data === undefined ? fallback : formatFor(glance.data.timeZone);
  const props: PageProps = {
    isInstalled,
    refresh: { isBusy: refresh.isPending, run },
    actions: isInstalled && (
      <Button
        label={refresh.isPending ? text.refreshing : text.refreshNow(shortcut('R'))}
        isDisabled={refresh.isPending}
        onPress={run}
      >
        <Icon name="refresh" />
      </Button>
    ),
    banner: (shown) => (
      <StatusBanner
        health={glance.data?.health}
        failure={shown.error}
        refreshFailure={refresh.error}
        format={format}
        page={page}
        onOpen={setPage}
        onRefresh={run}
        onTryAgain={shown.retry}
      />
    ),
    failure: (shown) =>
      shown.data === undefined && shown.error !== null ? (
        <Failure shown={shown} format={format} />
      ) : null,
    onOpen: setPage,
  };
  const Current = PAGES[page];
  return (
    <FormatContext value={format}>
      <ChartPatterns />
      <div className={styles.window}>
        <Side glance={glance} format={format} page={page} onOpen={setPage} />
        <Current {...props} />
      </div>
    </FormatContext>
  );
}

function Side(props: {
  readonly glance: ReturnType<typeof useGlance>;
  readonly format: Format;
  readonly page: DashboardPage;
  readonly onOpen: (page: DashboardPage) => void;
}) {
  const { glance, format } = props;
  const status = describeStatus(glance.data?.health, glance.error?.sinceAt ?? null, {
    now: useNow(),
    format,
  });
  return (
    <Sidebar
      status={status}
      groups={navGroups(glance.data, props.page, format)}
      page={props.page}
      onOpen={props.onOpen}
    />
  );
}

function Failure(props: { readonly shown: Shown<unknown>; readonly format: Format }) {
  const { error, retry } = props.shown;
  if (error === null) return null;
  return (
    <EmptyView
      glyph="attention"
      title={text.errorTitle(props.format.clock(error.sinceAt))}
      lead={text.errorText(error.message)}
      actions={
        <Button size="large" isPrimary onPress={retry}>
          {text.tryAgain}
        </Button>
      }
    />
  );
}

/** Main may name the first page in the address; later ones come as pushes. */
function pageOfAddress(): DashboardPage {
  const named = location.hash.slice(1);
  return isPage(named) ? named : 'overview';
}

function isPage(name: string): name is DashboardPage {
  return Object.hasOwn(PAGES, name);
}
