/**
 * Writes the seven statistics files: atomically, so that a reader never sees half of one, and only
 * when what they say has changed.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { writeFileSync } from 'atomically';
import type { Paths } from '../../src-core/files/paths.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { loadCursor, saveCursor, statFile } from '../bridge/cursor.ts';
import { frameOf, type StatsInput } from './frame.ts';
import { type OldJson, writeOldJson } from './old-json.ts';
import { activity, commands, errors, flow, recovery, toolSuccess, toolUsage } from './seven.ts';
import { createZone, type Zone } from './zone.ts';

/** What publishing works on. */
export interface PublishOptions {
  readonly paths: Paths;
  readonly db: WritableDb;
  readonly now: number;
  /** IANA name of the zone in which days and hours are counted. */
  readonly timeZone: string;
}

/**
 * Brings the seven files up to date; returns the names of those it wrote.
 * @throws the system's error when a file cannot be written
 */
export function publishStats({ paths, db, now, timeZone }: PublishOptions): readonly string[] {
  const zone = createZone(timeZone);
  const basis = basisOf(db, paths, zone);
  const files = Object.values(paths.stats);
  if (loadCursor<string>(db, 'stats') === basis && files.every((file) => existsSync(file)))
    return [];
  const input: StatsInput = {
    db,
    zone,
    errors: paths.journals.errors,
    recoveries: paths.journals.recoveryOutcomes,
    flow: paths.journals.flowHistory,
  };
  const frame = frameOf(input);
  const generatedAt = new Date(now).toISOString();
  mkdirSync(paths.kernel, { recursive: true, mode: 0o700 });
  const contents: readonly (readonly [string, Record<string, OldJson>])[] = [
    [paths.stats.errors, errors(input)],
    [paths.stats.toolUsage, toolUsage(input)],
    [paths.stats.activity, activity(input)],
    [paths.stats.recovery, recovery(input)],
    [paths.stats.flow, flow(input)],
    [paths.stats.commands, commands(input)],
    [paths.stats.toolSuccess, toolSuccess(input)],
  ];
  const written = contents
    .filter(([file, content]) => writeIfChanged(file, { ...content, ...frame }, generatedAt))
    .map(([file]) => basename(file));
  transaction(db, () => saveCursor(db, 'stats', basis));
  return written;
}

/** All that the seven files depend on, as one text: equal text, equal files. */
function basisOf(db: WritableDb, paths: Paths, zone: Zone): string {
  const row = db
    .prepare(
      'SELECT (SELECT max(seq) FROM hookline_event) AS seq, (SELECT count(*) FROM hookline_amendment) AS amended',
    )
    .get() as Row;
  const shared = [
    paths.journals.errors,
    paths.journals.recoveryOutcomes,
    paths.journals.flowHistory,
  ].map(statFile);
  return JSON.stringify([row.seq, row.amended, zone.name, shared]);
}

const GENERATED_AT = /^ {2}"generated_at": "[^"]*"$/m;

/** Writes the file unless it says the same already, whenever that was generated. */
function writeIfChanged(
  file: string,
  content: Record<string, OldJson>,
  generatedAt: string,
): boolean {
  const text = writeOldJson({ ...content, generated_at: generatedAt });
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (present.replace(GENERATED_AT, '') === text.replace(GENERATED_AT, '')) return false;
  writeFileSync(file, text, { mode: 0o600 });
  return true;
}
