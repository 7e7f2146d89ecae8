/** Damages databases as bad disks do: bytes of chosen pages are other ones, and nobody was told. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Row } from '../../src-core/store/driver.ts';
import { openByNode } from './sqlite.ts';

/** Overwrites bytes of a file in place. */
export function overwrite(path: string, at: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, at);
  } finally {
    closeSync(file);
  }
}

/** Overwrites the first page of a table, with everything beside the file brought into it first. */
export function overwriteTable(path: string, table: string): void {
  const { at, size } = rootOf(path, table);
  overwrite(path, at, Buffer.alloc(size, 0x5a));
}

/** Changes the first page of an index. */
export function overwriteIndex(
  path: string,
  index: string,
  change: (page: Buffer) => unknown,
): void {
  const { at, size } = rootOf(path, index);
  const page = Buffer.alloc(size);
  const file = openSync(path, 'r');
  try {
    readSync(file, page, 0, size, at);
  } finally {
    closeSync(file);
  }
  change(page);
  overwrite(path, at, page);
}

/** Overwrites one of the pages on which the rows of a table stand, the `which`th of them. */
export function overwriteLeaf(path: string, table: string, which: number): void {
  const { size } = rootOf(path, table);
  const db = openByNode(path);
  try {
    const row = db
      .prepare(
        "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET ?",
      )
      .get(table, which) as Row;
    overwrite(path, (Number(row.pageno) - 1) * size, Buffer.alloc(size, 0x5a));
  } finally {
    db.close();
  }
}

function rootOf(path: string, name: string): { readonly at: number; readonly size: number } {
  const db = openByNode(path);
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const { rootpage } = db
      .prepare('SELECT rootpage FROM sqlite_master WHERE name = ?')
      .get(name) as Row;
    const { page_size } = db.prepare('PRAGMA page_size').get() as Row;
    return { at: (Number(rootpage) - 1) * Number(page_size), size: Number(page_size) };
  } finally {
    db.close();
  }
}
