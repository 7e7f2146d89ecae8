/** Which transcripts have something new, told by their directory entries alone. */
import { type FileRow, isSameFile, isUntouched, lookAt } from './file-rows.ts';
import { listTranscripts } from './files.ts';
import type { Reading } from './settle.ts';

/** What to read, and which files are there no more. */
export interface ReadingPlan {
  readonly readings: readonly Reading[];
  readonly gone: readonly FileRow[];
  /** All files that are there. */
  readonly files: number;
  readonly startFolders: Map<string, string>;
}

/** What planning needs. */
export interface PlanOptions {
  readonly projects: string;
  readonly rows: ReadonlyMap<string, FileRow>;
  /** True for a backfill; else calls are witnessed alone. */
  readonly takes: boolean;
  /** Reads all files from their beginning. */
  readonly isWhole?: boolean;
  readonly now: number;
}

/** Plans; files that go meanwhile are left out. */
export function planReadings(options: PlanOptions): ReadingPlan {
  const { projects, rows } = options;
  const readings: Reading[] = [];
  const present = new Set<string>();
  const startFolders = new Map<string, string>();
  const files = listTranscripts(projects);
  for (const file of files) {
    const look = lookAt(projects, file.path);
    if (look === null) continue;
    present.add(file.path);
    const row = rows.get(file.path) ?? null;
    if (row?.project != null && row.agentId === null) startFolders.set(row.sessionId, row.project);
    const reading = planOne({ file, look, row }, options);
    if (reading !== null) readings.push(reading);
  }
  const gone = [...rows.values()].filter(
    ({ path, goneAt }) => goneAt === null && !present.has(path),
  );
  return { readings: inOrder(readings), gone, files: present.size, startFolders };
}

/** Null for a file in which there is nothing new. */
function planOne(
  found: Pick<Reading, 'file' | 'look' | 'row'>,
  { projects, takes, isWhole = false, now }: PlanOptions,
): Reading | null {
  const { look, row } = found;
  if (row === null || isWhole) return { ...found, isNew: row === null, from: 0 };
  const isChanged = !isUntouched(row, look) || row.goneAt !== null;
  if (!isChanged && !(takes && isDue(row, now))) return null;
  if (isChanged && !isStillTheSame(projects, row, look)) return { ...found, isNew: true, from: 0 };
  return { ...found, isNew: false, from: takes ? row.taken : row.pin };
}

function isDue({ againAt, taken, pin }: FileRow, now: number): boolean {
  return againAt === null ? taken < pin : againAt <= now;
}

function isStillTheSame(...file: Parameters<typeof isSameFile>): boolean {
  try {
    return isSameFile(...file);
  } catch {
    // It went, or may not be read; reading it says so.
    return false;
  }
}

/**
 * Sessions before their agents, and what was written first before the rest: a fork repeats the lines
 * of the session that it comes from, and a call belongs to the session that told it first.
 */
function inOrder(readings: readonly Reading[]): readonly Reading[] {
  return readings.toSorted(
    (a, b) =>
      Number(a.file.agentId !== null) - Number(b.file.agentId !== null) ||
      a.look.bornMs - b.look.bornMs ||
      (a.file.path < b.file.path ? -1 : 1),
  );
}
