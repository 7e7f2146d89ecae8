/**
 * The hook while a store is broken. Each row: a call before, one while it lasts and one after, and a
 * refresh. Nothing may be lost once it is over, and Claude Code sees exit 0 all the time.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultHome, makeFaultHome } from '../support/fault-home.ts';
import { entriesIn } from '../support/hook-home.ts';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { openByNode } from '../support/sqlite.ts';

let home: FaultHome;
let disk: SmallDisk | null = null;
beforeEach(async () => {
  home = await makeFaultHome();
});
afterEach(async () => {
  await home.quiet();
  disk?.unmount();
  disk = null;
  home.remove();
});

/** Breaks something; returns what makes it whole again. */
type Fault = (home: FaultHome) => () => void;
const nothing = (): void => undefined;
const lines = ({ paths }: FaultHome) => paths.journals.toolUsage;

function removeDatabase({ paths }: FaultHome): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${paths.database}${end}`, { force: true });
}

/** Overwrites bytes of the database, with everything that is still beside it brought into it first. */
function damage(broken: FaultHome, at: number, bytes: number): () => void {
  const { database } = broken.paths;
  const db = openByNode(database);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const file = openSync(database, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0x5a), 0, bytes, at);
  closeSync(file);
  return nothing;
}

/** Symptom, fault, and what the hook's own log says of it; '' where the hook heals it unnoticed. */
const FAULTS: readonly (readonly [string, Fault, string])[] = [
  [
    'the database is missing',
    (it) => {
      removeDatabase(it);
      return nothing;
    },
    '',
  ],
  [
    'the folder of the database is missing',
    ({ paths }) => {
      rmSync(dirname(paths.database), { recursive: true });
      return nothing;
    },
    '',
  ],
  [
    'another program holds the database for all that time',
    ({ paths }) => {
      const other = openByNode(paths.database);
      other.exec('BEGIN EXCLUSIVE');
      return () => {
        other.exec('ROLLBACK');
        other.close();
      };
    },
    'SQLite (busy)',
  ],
  ['the header of the database is damaged', (it) => damage(it, 0, 100), 'SQLite (corrupt)'],
  ['pages of the database are damaged', (it) => damage(it, 4096, 8 * 4096), 'SQLite (corrupt)'],
  [
    'a folder stands where the database was',
    ({ paths }) => {
      renameSync(paths.database, `${paths.database}.old`);
      for (const end of ['-wal', '-shm']) rmSync(`${paths.database}${end}`, { force: true });
      mkdirSync(paths.database);
      return () => rmSync(paths.database, { recursive: true });
    },
    'SQLite (unreachable)',
  ],
  [
    'a folder stands where a JSONL file was',
    (it) => {
      renameSync(lines(it), `${lines(it)}.old`);
      mkdirSync(lines(it));
      return () => {
        rmSync(lines(it), { recursive: true });
        renameSync(`${lines(it)}.old`, lines(it));
      };
    },
    'tool-usage: EISDIR',
  ],
  [
    'a JSONL file is missing',
    (it) => {
      rmSync(lines(it));
      return nothing;
    },
    '',
  ],
  [
    'a JSONL file is cut within a line',
    (it) => {
      truncateSync(lines(it), Math.floor(readFileSync(lines(it)).length / 2));
      // What was cut is a line that nobody understands; it is taken out by hand.
      return () => {
        const kept = readFileSync(lines(it), 'utf8').split('\n').filter(isWhole);
        writeFileSync(lines(it), kept.map((line) => `${line}\n`).join(''));
      };
    },
    '',
  ],
  [
    'a JSONL file has garbage in it',
    (it) => {
      appendFileSync(lines(it), Buffer.from([0, 1, 255, 10, 123, 10]));
      return () => {
        const kept = readFileSync(lines(it), 'utf8').split('\n').filter(isWhole);
        writeFileSync(lines(it), kept.map((line) => `${line}\n`).join(''));
      };
    },
    '',
  ],
  [
    'a JSONL file has no line end',
    (it) => {
      truncateSync(lines(it), readFileSync(lines(it)).length - 1);
      return nothing;
    },
    '',
  ],
];

function expectSaid(words: string): void {
  const log = existsSync(home.paths.hookErrorLog)
    ? readFileSync(home.paths.hookErrorLog, 'utf8')
    : '';
  if (words === '') expect(log).toBe('');
  else expect(log).toContain(words);
}

function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

describe('while', () => {
  it.each(FAULTS)('%s: nothing lost after it, exit 0 during it', async (_, fault, said) => {
    await home.call('toolu_before');
    await home.drained();
    const mend = fault(home);
    await home.call('toolu_during');
    await home.quiet();
    expectSaid(said);
    mend();
    await home.call('toolu_after');
    await home.expectExactly('toolu_before', 'toolu_during', 'toolu_after');
  });

  it('the database is of a foreign schema: nothing lost, exit 0', async () => {
    mkdirSync(dirname(home.paths.database), { recursive: true });
    const db = openByNode(home.paths.database);
    db.exec(`CREATE TABLE tool_events (id INTEGER PRIMARY KEY, ts TEXT NOT NULL CHECK (ts LIKE '____-%'), tool TEXT);
      CREATE VIEW hookline_view AS SELECT * FROM tool_events; PRAGMA user_version = 9`);
    db.close();
    await home.call('toolu_1');
    await home.call('toolu_2');
    await home.expectExactly('toolu_1', 'toolu_2');
  });
});

const skipped = canMount() ? '' : ' (skipped: no disk can be mounted here)';
describe.runIf(skipped === '')(`while, on a disk of its own${skipped},`, () => {
  it('the database is read-only: nothing lost after it, exit 0 during it', async () => {
    disk = mountSmallDisk(dirname(home.paths.database), 4096);
    await home.call('toolu_before');
    await home.drained();
    disk.makeReadOnly();
    await home.call('toolu_during');
    await home.quiet();
    expectSaid('SQLite (unreachable): unable to open');
    disk.makeWritable();
    await home.call('toolu_after');
    await home.expectExactly('toolu_before', 'toolu_during', 'toolu_after');
  });

  it('the database’s disk is full: nothing lost after it, exit 0 during it', async () => {
    disk = mountSmallDisk(dirname(home.paths.database), 2048);
    await home.call('toolu_before');
    await home.drained();
    const filler = fill(dirname(home.paths.database), 2048);
    await home.call('toolu_during');
    await home.quiet();
    expectSaid('SQLite (unreachable): disk I/O');
    rmSync(filler);
    await home.call('toolu_after');
    await home.expectExactly('toolu_before', 'toolu_during', 'toolu_after');
  });

  it('the disk has room for the payload and nothing else: nothing lost after it, exit 0 during it', async () => {
    disk = mountSmallDisk(home.paths.data, 2048);
    await home.call('toolu_before');
    await home.drained();
    const filler = fill(home.paths.data, 2048);
    truncateSync(filler, readFileSync(filler).length - 4096);
    await home.call('toolu_during');
    await home.quiet();
    // Not even the log has room; the entry itself says that it was tried.
    expect(entriesIn(home.paths.spool)).toHaveLength(1);
    rmSync(filler);
    await home.call('toolu_after');
    await home.expectExactly('toolu_before', 'toolu_during', 'toolu_after');
  });
});

describe('while, on any machine,', () => {
  it('no file may grow beyond 8 kB, the twin of a full disk: nothing lost after it, exit 0 during it', async () => {
    await home.call('toolu_before');
    await home.drained();
    const by = ['sh', '-c', 'ulimit -f 16; exec "$0" "$@"'];
    await home.call('toolu_during', { by });
    await home.quiet();
    expectSaid('SQLite (');
    await home.call('toolu_after');
    await home.expectExactly('toolu_before', 'toolu_during', 'toolu_after');
  });
});

/** Fills the disk up; returns the file that does. */
function fill(folder: string, kilobytes: number): string {
  const path = `${folder}/filler`;
  const file = openSync(path, 'w');
  try {
    for (let i = 0; i < kilobytes; i++) writeSync(file, Buffer.alloc(1024));
  } catch {
    // Full, which is what was wanted.
  } finally {
    closeSync(file);
  }
  return path;
}
