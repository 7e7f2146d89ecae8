/**
 * What Claude Code will delete of its transcripts, when, and whether the store has it by then. Told
 * from what the last pass wrote down: a file that changed since then is kept longer, not shorter.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { keptDays, purgeAt } from '../../src-core/usage/purge.ts';
import { DAY_MS, type Zone } from '../stats/zone.ts';
import { createLeftOut, missingCalls } from '../transcripts/gaps.ts';

/** Transcripts that are deleted on one day. */
export interface PurgeDay {
  /** When the local day begins on which they may be deleted. */
  readonly at: number;
  readonly files: number;
  readonly bytes: number;
  /** Those among them of which the store lacks something. */
  readonly notStored: number;
}

/** What is deleted when. */
export interface PurgeWatch {
  /** So many days Claude Code keeps a transcript that is not written any more. */
  readonly keptDays: number;
  /** Days on which something is deleted, the next one first; what is overdue counts for today. */
  readonly days: readonly PurgeDay[];
}

/** Transcripts that may be deleted within a day. */
export interface PurgeDue {
  readonly keptDays: number;
  readonly files: number;
  /** Those among them of which the store lacks something. */
  readonly notStored: number;
  /** When the first of them may be deleted. */
  readonly at: number;
}

/** What the watch works with. */
export interface PurgeInput {
  readonly paths: Paths;
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
}

/** All that will be deleted; no days before transcripts were looked at. */
export function readPurgeWatch({ paths, db, zone, now }: PurgeInput): PurgeWatch {
  const kept = cleanupDays(paths);
  if (db === null) return { keptDays: kept, days: [] };
  const files = presentFiles(db, kept);
  const lacking = lackingFiles(db, paths, files);
  const days = new Map<number, { files: number; bytes: number; notStored: number }>();
  for (const file of files) {
    const day = zone.startOfDay(Math.max(now, file.purgeAt));
    const sums = days.get(day) ?? { files: 0, bytes: 0, notStored: 0 };
    days.set(day, sums);
    sums.files++;
    sums.bytes += file.size;
    sums.notStored += lacking.has(file.id) ? 1 : 0;
  }
  const inOrder = [...days].sort(([a], [b]) => a - b);
  return { keptDays: kept, days: inOrder.map(([at, sums]) => ({ at, ...sums })) };
}

/** What may be deleted within a day; null when nothing is. Looks at those transcripts alone. */
export function readPurgeDue({ paths, db, now }: Omit<PurgeInput, 'zone'>): PurgeDue | null {
  if (db === null) return null;
  const kept = cleanupDays(paths);
  const due = presentFiles(db, kept).filter((file) => file.purgeAt <= now + DAY_MS);
  if (due.length === 0) return null;
  const notStored = lackingFiles(db, paths, due).size;
  const at = Math.min(...due.map((file) => file.purgeAt));
  return { keptDays: kept, files: due.length, notStored, at };
}

/** The user's own settings, local ones first; those of an organisation are not ours to read. */
function cleanupDays({ claude, settingsJson }: Paths): number {
  for (const path of [join(claude, 'settings.local.json'), settingsJson]) {
    const { cleanupPeriodDays } = readSettingsOf(path);
    if (cleanupPeriodDays !== undefined) return keptDays(cleanupPeriodDays);
  }
  return keptDays(undefined);
}

function readSettingsOf(path: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // None, or none that Claude Code could read either: then it keeps to its own default.
    return {};
  }
}

interface PresentFile {
  readonly id: number;
  readonly size: number;
  readonly purgeAt: number;
  /** Nothing of it is left to take over. */
  readonly isTaken: boolean;
}

function presentFiles(db: ReadableDb, days: number): readonly PresentFile[] {
  // A file whose reading was broken off has no time yet; the next pass writes it down.
  const rows = db
    .prepare(
      `SELECT id, size, modified_ms, pin, taken FROM hookline_transcript
       WHERE gone_at_ms IS NULL AND modified_ms > 0`,
    )
    .all() as Row[];
  return rows.map((row) => ({
    id: Number(row.id),
    size: Number(row.size),
    purgeAt: purgeAt(Number(row.modified_ms), days),
    isTaken: Number(row.taken) >= Number(row.pin),
  }));
}

/** Those of the files of which the store lacks something that was not left out on purpose. */
function lackingFiles(
  db: ReadableDb,
  paths: Paths,
  files: readonly PresentFile[],
): ReadonlySet<number> {
  const lacking = new Set(files.filter(({ isTaken }) => !isTaken).map(({ id }) => id));
  const hasGap = db.prepare(
    `SELECT 1 FROM hookline_transcript_call c WHERE c.file = ?
       AND NOT EXISTS (SELECT 1 FROM hookline_event e WHERE e.id = c.id) LIMIT 1`,
  );
  const withGaps = files.filter(({ id }) => !lacking.has(id) && hasGap.get(id) !== undefined);
  if (withGaps.length === 0) return lacking;
  const ids = new Set(withGaps.map(({ id }) => id));
  const leftOut = createLeftOut(paths);
  for (const call of missingCalls(db)) {
    if (ids.has(call.file) && leftOut(call) === null) lacking.add(call.file);
  }
  return lacking;
}
