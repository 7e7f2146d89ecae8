import { ChartPatterns } from '../charts/patterns.tsx';
import { callMain } from '../data/bridge.ts';
import { useGlance, usePause, useRefresh } from '../data/queries.ts';
import { GlanceView } from '../features/glance/glance-view.tsx';

/** The glance bound to main. */
export function GlanceApp() {
  const glance = useGlance();
  const refresh = useRefresh();
  const pause = usePause();
  return (
    <>
      <ChartPatterns />
      <GlanceView
        view={glance.data}
        failure={glance.error}
        refresh={{
          isBusy: refresh.isPending,
          report: refresh.data ?? null,
          hasFailed: refresh.error !== null,
          run: () => refresh.mutate(),
        }}
        pause={{ hasFailed: pause.error !== null, set: (isPaused) => pause.mutate(isPaused) }}
        onFit={(height) =>
          tell(callMain('glance.fit', { height: Math.min(2000, Math.max(80, height)) }))
        }
        onClose={() => tell(callMain('glance.close', {}))}
        onOpenDashboard={(page) => tell(callMain('dashboard.open', { page, session: null }))}
        onOpenSession={(session) => tell(callMain('dashboard.open', { page: 'sessions', session }))}
        onSettings={() => tell(callMain('settings.open', {}))}
        onTryAgain={glance.retry}
        onQuit={() => tell(callMain('app.quit', {}))}
      />
    </>
  );
}

/**
 * Sends a wish whose outcome the user sees by himself: a window moves, opens or goes. When main cannot
 * follow it, there is nothing the page could add to that.
 */
function tell(wish: Promise<unknown>): void {
  wish.catch(() => undefined);
}
