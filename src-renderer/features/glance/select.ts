/** What the glance draws, worked out of what main says. */
import type { GlanceView, LiveSession, RefreshReport } from '../../../src-core/contract/views.ts';
import { joinSpans, type Span } from '../../charts/geometry.ts';
import type { RecordStretch } from '../../charts/record-line.tsx';
import type { Format } from '../../data/format.ts';
import { text } from './text.ts';

type Today = GlanceView['today'];

/** Places a moment on the axis that all small charts share, 0 to 1. */
export function axisOf(today: Today): (at: number) => number {
  const lengthMs = Math.max(1, today.stepMs * today.buckets);
  return (at) => Math.min(1, Math.max(0, (at - today.fromAt) / lengthMs));
}

/** The record line's stretches on the axis; what ends in the running step reaches the end of the axis. */
export function recordStretches(today: Today): readonly RecordStretch[] {
  const place = axisOf(today);
  const runningStep = today.fromAt + today.stepMs * (today.buckets - 1);
  return today.record.segments.map((segment) => ({
    kind: segment.kind,
    from: place(segment.fromAt),
    to: segment.toAt >= runningStep ? 1 : place(segment.toAt),
  }));
}

/** Where nothing is known: gaps of the record, steps without a count, and what is newer than a stale reading. */
export function unknownSpans(view: GlanceView, isStale: boolean): readonly Span[] {
  const { today } = view;
  const place = axisOf(today);
  const gaps = recordStretches(today).filter((stretch) => stretch.kind === 'missing');
  const uncounted = today.calls.series.flatMap((value, index) =>
    value === null ? [{ from: index / today.buckets, to: (index + 1) / today.buckets }] : [],
  );
  const { dataAt } = view.health;
  // The axis of an old reading ends where the reading was made; its running step is what is unknown.
  const lastStep = (today.buckets - 1) / today.buckets;
  const unread = isStale ? [{ from: Math.min(place(dataAt), lastStep), to: 1 }] : [];
  return joinSpans([...gaps, ...uncounted, ...unread]);
}

/** The record row's words: how complete today is. */
export function recordVerdict(
  view: GlanceView,
  isStale: boolean,
  format: Format,
): { readonly words: string; readonly isWrong: boolean } {
  const { segments, missing } = view.today.record;
  const gapMs = segments
    .filter((segment) => segment.kind === 'missing')
    .reduce((total, segment) => total + (segment.toAt - segment.fromAt), 0);
  if (gapMs > 0) return { words: text.recordGap(format.roughly(gapMs)), isWrong: true };
  if (missing !== null && missing > 0) {
    return { words: text.recordMissing(format.count(missing)), isWrong: true };
  }
  if (isStale) return { words: text.recordUnread, isWrong: false };
  const last = segments.at(-1)?.kind;
  if (last === 'paused') return { words: text.recordPaused, isWrong: false };
  if (last === 'journal') return { words: text.recordInJournal, isWrong: false };
  return { words: missing === 0 ? text.recordComplete : text.recordNoGap, isWrong: false };
}

/** Whether recording is paused now; the state may speak of something more urgent. */
export function isPaused({ now, health, today }: GlanceView): boolean {
  const lasts = ({ kind, toAt }: (typeof today.record.segments)[number]): boolean =>
    kind === 'paused' && toAt > now;
  return health.state === 'paused' || today.record.segments.some(lasts);
}

/** The lowest tick of the success scale that the series still fits above. */
export function successFloor(series: readonly (number | null)[]): number {
  const lowest = Math.min(1, ...series.filter((value) => value !== null));
  return [0.8, 0.5].find((floor) => floor <= lowest) ?? 0;
}

/** The largest known value, and at least `least`, so that few events do not fill the scale. */
export function scaleMax(series: readonly (number | null)[], least: number): number {
  return Math.max(least, ...series.map((value) => value ?? 0));
}

const RANK = { waiting: 0, running: 1, idle: 2, ended: 3 } as const;

/** Sessions in reading order: who waits longest, then who runs, then who is quiet, newest first. */
export function orderSessions(sessions: readonly LiveSession[]): readonly LiveSession[] {
  return [...sessions].sort((a, b) => {
    if (a.state !== b.state) return RANK[a.state] - RANK[b.state];
    return a.state === 'waiting' ? a.sinceAt - b.sinceAt : b.sinceAt - a.sinceAt;
  });
}

/**
 * The order while the pointer or focus is in the list: rows stay where they are, new ones come last;
 * only a session that waits for you may rise.
 */
export function holdOrder(
  shownIds: readonly string[],
  sessions: readonly LiveSession[],
): readonly LiveSession[] {
  const ordered = orderSessions(sessions);
  const place = (session: LiveSession): number => {
    const index = shownIds.indexOf(session.sessionId);
    return index === -1 ? shownIds.length : index;
  };
  const waiting = ordered.filter((session) => session.state === 'waiting');
  const others = ordered.filter((session) => session.state !== 'waiting');
  return [...waiting, ...others.sort((a, b) => place(a) - place(b))];
}

/** What the last refresh came to, in a few words; null when none was run. */
export function refreshResult(
  refresh: {
    readonly isBusy: boolean;
    readonly report: RefreshReport | null;
    readonly hasFailed: boolean;
  },
  count: (value: number) => string,
): string | null {
  if (refresh.isBusy) return null;
  if (refresh.hasFailed || refresh.report?.ok === false) return text.refreshFailed;
  if (refresh.report === null) return null;
  const healed = refresh.report.healedToSqlite + refresh.report.healedToJsonl;
  return text.refreshDone(healed, count(healed));
}
