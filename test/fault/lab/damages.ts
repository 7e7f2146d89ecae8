/** The kinds of damage that the lab does, each to one witness. */
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import type { LabWorld } from './world.ts';

/** One kind of damage. `database`: what it does cannot be known row by row afterwards. */
export interface Damage {
  readonly name: string;
  readonly witness: 'database' | 'journals' | 'around';
  run(world: LabWorld): void;
}

const PRIMARY = STREAMS.filter(({ isPrimary }) => isPrimary);

/** A file of lines that is there and holds something. */
function someFile(world: LabWorld, streams = STREAMS): string {
  const paths = streams
    .map(({ pathIn }) => pathIn(world.paths))
    .filter((path) => existsSync(path) && statSync(path).isFile() && statSync(path).size > 0);
  return paths.length === 0 ? world.paths.journals.toolUsage : world.random.pick(paths);
}

function bytesOf(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

function linesOf(path: string): string[] {
  const text = bytesOf(path).toString('latin1');
  return text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
}

/** Lines as latin1, so that no byte is changed on the way. */
function writeLines(path: string, lines: readonly string[]): void {
  writeFileSync(path, Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'));
}

const inLines =
  (change: (lines: string[], world: LabWorld) => readonly string[], streams = STREAMS) =>
  (world: LabWorld): void => {
    const path = someFile(world, streams);
    writeLines(path, change(linesOf(path), world));
  };

const inBytes =
  (change: (bytes: Buffer, world: LabWorld) => Buffer, streams = STREAMS) =>
  (world: LabWorld): void => {
    const path = someFile(world, streams);
    writeFileSync(path, change(bytesOf(path), world));
  };

const inStore =
  (sql: string | ((world: LabWorld) => string)) =>
  (world: LabWorld): void => {
    const db = world.open(world.paths.database);
    try {
      db.exec(typeof sql === 'string' ? sql : sql(world));
    } catch {
      // Another damage was there first.
    } finally {
      db.close();
    }
  };

function checkpoint({ open, paths }: LabWorld): void {
  if (!existsSync(paths.database)) return;
  const db = open(paths.database);
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Another damage was there first.
  } finally {
    db.close();
  }
}

const inPages =
  (change: (bytes: Buffer, world: LabWorld) => Buffer) =>
  (world: LabWorld): void => {
    checkpoint(world);
    const bytes = bytesOf(world.paths.database);
    if (bytes.length >= 8192) writeFileSync(world.paths.database, change(bytes, world));
  };

function dropDatabase({ paths }: LabWorld): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${paths.database}${end}`, { force: true });
}

const place = (lines: readonly string[], { random }: LabWorld): number =>
  lines.length === 0 ? 0 : random.integer(0, lines.length - 1);

const someRow = ({ random }: LabWorld): string =>
  `seq = (SELECT seq FROM hookline_event ORDER BY seq LIMIT 1 OFFSET ${random.integer(0, 2)})`;

const journals = (name: string, run: Damage['run']): Damage => ({ name, witness: 'journals', run });
const database = (name: string, run: Damage['run']): Damage => ({ name, witness: 'database', run });
const around = (name: string, run: Damage['run']): Damage => ({ name, witness: 'around', run });

/** All kinds. */
export const DAMAGES: readonly Damage[] = [
  journals(
    'a byte of a file is another one',
    inBytes((bytes, { random }) => {
      if (bytes.length > 0) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      return bytes;
    }),
  ),
  journals(
    'twenty bytes of a file are other ones',
    inBytes((bytes, { random }) => {
      for (let i = 0; i < 20 && bytes.length > 0; i++)
        bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      return bytes;
    }),
  ),
  journals(
    'a file is cut at any byte',
    inBytes((bytes, { random }) => bytes.subarray(0, random.integer(0, bytes.length))),
  ),
  journals(
    'a file begins in the middle',
    inBytes((bytes, { random }) => bytes.subarray(random.integer(0, bytes.length))),
  ),
  journals(
    'a part of a file is zeros',
    inBytes((bytes, { random }) => {
      const from = random.integer(0, bytes.length);
      return bytes.fill(0, from, random.integer(from, bytes.length));
    }),
  ),
  journals('a file is empty', (world) => truncateSync(someFile(world), 0)),
  journals('a file is gone', (world) => rmSync(someFile(world), { force: true })),
  journals('all files of whole records are gone', (world) => {
    for (const { pathIn } of PRIMARY) rmSync(pathIn(world.paths), { force: true });
  }),
  journals('two files changed their places', (world) => {
    const [a, b] = [someFile(world), someFile(world)];
    if (a === b || !existsSync(a) || !existsSync(b)) return;
    renameSync(a, `${a}.x`);
    renameSync(b, a);
    renameSync(`${a}.x`, b);
  }),
  journals('a file was appended to another', (world) => {
    const [a, b] = [someFile(world), someFile(world)];
    if (a !== b) appendFileSync(a, bytesOf(b));
  }),
  journals(
    'a file stands there twice',
    inBytes((bytes) => Buffer.concat([bytes, bytes])),
  ),
  journals(
    'some lines stand there twice',
    inLines((lines, { random }) =>
      lines.flatMap((line) => (random.chance(0.3) ? [line, line] : [line])),
    ),
  ),
  journals(
    'the lines are in another order',
    inLines((lines, { random }) => lines.toSorted(() => random.next() - 0.5)),
  ),
  journals(
    'some lines are gone',
    inLines((lines, { random }) => lines.filter(() => random.chance(0.7))),
  ),
  journals(
    'two lines run into one',
    inLines((lines, world) => {
      const at = place(lines, world);
      return [...lines.slice(0, at), lines.slice(at, at + 2).join(''), ...lines.slice(at + 2)];
    }),
  ),
  journals(
    'a line is broken into two',
    inLines((lines, world) =>
      lines.flatMap((line, i) =>
        i === place(lines, world)
          ? [line.slice(0, line.length >> 1), line.slice(line.length >> 1)]
          : [line],
      ),
    ),
  ),
  journals(
    'something stands before a line',
    inLines((lines, world) => {
      const at = place(lines, world);
      return lines.map((line, i) => (i === at ? `2026-01-26 note: {"ts":1, ${line}` : line));
    }),
  ),
  journals(
    'lines of no JSON stand between',
    inLines((lines, world) =>
      lines.toSpliced(place(lines, world), 0, 'Traceback (most recent call last):', '{"ts":'),
    ),
  ),
  journals(
    'the last line is torn',
    inBytes((bytes, { random }) =>
      bytes.subarray(0, Math.max(0, bytes.length - random.integer(1, 60))),
    ),
  ),
  journals(
    'the last line has no end',
    inBytes((bytes) => bytes.subarray(0, Math.max(0, bytes.length - 1))),
  ),
  journals(
    'a file is UTF-16',
    inBytes((bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le')),
  ),
  journals(
    'a file is UTF-16, the other way round',
    inBytes((bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le').swap16()),
  ),
  journals(
    'a file has a byte order mark and DOS line ends',
    inBytes((bytes) => Buffer.from(`\ufeff${bytes.toString('utf8').replaceAll('\n', '\r\n')}`)),
  ),
  journals(
    'a file was taken for Latin-1',
    inBytes((bytes) => Buffer.from(bytes.toString('latin1'), 'utf8')),
  ),
  journals(
    'a file was written as Latin-1',
    inBytes((bytes) => Buffer.from(bytes.toString('utf8'), 'latin1')),
  ),
  journals(
    'numbers in a line were changed',
    inLines((lines, world) => {
      const at = place(lines, world);
      return lines.map((line, i) => (i === at ? line.replace(/"ts":\d/, '"ts":9') : line));
    }),
  ),
  journals(
    'lines were spaced otherwise',
    inLines((lines) =>
      lines.map((line) => {
        try {
          return Buffer.from(
            JSON.stringify(
              JSON.parse(Buffer.from(line, 'latin1').toString('utf8')),
              null,
              1,
            ).replaceAll('\n', ' '),
          ).toString('latin1');
        } catch {
          return line;
        }
      }),
    ),
  ),
  journals('the amendments are gone', ({ paths }) =>
    rmSync(paths.journals.amendments, { force: true }),
  ),

  database('the database is gone', dropDatabase),
  database('the database is empty', (world) => {
    dropDatabase(world);
    writeFileSync(world.paths.database, '');
  }),
  database('the database is text', (world) => {
    dropDatabase(world);
    writeFileSync(world.paths.database, 'not a database, and never was one\n'.repeat(100));
  }),
  database(
    'the header is overwritten',
    inPages((bytes) => bytes.fill(0x5a, 0, 100)),
  ),
  database(
    'a byte of the database is another one',
    inPages((bytes, { random }) => {
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      return bytes;
    }),
  ),
  database(
    'a page of the database is garbage',
    inPages((bytes, { random }) => {
      const page = random.integer(1, Math.max(1, (bytes.length >> 12) - 1)) * 4096;
      return bytes.fill(0x5a, page, page + 4096);
    }),
  ),
  database(
    'three pages of the database are zeros',
    inPages((bytes, { random }) => {
      for (let i = 0; i < 3; i++) {
        const page = random.integer(1, Math.max(1, (bytes.length >> 12) - 1)) * 4096;
        bytes.fill(0, page, page + 4096);
      }
      return bytes;
    }),
  ),
  database(
    'the database is cut',
    inPages((bytes, { random }) => bytes.subarray(0, random.integer(0, bytes.length))),
  ),
  database(
    'two pages changed their places',
    inPages((bytes, { random }) => {
      const pages = bytes.length >> 12;
      const [a, b] = [random.integer(1, pages - 1) * 4096, random.integer(1, pages - 1) * 4096];
      const kept = Buffer.from(bytes.subarray(a, a + 4096));
      bytes.copy(bytes, a, b, b + 4096);
      kept.copy(bytes, b);
      return bytes;
    }),
  ),
  database('rows are gone', inStore('DELETE FROM hookline_event WHERE seq % 3 = 0')),
  database('all rows are gone', inStore('DELETE FROM hookline_event')),
  database(
    'a row says something else',
    inStore(
      (world) =>
        `UPDATE hookline_event SET command = 'rm -rf /', tool = 'Edit' WHERE ${someRow(world)}`,
    ),
  ),
  database(
    'a row has another id',
    inStore((world) => `UPDATE hookline_event SET id = 'toolu_wrong' WHERE ${someRow(world)}`),
  ),
  database(
    'rows say that all their lines are there',
    inStore('UPDATE hookline_event SET lines = 255'),
  ),
  database('rows expect no lines', inStore('UPDATE hookline_event SET expected = 0')),
  database('the cursors are gone', inStore('DELETE FROM hookline_cursor')),
  database('the cursors are garbage', inStore("UPDATE hookline_cursor SET value = '{'")),
  database(
    'the sums are wrong',
    inStore('UPDATE hookline_rollup_quarter SET calls = calls + 1, hook = hook + 7'),
  ),
  database('a table of ours is gone', inStore('DROP TABLE hookline_cursor')),
  database('the table of events is gone', inStore('DROP TABLE hookline_event')),
  database(
    'a migration is half done',
    inStore('DROP TABLE hookline_rollup_total; DELETE FROM hookline_migration WHERE version > 4'),
  ),
  database('nobody knows which migrations ran', inStore('DELETE FROM hookline_migration')),
  database(
    'an index and a trigger are gone',
    inStore('DROP INDEX hookline_event_at; DROP TRIGGER hookline_event_removed'),
  ),
  database('rows of the old table are gone', inStore('DELETE FROM tool_events')),

  around('modes are wrong', ({ paths, random }) => {
    if (existsSync(paths.journals.toolUsage))
      chmodSync(paths.journals.toolUsage, random.pick([0o000, 0o400, 0o444, 0o644]));
    chmodSync(paths.own, 0o755);
  }),
  around('statistics are gone or no JSON', ({ paths }) => {
    rmSync(paths.stats.errors, { force: true });
    writeFileSync(paths.stats.toolUsage, '{"total": ');
  }),
  around('statistics are those of somebody else', ({ paths }) =>
    writeFileSync(paths.stats.activity, '{}'),
  ),
  around('the lock is garbage', ({ paths }) =>
    writeFileSync(paths.lockDatabase, 'garbage '.repeat(99)),
  ),
  around('the status is garbage', ({ paths }) => writeFileSync(paths.status, '{{{')),
  around('a draft of another repair was left', ({ paths }) => {
    const from = paths.journals.toolUsage;
    if (existsSync(from)) copyFileSync(from, `${from}.repair`);
    writeFileSync(`${paths.database}.new`, 'half a database');
  }),
  around('a torn tombstone', ({ paths }) =>
    appendFileSync(paths.tombstones, '{"at":1,"reason":"x","ids":["toolu_'),
  ),
];
