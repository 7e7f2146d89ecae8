/** Capture health: the one line before all figures, and the view behind it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { HealthLine, HealthView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { quarantinedIds } from '../../src-core/journal/quarantine.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { listSpool } from '../../src-core/spool/entry.ts';
import { readGaps } from '../../src-core/spool/gap.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { readLedger } from '../bridge/ledger.ts';
import { readStatus, type Status } from '../bridge/status.ts';
import type { OldTotals } from '../import/totals.ts';
import { readRuntimeCheck } from '../install/recheck.ts';
import { describeSetAside } from '../salvage/describe-salvage.ts';
import { oldEventsIn } from '../stats/old-part.ts';
import { readSums } from '../stats/sums-state.ts';
import type { Zone } from '../stats/zone.ts';
import { readPurgeDue, readPurgeWatch } from '../usage/purge-watch.ts';
import { captureCost } from './cost.ts';
import { findingsOf, type Situation } from './findings.ts';
import { type HookState, readHookState } from './hook-state.ts';
import { sourceCounts } from './measures.ts';
import { shortPath } from './short-path.ts';
import { findSilence } from './silence.ts';

/** Without an event for this long nothing is going on. */
const IDLE_MS = 30 * 60_000;
/** All time. */
const EVER = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER };
/** So long a gap that has ended is spoken of. */
const GAP_SHOWN_MS = 7 * 24 * 3_600_000;

/** What health is judged from. */
export interface HealthInput {
  readonly paths: Paths;
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  /** When the stores were last read without an error, and what went wrong since. */
  readonly dataAt: number;
  readonly readError: string | null;
  /** What the old record adds as long as it is not imported; null before it was counted. */
  readonly old?: OldTotals | null;
}

/** The health line. */
export function healthLine(input: HealthInput): HealthLine {
  return judge(input).line;
}

interface Judged {
  readonly line: HealthLine;
  readonly hook: HookState;
  readonly situation: Situation;
  readonly hookErrors: HookErrors;
  readonly cost: HealthView['cost'];
}

function judge({ paths, db, zone, now, dataAt, readError }: HealthInput): Judged {
  const hook = readHookState(paths);
  const status = readStatus(paths);
  const hookErrors = readHookErrors(paths, zone, now);
  const drift = driftOf(status, paths);
  const spool = spoolState(paths);
  const cost = captureCost({ paths, db, zone, now, errors: hookErrors.today });
  const lastEventAt = readLastEvent(db);
  const situation: Situation = {
    now,
    hook,
    silence: findSilence(paths, lastEventAt),
    drift,
    unreachable: [
      ...(status?.report.unreachable ?? []),
      ...spool.problems,
      ...(readError === null ? [] : [{ store: paths.database, reason: readError }]),
    ].filter(isFirstOfStore),
    unreachableSinceAt: status?.failingSinceAt ?? (readError === null ? null : dataAt),
    spool: spool.state,
    gaps: recentGaps(paths, zone, now),
    quarantine: quarantineSize(paths),
    hookErrorsToday: hookErrors.today.length,
    isOverBudget: cost.isOverBudget,
    settingsProblems: readSettings(paths.settings).problems,
    setAside: describeSetAside(paths),
    sums: db === null ? null : readSums(db),
    purge: readPurgeDue({ paths, db, now }),
  };
  const findings = findingsOf(situation);
  const line: HealthLine = {
    state: stateOf(paths, hook, findings, { lastEventAt, now }),
    lastEventAt,
    drift,
    dataAt,
    checkedAt: status?.checkedAt ?? null,
    findings,
  };
  return { line, hook, situation, hookErrors, cost };
}

function stateOf(
  paths: Paths,
  hook: HookState,
  findings: HealthLine['findings'],
  { lastEventAt, now }: { lastEventAt: number | null; now: number },
): HealthLine['state'] {
  if (!hook.hasLauncher) return 'not-installed';
  if (findings.some(({ severity }) => severity === 'attention')) return 'attention';
  if (existsSync(paths.pauseMarker)) return 'paused';
  return lastEventAt !== null && now - lastEventAt < IDLE_MS ? 'capturing' : 'idle';
}

/** The view behind the line. */
export function healthView(input: HealthInput): HealthView {
  const { paths, db, now, old = null } = input;
  const { line, hook, situation, hookErrors, cost } = judge(input);
  const bySource =
    db === null ? { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 } : sourceCounts(db, EVER);
  bySource.old += oldEventsIn(old, EVER);
  return {
    now,
    health: line,
    total: Object.values(bySource).reduce((sum, count) => sum + count, 0),
    bySource,
    streams: streamsOf(db, now),
    spool: situation.spool,
    quarantine: situation.quarantine,
    hookErrors: { today: hookErrors.today.length, last: hookErrors.last },
    cost,
    hook: {
      installed: hook.hasLauncher && hook.isRegistered,
      version: hook.version,
      runtimes: runtimesOf(paths),
    },
    purge: purgeOf(input),
    places: placesOf(paths),
  };
}

