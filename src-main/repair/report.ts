/** What one repair found, did and left, and which events no witness holds any more. */
import type { RepairReport } from '../../src-core/contract/repair.ts';
import type { Row } from '../../src-core/store/driver.ts';
import type { Examination } from './diagnose.ts';
import type { Job } from './job.ts';
import type { Loss } from './losses.ts';
import { isFile } from './whole-file.ts';

/** Ids that a report lists; their number says how many there are. */
const MOST_IDS = 1000;

/** Writes the report, after a fresh look. */
export function reportOf(job: Job, after: Examination, snapshotPath: string): RepairReport {
  const left = after.diagnosis.findings.filter(({ code }) => code !== 'repair-broken-off');
  const { state, reason } = job.ending;
  return {
    id: job.manifest.id,
    startedAt: job.startedAt,
    finishedAt: job.clock.now(),
    state,
    reason,
    parts: [...job.parts],
    found: [...job.before.diagnosis.findings],
    done: [...job.done],
    cameFrom: { ...job.cameFrom },
    lost: describeLosses(lossesOf(job, after)),
    left,
    isProven: state === 'done' && left.every(({ part }) => part === null || !job.parts.has(part)),
    snapshotPath,
  };
}

/** Traces that were there before and have no event now, and those that are there still. */
function lossesOf({ paths, open, before }: Job, after: Examination): readonly Loss[] {
  const losses = new Map((after.journals?.lost ?? []).map((loss) => [loss.id, loss]));
  const earlier = before.journals?.lost ?? [];
  if (!isFile(paths.database)) return [...losses.values(), ...earlier];
  const db = open(paths.database, { readonly: true });
  try {
    const find = db.prepare('SELECT count(*) AS n FROM hookline_event WHERE id = ?');
    for (const loss of earlier)
      if (Number((find.get(loss.id) as Row).n) === 0) losses.set(loss.id, loss);
  } finally {
    db.close();
  }
  return [...losses.values()];
}

function describeLosses(losses: readonly Loss[]): RepairReport['lost'] {
  const times = losses.flatMap(({ at }) => at ?? []);
  const fromAt = times.length === 0 ? null : Math.min(...times);
  const toAt = times.length === 0 ? null : Math.max(...times);
  return {
    events: losses.length,
    ids: losses.slice(0, MOST_IDS).map(({ id }) => id),
    fromAt,
    toAt,
    sentence: losses.length === 0 ? null : sentenceOf(losses.length, fromAt, toAt),
  };
}

function sentenceOf(count: number, fromAt: number | null, toAt: number | null): string {
  const what = `${count.toLocaleString('en')} event${count === 1 ? '' : 's'}`;
  if (fromAt === null || toAt === null)
    return `Of ${what} only a trace is left; when is not known.`;
  const iso = (at: number): string => new Date(at).toISOString();
  return `Of ${what} only a trace is left, from ${iso(fromAt)} to ${iso(toAt)}.`;
}
