/**
 * Gives room that the database does not need any more back to the disk. A full VACUUM holds everybody
 * who writes up for as long as it lasts, so it runs when it is asked for alone; the incremental one
 * frees a few pages at a time, and leaves the file to others between two slices.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReadableDb, Row, WritableDb } from '../../src-core/store/driver.ts';

/** What a full VACUUM needs and gives, bytes. */
export interface VacuumRoom {
  readonly databaseBytes: number;
  /** Pages that hold nothing. */
  readonly unusedBytes: number;
  /** For the new copy and for the log through which it gets into its place. */
  readonly neededBytes: number;
  /** On the disk of the database. */
  readonly freeBytes: number;
  /** True where unused pages can be given back little by little. */
  readonly isIncremental: boolean;
}

/** Looks how things stand. */
export function vacuumRoom(db: ReadableDb, database: string): VacuumRoom {
  const size = pragma(db, 'page_size');
  const pages = pragma(db, 'page_count');
  const unused = pragma(db, 'freelist_count');
  const { bavail, bsize } = statfsSync(dirname(database));
  return {
    databaseBytes: pages * size,
    unusedBytes: unused * size,
    neededBytes: 2 * (pages - unused) * size,
    freeBytes: bavail * bsize,
    isIncremental: pragma(db, 'auto_vacuum') === 2,
  };
}

/** Pages of one slice: a few milliseconds, in which nobody else can write. */
const SLICE_PAGES = 200;

/** Gives unused pages back, slice by slice; how many bytes. `giveWay` runs between two slices. */
export async function vacuumSlices(db: WritableDb, giveWay: () => Promise<void>): Promise<number> {
  if (pragma(db, 'auto_vacuum') !== 2) return 0;
  const before = pragma(db, 'freelist_count');
  for (let left = before; left > 0; ) {
    db.exec(`PRAGMA incremental_vacuum(${SLICE_PAGES})`);
    const now = pragma(db, 'freelist_count');
    if (now >= left) break;
    left = now;
    await giveWay();
  }
  return (before - pragma(db, 'freelist_count')) * pragma(db, 'page_size');
}

function pragma(db: ReadableDb, name: string): number {
  const row = db.prepare(`PRAGMA ${name}`).get() as Row;
  return Number(Object.values(row)[0]);
}