function purgeOf(input: HealthInput): HealthView['purge'] {
  const { keptDays, days } = readPurgeWatch(input);
  return { keptDays, days: [...days] };
}

function streamsOf(db: ReadableDb | null, now: number): HealthView['streams'] {
  const entries = (db === null ? null : readLedger(db, now))?.entries ?? [];
  return entries.map((entry) => ({
    name: entry.stream,
    inSqlite: entry.inSqlite,
    inJsonl: entry.inJsonl,
    healed: entry.healedToSqlite + entry.healedToJsonl,
    duplicates: entry.duplicates,
    quarantined: entry.quarantined,
  }));
}

function readLastEvent(db: ReadableDb | null): number | null {
  if (db === null) return null;
  const row = db.prepare('SELECT max(at_ms) AS at FROM hookline_event').get() as Row;
  return row.at === null ? null : Number(row.at);
}

/** Drift is known only of a run that could ask both sides. */
function driftOf(status: Status | null, paths: Paths): number | null {
  const hasDatabase = !status?.report.unreachable.some(({ store }) => store === paths.database);
  return status !== null && hasDatabase ? status.report.drift : null;
}

function isFirstOfStore(entry: Trouble, index: number, all: readonly Trouble[]): boolean {
  return all.findIndex(({ store }) => store === entry.store) === index;
}

type Trouble = Situation['unreachable'][number];

function spoolState(paths: Paths): { state: Situation['spool']; problems: readonly Trouble[] } {
  try {
    const files = listSpool(paths.spool);
    return { state: { waiting: files.length, oldestAt: files[0]?.at ?? null }, problems: [] };
  } catch (error) {
    const problems = [{ store: 'spool', reason: (error as Error).message }];
    return { state: { waiting: 0, oldestAt: null }, problems };
  }
}

/** Gaps that ended within a week, and the one that is still open. */
function recentGaps(paths: Paths, zone: Zone, now: number): Situation['gaps'] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone.name,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return readGaps(paths)
    .filter(({ toAt, isOpen }) => isOpen || now - toAt < GAP_SHOWN_MS)
    .map((gap) => ({ ...gap, span: format.formatRange(gap.fromAt, gap.toAt) }));
}

function quarantineSize(paths: Paths): number {
  try {
    return quarantinedIds(paths).size;
  } catch {
    // The bridge reports a quarantine that it cannot use; no figure hangs on this one.
    return 0;
  }
}

/** The lines of a small file; none where there is none, or where it cannot be read. */
function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

interface HookErrors {
  /** Their messages. */
  readonly today: readonly string[];
  readonly last: HealthView['hookErrors']['last'];
}

function readHookErrors(paths: Paths, zone: Zone, now: number): HookErrors {
  const today = zone.startOfDay(now);
  const entries = linesOf(paths.hookErrorLog).flatMap((line) => {
    const at = Date.parse(line.slice(0, 24));
    return Number.isNaN(at) ? [] : [{ at, message: line.slice(25) }];
  });
  const messages = entries.filter(({ at }) => at >= today).map(({ message }) => message);
  return { today: messages, last: entries.at(-1) ?? null };
}

/** The recorded runtimes; the hook uses the first that is there. */
function runtimesOf(paths: Paths): HealthView['hook']['runtimes'] {
  const checked = new Map(readRuntimeCheck(paths).map((check) => [check.path, check]));
  return linesOf(paths.runtimes)
    .filter((line) => line.startsWith('/'))
    .map((path) => ({
      path: shortPath(path, paths.home),
      version: checked.get(path)?.version || null,
      usable: existsSync(path) && (checked.get(path)?.usable ?? true),
    }));
}

function placesOf(paths: Paths): HealthView['places'] {
  const places: readonly (readonly [string, string])[] = [
    ['Database', paths.database],
    ['Tool calls', paths.journals.toolUsage],
    ['Sessions', paths.journals.sessionEvents],
    ['Other events', paths.journals.events],
    ['Statistics', paths.kernel],
    ['Settings of Claude Code', paths.settingsJson],
    ['Hook', paths.hookFolder],
    ['Own files', paths.own],
  ];
  return places.map(([name, path]) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return { name, path: shortPath(path, paths.home), bytes: stat?.isFile() ? stat.size : null };
  });
}
