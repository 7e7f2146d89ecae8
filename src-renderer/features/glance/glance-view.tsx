import { useEffect, useRef } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { RefreshReport, GlanceView as View } from '../../../src-core/contract/views.ts';
import { useNow } from '../../data/clock.ts';
import { FormatContext, formatFor, useFormat } from '../../data/format-context.ts';
import { hasCommandKey } from '../../data/platform.ts';
import { describeStatus, mainFinding, type Status } from '../../data/status.ts';
import textStyles from '../../ui/text.module.css';
import { walkRows } from '../../ui/walk-rows.ts';
import { FootMenu, type MenuRow } from './foot-menu.tsx';
import styles from './glance.module.css';
import { HealthHead } from './health-head.tsx';
import { InstallSteps } from './install-steps.tsx';
import { LastErrors } from './last-errors.tsx';
import { LiveSessions } from './live-sessions.tsx';
import { Note, type NoteAction } from './note.tsx';
import { isPaused, refreshResult } from './select.ts';
import { text } from './text.ts';
import { TodaySection } from './today-section.tsx';
import { useFittedHeight } from './use-fitted-height.ts';

/** What the glance shows and what it can ask for. */
export interface GlanceProps {
  readonly view: View | undefined;
  /** Set when the last try to read failed. */
  readonly failure: { readonly message: string; readonly sinceAt: number } | null;
  readonly refresh: {
    readonly isBusy: boolean;
    readonly report: RefreshReport | null;
    readonly hasFailed: boolean;
    readonly run: () => void;
  };
  readonly pause: {
    readonly hasFailed: boolean;
    readonly set: (isPaused: boolean) => void;
  };
  readonly onFit: (height: number) => void;
  readonly onClose: () => void;
  readonly onOpenDashboard: (page: DashboardPage) => void;
  readonly onOpenSession: (sessionId: string) => void;
  readonly onSettings: () => void;
  readonly onTryAgain: () => void;
  readonly onQuit: () => void;
}

/** The window under the tray icon: health first, then today, sessions, errors and the menu. */
export function GlanceView(props: GlanceProps) {
  const root = useFittedHeight<HTMLElement>(props.onFit);
  const fallback = useFormat();
  const format = props.view === undefined ? fallback : formatFor(props.view.timeZone);
  const status = useStatus(props);
  const rows = menuRows(props, status, format.count);
  useKeys(root, rows, props.onClose);
  const { view } = props;
  const staleAt =
    view !== undefined && (status.state === 'stale' || status.state === 'error')
      ? view.health.dataAt
      : null;
  const openErrors = (): void => props.onOpenDashboard('errors');
  return (
    <FormatContext value={format}>
      <main ref={root} className={styles.glance}>
        <h1 className={textStyles.hidden}>{text.title}</h1>
        <HealthHead status={status} onOpen={() => props.onOpenDashboard('health')} />
        <StatusNote {...props} status={status} />
        {status.state === 'not-installed' && (
          <InstallSteps onInstall={() => props.onOpenDashboard('install')} />
        )}
        {view !== undefined && hasFigures(view, status) && (
          <>
            <TodaySection view={view} />
            {/* What was live when the stores last answered says nothing about now. */}
            {staleAt === null && (
              <LiveSessions
                sessions={view.liveSessions}
                yesterday={view.yesterday}
                onOpen={props.onOpenSession}
              />
            )}
            <LastErrors errors={view.lastErrors} staleAt={staleAt} onOpen={openErrors} />
          </>
        )}
        <FootMenu rows={rows} />
      </main>
    </FormatContext>
  );
}

/** Before the hooks are installed there may still be older records to show. */
function hasFigures(view: View, status: Status): boolean {
  return status.state !== 'not-installed' || view.today.calls.total > 0;
}

function useStatus(props: GlanceProps): Status {
  const now = useNow();
  const format = formatFor(
    props.view?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  return describeStatus(props.view?.health, props.failure?.sinceAt ?? null, { now, format });
}

function StatusNote(props: GlanceProps & { readonly status: Status }) {
  const format = useFormat();
  const { view, status } = props;
  const openHealth: NoteAction = {
    label: text.openHealth,
    run: () => props.onOpenDashboard('health'),
  };
  const tryAgain: NoteAction = { label: text.tryAgain, run: props.onTryAgain };
  switch (status.state) {
    case 'error':
      return (
        <Note actions={[tryAgain, openHealth]}>{text.errorNote(props.failure?.message ?? '')}</Note>
      );
    case 'stale':
      if (view === undefined) return null;
      return (
        <Note actions={[openHealth, tryAgain]}>
          {text.staleNote(format.clock(view.health.dataAt))}
        </Note>
      );
    case 'paused':
      return (
        <Note actions={[{ label: text.resume, run: () => props.pause.set(false) }]}>
          {text.pausedNote}
        </Note>
      );
    case 'attention': {
      const finding = view === undefined ? undefined : mainFinding(view.health);
      if (view === undefined || finding === undefined) return null;
      const more = view.health.findings.length - 1;
      return (
        <Note actions={[findingAction(finding.action, props) ?? openHealth]}>
          {finding.detail}
          {more > 0 && ` ${text.moreFindings(more)}`}
        </Note>
      );
    }
    default:
      return null;
  }
}

function findingAction(
  action: 'install' | 'refresh' | 'open-health' | null,
  props: GlanceProps,
): NoteAction | null {
  switch (action) {
    case 'install':
      return { label: text.reviewAndInstall, run: () => props.onOpenDashboard('install') };
    case 'refresh':
      return { label: text.refreshNow, run: props.refresh.run };
    case 'open-health':
    case null:
      return null;
  }
}

function menuRows(
  props: GlanceProps,
  status: Status,
  count: (value: number) => string,
): readonly MenuRow[] {
  const { refresh } = props;
  const rows: MenuRow[] = [
    { label: text.openDashboard, key: 'D', run: () => props.onOpenDashboard('overview') },
  ];
  // Before install nothing is written, so there is nothing that a refresh could do.
  if (status.state !== 'not-installed') {
    rows.push({
      label: refresh.isBusy ? text.refreshing : text.refreshNow,
      key: 'R',
      isBusy: refresh.isBusy,
      result: refreshResult(refresh, count),
      run: refresh.isBusy ? () => undefined : refresh.run,
    });
  }
  const { view, pause } = props;
  if (view !== undefined && status.state !== 'not-installed' && status.state !== 'error') {
    const isOn = !isPaused(view);
    rows.push({
      label: isOn ? text.pause : text.resume,
      key: 'P',
      result: pause.hasFailed ? text.pauseFailed : null,
      run: () => pause.set(isOn),
    });
  }
  rows.push({ label: text.settings, key: ',', run: props.onSettings });
  rows.push({ label: text.quit, key: 'Q', run: props.onQuit });
  return rows;
}

function useKeys(
  root: { readonly current: HTMLElement | null },
  rows: readonly MenuRow[],
  close: () => void,
): void {
  const latest = useRef({ rows, close });
  latest.current = { rows, close };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        latest.current.close();
        event.preventDefault();
        return;
      }
      if (hasCommandKey(event)) {
        const row = latest.current.rows.find((each) => each.key === event.key.toUpperCase());
        if (row === undefined) return;
        event.preventDefault();
        row.run();
        return;
      }
      if (root.current !== null && walkRows(event, root.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [root]);
}
