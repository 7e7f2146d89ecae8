import { Suspense, useEffect } from 'react';
import type { DashboardPage, DashboardTarget } from '../../src-core/contract/ipc.ts';
import { ChartPatterns } from '../charts/patterns.tsx';
import type { Address } from '../data/address.ts';
import { bridge, callMain } from '../data/bridge.ts';
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
import type { PageProps } from './page-props.ts';
import { PAGES } from './pages/pages.ts';
import { Sidebar } from './sidebar.tsx';
import { StatusBanner } from './status-banner.tsx';
import { text } from './text.ts';
import { useAddress } from './use-address.ts';
import { useDashboardKeys } from './use-dashboard-keys.ts';

/** The dashboard window: sidebar, the page that is asked for, and the keys. */
export function DashboardApp() {
  const [address, go] = useAddress();
  const { page } = address;
  const glance = useGlance();
  const refresh = useRefresh();
  // Before install nothing is written, so there is nothing that a refresh could do.
  const isInstalled = glance.data?.health.state !== 'not-installed';
  const run = (): void => {
    if (isInstalled && !refresh.isPending) refresh.mutate();
  };
  const open = (to: DashboardPage): void => go({ page: to });
  useEffect(() => bridge().on('dashboard.shown', (target) => go(placeOf(target))), [go]);
  const leave = (): boolean => {
    if (page === 'sessions' && address.session !== null) go({ session: null });
    else if (page === 'install') open('overview');
    else return false;
    return true;
  };
  const isKeyHeld = useDashboardKeys({ open, refresh: run, leave });

  const fallback = useFormat();
  const format = glance.data === undefined ? fallback : formatFor(glance.data.timeZone);
  const props: PageProps = {
    address,
    go,
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
        onOpen={open}
        onRefresh={run}
        onTryAgain={shown.retry}
      />
    ),
    failure: (shown) =>
      shown.data === undefined && shown.error !== null ? (
        <Failure shown={shown} format={format} />
      ) : null,
  };
  const Current = PAGES[page];
  return (
    <FormatContext value={format}>
      <ChartPatterns />
      <div className={styles.window}>
        <Side glance={glance} format={format} page={page} isKeyHeld={isKeyHeld} onOpen={open} />
        <Suspense fallback={<main aria-busy="true" />}>
          <Current {...props} />
        </Suspense>
      </div>
    </FormatContext>
  );
}

/** A target of main's without a session of its own leaves a page that is open already as it is. */
function placeOf({ page, session }: DashboardTarget): Partial<Address> {
  return session === null ? { page } : { page, session };
}

function Side(props: {
  readonly glance: ReturnType<typeof useGlance>;
  readonly format: Format;
  readonly page: DashboardPage;
  readonly isKeyHeld: boolean;
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
      isKeyHeld={props.isKeyHeld}
      onOpen={props.onOpen}
      onSettings={openSettings}
    />
  );
}

/** A wish whose outcome the user sees: when main cannot follow it, there is nothing to add. */
function openSettings(): void {
  callMain('settings.open', {}).catch(() => undefined);
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
