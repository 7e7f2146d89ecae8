/**
 * What the pages know of main: one hook per call over one cache. Main pushes `data.changed`, one
 * subscription turns that into reads of what is on screen; nothing here polls, except that figures
 * about to be called stale, and calls that failed, are asked for once more before the page says so.
 */
import {
  QueryClient as QueryCache,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Argument, Result } from '../../src-core/contract/ipc.ts';
import type { RangeDays } from '../../src-core/contract/views.ts';
import type { EventScope, ViewFilter } from '../../src-core/contract/work.ts';
import { NO_FILTER } from './address.ts';
import { bridge, type CallError, callMain } from './bridge.ts';
import { mainClock } from './clock.ts';
import { createRefresher } from './refresher.ts';

/** No chart is painted more often than this. */
const PAINT_GAP_MS = 1000;
/** Figures of this age are asked for again, before they are called stale. */
const ASK_AGAIN_AGE_MS = 75_000;
const ASK_AGAIN_GAP_MS = 30_000;
const CHOICES = 'filter.choices';

/** What a view draws from: the last good value, and the failure of the last try if it failed. */
export interface Shown<T> {
  readonly data: T | undefined;
  readonly error: CallError | null;
  /** The value is of another argument and is being replaced. */
  readonly isOther: boolean;
  readonly retry: () => void;
}

