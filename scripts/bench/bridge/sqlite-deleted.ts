/** The database is gone, and built again from JSONL. */
import { rmSync } from 'node:fs';
import type { BridgeCase } from './cases.ts';

/** The figure. */
export const sqliteDeleted: BridgeCase = {
  what: 'SQLite deleted',
  prepare: ({ paths }) => {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(`${paths.database}${suffix}`, { force: true });
  },
  drain: undefined,
  isRight: ({ report }, { events }) => report.healedToSqlite >= events && report.drift === 0,
  mostMs: 20_000,
  mostRssMb: 250,
  isLong: true,
};
