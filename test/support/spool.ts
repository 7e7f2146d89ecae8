/** Puts entries into a spool as the launcher does, and drains it into the stores of a private home. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { type DrainOptions, type DrainReport, drainSpool } from '../../src-core/spool/drain.ts';
import { TEST_KEY, TEST_REDACTOR, TEST_TIME } from './capture-text.ts';
import { openTestStore } from './sqlite.ts';

/** What an entry holds beside its payload. */
export interface EntryOptions {
  readonly name?: string;
  /** Time of the event, epoch milliseconds. */
  readonly at?: number;
  readonly project?: string;
  readonly entrypoint?: string;
  /** False for an entry whose launcher was killed, or writes still. */
  readonly isFinished?: boolean;
}

/** Bytes of an entry as the launcher writes it. */
export function entryBytes(payload: string | Buffer, options: EntryOptions = {}): Buffer {
  const { project = '/Users/dev/project', entrypoint = 'cli', isFinished = true } = options;
  return Buffer.concat([
    Buffer.from(`hookline-spool 1\0${1}\0${project}\0${entrypoint}\0`),
    Buffer.from(payload),
    Buffer.from(isFinished ? '\0hookline-end\n' : ''),
  ]);
}

let count = 0;

/** Writes an entry; entries of one process are a second apart unless told otherwise. */
export function spoolEntry(
  paths: Paths,
  payload: string | Buffer,
  options: EntryOptions = {},
): string {
  count++;
  // No process has such an id, so that nobody is taken to be writing still.
  const name = options.name ?? `${99_000_000 + count}-0.event`;
  const at = options.at ?? TEST_TIME + count * 2000;
  mkdirSync(paths.spool, { recursive: true, mode: 0o700 });
  const path = join(paths.spool, name);
  writeFileSync(path, entryBytes(payload, options), { mode: 0o600 });
  utimesSync(path, at / 1000, at / 1000);
  return path;
}

/** Drains the spool; by default into a store that answers. */
export function drain(paths: Paths, options: Partial<DrainOptions> = {}): DrainReport {
  const db = options.db === undefined ? openTestStore(paths.database) : options.db;
  try {
    return drainSpool({
      paths,
      source: 'hook',
      isAfterCrash: false,
      redactor: TEST_REDACTOR,
      key: TEST_KEY,
      now: () => TEST_TIME + 10_000_000,
      isExcluded: () => false,
      ...options,
      db,
    });
  } finally {
    if (options.db === undefined) db?.close();
  }
}

/** The records of a JSONL file; none where there is no file. Throws for a line that is no JSON. */
export function recordsIn(path: string): readonly JsonRecord[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${path} ends in a torn line`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonRecord);
}

/** Ids in the lines of each stream, sorted: what "exactly once" is about. */
export function idsByStream(paths: Paths): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    STREAMS.map((stream) => [
      stream.name,
      recordsIn(stream.pathIn(paths))
        .map(({ id }) => String(id))
        .sort(),
    ]),
  );
}