/** The cache of one page; calls are never paused for lack of a network and never repeated by themselves. */
export function createQueryClient(): QueryClient {
  return new QueryCache({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Keeps the cache up to date with main until the returned function is called. */
export function followMain(client: QueryClient): () => void {
  const isVisible = (): boolean => document.visibilityState === 'visible';
  const refresher = createRefresher({
    refresh: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== CHOICES }),
    gapMs: PAINT_GAP_MS,
    isVisible,
    monotonic: () => performance.now(),
    later: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const stopPushes = bridge().on('data.changed', refresher.changed);
  const whenShown = (): void => {
    if (isVisible()) refresher.shown();
  };
  document.addEventListener('visibilitychange', whenShown);

  let askedAt = Number.NEGATIVE_INFINITY;
  const stopTicks = mainClock.subscribe(() => {
    if (performance.now() - askedAt < ASK_AGAIN_GAP_MS || !needsAnotherTry(client)) return;
    askedAt = performance.now();
    refresher.changed();
  });

  return () => {
    stopPushes();
    stopTicks();
    document.removeEventListener('visibilitychange', whenShown);
    refresher.stop();
  };
}

function needsAnotherTry(client: QueryClient): boolean {
  const now = mainClock.estimate();
  return client
    .getQueryCache()
    .findAll({ type: 'active' })
    .some(
      ({ state }) => state.error !== null || now - dataAtOf(state.data, now) > ASK_AGAIN_AGE_MS,
    );
}

function dataAtOf(value: unknown, fallback: number): number {
  if (typeof value !== 'object' || value === null || !('health' in value)) return fallback;
  const { health } = value;
  if (typeof health !== 'object' || health === null || !('dataAt' in health)) return fallback;
  return typeof health.dataAt === 'number' ? health.dataAt : fallback;
}

const glanceOptions = queryOptions<Result<'glance.read'>, CallError>({
  queryKey: ['glance.read'],
  queryFn: () => callMain('glance.read', {}),
});

/** Reads the glance into the cache before the first paint; never rejects. */
export async function preloadGlance(client: QueryClient): Promise<void> {
  await client.prefetchQuery(glanceOptions);
}

/** Today, the health line, live sessions and last errors. */
export function useGlance(): Shown<Result<'glance.read'>> {
  return shown(useQuery(glanceOptions));
}

/** The overview of a range; while a new range is read, the old one is kept and marked. */
export function useOverview(days: RangeDays): Shown<Result<'overview.read'>> {
  return shown(
    useQuery<Result<'overview.read'>, CallError>({
      queryKey: ['overview.read', days],
      queryFn: () => callMain('overview.read', { days }),
      placeholderData: (previous) => previous,
    }),
  );
}

/** The newest events of a scope; of no scope, of all. */
export function useEvents(
  limit: number,
  scope: EventScope | null,
  isWanted = true,
): Shown<Result<'events.read'>> {
  return shown(
    useQuery<Result<'events.read'>, CallError>({
      queryKey: ['events.read', limit, scope],
      queryFn: () => callMain('events.read', { limit, beforeAt: null, scope }),
      enabled: isWanted,
    }),
  );
}

/** The newest events that a filter lets through, and what is going on. */
export function useLive(filter: ViewFilter, limit: number): Shown<Result<'live.read'>> {
  return shown(
    useQuery<Result<'live.read'>, CallError>({
      queryKey: ['live.read', filter, limit],
      queryFn: () => callMain('live.read', { filter, limit }),
    }),
  );
}

/** Names that the filter can be set to in its range; read once, since a new name can wait. */
export function useFilterChoices({
  days,
  custom,
}: Pick<ViewFilter, 'days' | 'custom'>): Shown<Result<'filter.choices'>> {
  return shown(
    useQuery<Result<'filter.choices'>, CallError>({
      queryKey: [CHOICES, days, custom],
      queryFn: () => callMain('filter.choices', { filter: { ...NO_FILTER, days, custom } }),
      placeholderData: (previous) => previous,
    }),
  );
}

/** Tools, errors or commands; while another question is answered, the old answer is kept and marked. */
export function useRanks(question: Argument<'ranks.read'>): Shown<Result<'ranks.read'>> {
  const { by, filter, chosen } = question;
  return shown(
    useQuery<Result<'ranks.read'>, CallError>({
      queryKey: ['ranks.read', by, filter, chosen],
      queryFn: () => callMain('ranks.read', question),
      // Of another page's answer nothing is true here.
      placeholderData: (previous) => (previous?.by === by ? previous : undefined),
    }),
  );
}

/** Sessions of the filter's range. */
export function useSessions(filter: ViewFilter, limit: number): Shown<Result<'sessions.read'>> {
  return shown(
    useQuery<Result<'sessions.read'>, CallError>({
      queryKey: ['sessions.read', filter, limit],
      queryFn: () => callMain('sessions.read', { filter, limit }),
      placeholderData: (previous) => previous,
    }),
  );
}

/** One session on its time axis. */
export function useSession(sessionId: string): Shown<Result<'session.read'>> {
  return shown(
    useQuery<Result<'session.read'>, CallError>({
      queryKey: ['session.read', sessionId],
      queryFn: () => callMain('session.read', { sessionId }),
    }),
  );
}

/** Stores, streams, places and findings. */
export function useHealth(): Shown<Result<'health.read'>> {
  return shown(
    useQuery<Result<'health.read'>, CallError>({
      queryKey: ['health.read'],
      queryFn: () => callMain('health.read', {}),
    }),
  );
}

/** What install would change. */
export function useInstallPlan(): Shown<Result<'install.plan'>> {
  return shown(
    useQuery<Result<'install.plan'>, CallError>({
      queryKey: ['install.plan'],
      queryFn: () => callMain('install.plan', {}),
    }),
  );
}

/** Compares the stores now; what is shown is read again afterwards. */
export function useRefresh() {
  const client = useQueryClient();
  return useMutation<Result<'refresh.run'>, CallError>({
    mutationFn: () => callMain('refresh.run', {}),
    onSettled: () => client.invalidateQueries(),
  });
}

/** Pauses recording or goes on with it; what is shown is read again afterwards. */
export function usePause() {
  const client = useQueryClient();
  return useMutation<Result<'capture.pause'>, CallError, boolean>({
    mutationFn: (isPaused) => callMain(isPaused ? 'capture.pause' : 'capture.resume', {}),
    onSettled: () => client.invalidateQueries(),
  });
}

/** Installs the hooks; what is shown is read again afterwards. */
export function useInstall(options: { readonly onInstalled: () => void }) {
  const client = useQueryClient();
  return useMutation<Result<'install.apply'>, CallError>({
    mutationFn: () => callMain('install.apply', {}),
    onSuccess: ({ installed }) => {
      if (installed) options.onInstalled();
    },
    onSettled: () => client.invalidateQueries(),
  });
}

/** Sends a test event through the installed launcher. */
export function useTestEvent() {
  return useMutation<Result<'install.test'>, CallError>({
    mutationFn: () => callMain('install.test', {}),
  });
}

/** Where the app runs from. */
export function usePlace(): Shown<Result<'app.place'>> {
  return shown(
    useQuery<Result<'app.place'>, CallError>({
      queryKey: ['app.place'],
      queryFn: () => callMain('app.place', {}),
    }),
  );
}

/** Moves the app to where it can stay. */
export function useMove() {
  return useMutation<Result<'app.move'>, CallError>({
    mutationFn: () => callMain('app.move', {}),
  });
}

/** The user's choices. */
export function useSettings(): Shown<Result<'settings.read'>> {
  return shown(
    useQuery<Result<'settings.read'>, CallError>({
      queryKey: ['settings.read'],
      queryFn: () => callMain('settings.read', {}),
    }),
  );
}

/** Changes one setting; what is shown is read again afterwards. */
export function useChangeSetting() {
  const client = useQueryClient();
  return useMutation<Result<'settings.change'>, CallError, Argument<'settings.change'>>({
    mutationFn: (change) => callMain('settings.change', change),
    onSettled: () => client.invalidateQueries(),
  });
}

function shown<T>(query: {
  readonly data: T | undefined;
  readonly error: CallError | null;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}): Shown<T> {
  return {
    data: query.data,
    error: query.error,
    isOther: query.isPlaceholderData,
    retry: () => void query.refetch(),
  };
}
