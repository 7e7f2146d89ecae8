/**
 * A copy of a damaged database to read from, so that reading changes nothing in the original: even
 * opening one may write its log back. A copy is as good as the original only while nobody writes
 * into that, which `stateOf` tells.
 */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OpenSqlite, ReadableDb, Row } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';

/** A copy, if its tables can be found. */
export interface WorkingCopy {
  /** Null where nothing at all can be read. */
  readonly path: string | null;
  /** True when the header was lost and another was put in its place. */
  readonly isMended: boolean;
}

/** What changes when anybody writes into the database. */
export function stateOf(path: string): string {
  return JSON.stringify(
    ['', '-wal'].map((end) => {
      const stat = statSync(`${path}${end}`, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? null : [stat.ino, stat.size, stat.mtimeNs].map(String);
    }),
  );
}

/** Copies the database and its log into an empty folder of that name, and looks for its tables. */
export function makeWorkingCopy(path: string, folder: string, open: OpenSqlite): WorkingCopy {
  const copy = join(folder, 'damaged.db');
  const takeCopy = (): void => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const end of ['', '-wal']) {
      if (!existsSync(`${path}${end}`)) continue;
      copyFileSync(`${path}${end}`, `${copy}${end}`, constants.COPYFILE_FICLONE);
      chmodSync(`${copy}${end}`, 0o600);
    }
  };
  takeCopy();
  if (countTables(copy, open) !== null) return { path: copy, isMended: false };
  for (const pageSize of PAGE_SIZES) {
    // Opening a wrong one may have changed the copy.
    takeCopy();
    writeHeader(copy, pageSize);
    if ((countTables(copy, open) ?? 0) > 0) return { path: copy, isMended: true };
  }
  return { path: null, isMended: false };
}

/** The usual one first. */
const PAGE_SIZES = [4096, 1024, 8192, 2048, 16384, 32768, 65536, 512] as const;

/** Null where the list of tables cannot be read. */
function countTables(path: string, open: OpenSqlite): number | null {
  let db: ReadableDb | null = null;
  try {
    db = open(path) as ReadableDb;
    const row = db.prepare('SELECT count(*) AS n, max(sql) FROM sqlite_master').get() as Row;
    return Number(row.n);
  } catch (error) {
    const { kind } = toStoreError(error);
    if (kind !== 'corrupt' && kind !== 'other') throw error;
    return null;
  } finally {
    db?.close();
  }
}

/**
 * Writes the hundred bytes with which every SQLite file begins, for a file of which they were lost:
 * sizes and formats that all programs of today write, and no list of free pages.
 */
function writeHeader(path: string, pageSize: number): void {
  const header = Buffer.alloc(100);
  header.write('SQLite format 3\0', 'latin1');
  header.writeUInt16BE(pageSize === 65536 ? 1 : pageSize, 16);
  header.set([2, 2, 0, 64, 32, 32], 18);
  header.writeUInt32BE(1, 24);
  header.writeUInt32BE(Math.floor(statSync(path).size / pageSize), 28);
  header.writeUInt32BE(1, 40);
  header.writeUInt32BE(4, 44);
  header.writeUInt32BE(1, 56);
  header.writeUInt32BE(1, 92);
  header.writeUInt32BE(3_054_001, 96);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
}
