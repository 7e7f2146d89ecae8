/**
 * A process of its own that drains a few entries as the hook's script does, and prints how long
 * that took: the first drain with all from taking the lock until it is free again, each later one
 * with the lock and the store held, as they are while entries come; then the least that a dual
 * write can be. Run by the bench.
 *
 *   node dual-write-run.ts <home> <entries in each drain> <drains>
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRedactor } from '../../src-core/event/redact.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { keyedHash } from '../../src-core/journal/sum.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readHookSettings } from '../../src-core/settings/hook-settings.ts';
import { type DrainOptions, drainSpool } from '../../src-core/spool/drain.ts';
import { CAPTURE_MIGRATIONS } from '../../src-core/store/migrate.ts';
import { nodeSqlite } from '../../src-core/store/node-sqlite.ts';
import { openWith } from '../../src-core/store/open-with.ts';
import { makePayload } from './payload.ts';
import { putIntoSpool } from './spool-entry.ts';

const PAYLOAD_BYTES = 2048;

const [home = '', entries = '1', drains = '1'] = process.argv.slice(2);
const paths = createPaths({ home });
const put = (): void => {
  for (let n = 0; n < Number(entries); n++) putIntoSpool(paths, makePayload(PAYLOAD_BYTES).text);
};
put();
const openedAt = performance.now();
const stores = openStores();
const samples: number[] = [];
let openMs = performance.now() - openedAt;
for (let i = 0; i < Number(drains); i++) {
  if (i > 0) put();
  const startedAt = performance.now();
  stores.drain();
  samples.push(performance.now() - startedAt);
}
const closedAt = performance.now();
stores.close();
openMs += performance.now() - closedAt;
samples[0] = (samples[0] ?? Number.NaN) + openMs;
console.log(JSON.stringify({ drains: samples, bareMs: writeBare() }));

/** The lock and the store, held while entries come. */
function openStores(): { drain(): void; close(): void } {
  const open = nodeSqlite();
  const lock = takeLock({ paths, open, waitMs: 1000 });
  if (lock === null || open === null) throw new Error('no lock, or no SQLite in this Node');
  const db = openWith(
    { path: paths.database, open, busyMs: 250, now: Date.now() },
    CAPTURE_MIGRATIONS,
  );
  const key = readOrMakeKey(paths.redactionKey);
  const settings = readHookSettings(paths.settings);
  const options: DrainOptions = {
    paths,
    db,
    source: 'hook',
    isAfterCrash: lock.isAfterCrash,
    key,
    redactor: createRedactor(keyedHash(key)),
    now: Date.now,
    isExcluded: createExclusion(settings.excludedFolders),
  };
  return {
    drain: () => {
      const { events, problems } = drainSpool(options);
      if (problems.length > 0) throw new Error(problems.join('; '));
      if (events !== Number(entries))
        throw new Error(`${events} of ${entries} events were drained`);
    },
    close: () => {
      db.close();
      lock.release();
    },
  };
}

/** Milliseconds to open a database, insert one row, append one line, and close. */
function writeBare(): number {
  const open = nodeSqlite();
  if (open === null) throw new Error('no SQLite in this Node');
  const path = join(home, 'bare.db');
  const make = open(path);
  make.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS event (id TEXT, line TEXT)');
  make.close();
  const line = `${JSON.stringify({ at: Date.now(), text: 'x'.repeat(600) })}\n`;
  const startedAt = performance.now();
  const db = open(path);
  db.exec('PRAGMA synchronous = NORMAL');
  db.prepare('INSERT INTO event VALUES (?, ?)').run(String(startedAt), line);
  appendFileSync(join(home, 'bare.jsonl'), line);
  db.close();
  return performance.now() - startedAt;
}
