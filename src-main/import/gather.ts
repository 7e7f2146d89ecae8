/** Reads all that the old pipeline left, once through, with every line and row accounted for. */
import { existsSync } from 'node:fs';
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { type StoreErrorKind, toStoreError } from '../../src-core/store/store-error.ts';
import type { Reading } from './observation.ts';
import { oldLines } from './old-lines.ts';
import { createOldTexts, type OldTexts } from './old-texts.ts';
import { type ForeignRow, openForeignTable } from './table-rows.ts';
import { createTally, type Tally } from './tally.ts';
import { createTraces, EXCLUDED, type Traces } from './traces.ts';
import { type FileWitness, type TableWitness, witnessesOf } from './witness.ts';

/** What reading needs. */
export interface GatherOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly redactor: Redactor;
  /** How long a statement waits for the old hook, milliseconds. */
  readonly busyMs: number;
  /** True for a folder whose sessions are not to be recorded. */
  readonly isExcluded: (pwd: string) => boolean;
}

/** A file or table that could not be read, or not to its end. */
export interface StoreProblem {
  readonly store: string;
  readonly kind: StoreErrorKind;
  readonly reason: string;
}

/** All that was read. */
export interface OldRecord {
  readonly traces: Traces;
  readonly tallies: readonly Tally[];
  readonly problems: readonly StoreProblem[];
  readonly texts: OldTexts;
}

/** Reads it; a file that cannot be read is a problem in the result, never an error. */
export function gatherOldRecord(options: GatherOptions): OldRecord {
  const { paths, redactor } = options;
  const texts = createOldTexts(redactor);
  const traces = createTraces(texts);
  const tallies: Tally[] = [];
  const problems: StoreProblem[] = [];
  for (const witness of witnessesOf(paths)) {
    if (!existsSync(witness.path)) continue;
    const unit = witness.kind === 'file' ? 'lines' : 'rows';
    const tally = createTally(witness, unit, redactor);
    const take: Take = (reading, place, text) => {
      tally.count(reading, place, text);
      if (reading.kind === 'observation') {
        const { pwd } = reading.observation;
        const isOut = pwd !== null && options.isExcluded(pwd);
        traces.add(reading.observation, place, isOut ? EXCLUDED : 0);
      }
    };
    try {
      if (witness.kind === 'file') readFile(witness, take);
      else readTable(witness, options, take);
    } catch (error) {
      const { kind, message } = toStoreError(error);
      problems.push({ store: witness.name, kind, reason: message });
    }
    tallies.push(tally.finish());
  }
  return { traces, tallies, problems, texts };
}

type Take = (reading: Reading, place: number, text: () => string) => void;

function readFile(witness: FileWitness, take: Take): void {
  for (const { offset, bytes, reading } of oldLines(witness))
    take(reading, offset, () => bytes.toString('utf8', 0, 4096));
}

/** A database without the table is no problem: not every user had every one. */
function readTable(witness: TableWitness, { open, busyMs }: GatherOptions, take: Take): void {
  const db = openForeignDb(witness.path, open, busyMs);
  try {
    const table = openForeignTable(db, witness.table, witness.columns, witness.needs);
    if (table === 'missing') return;
    if ('lacks' in table)
      throw new Error(`table ${witness.table} has no column for ${table.lacks.join(', ')}`);
    for (const row of table.rows()) take(witness.read(row), row.place, () => textOfRow(row));
  } finally {
    db.close();
  }
}

function textOfRow({ values }: ForeignRow): string {
  return JSON.stringify(values);
}

/**
 * Opens a database of others for reading; the caller closes it.
 * @throws SQLite's error when it cannot be opened
 */
export function openForeignDb(path: string, open: OpenSqlite, busyMs: number): ReadableDb {
  const db = open(path, { readonly: true }) as ReadableDb;
  try {
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
