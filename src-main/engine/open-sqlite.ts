/** Which SQLite this runtime can use. */
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { nodeSqlite } from '../../src-core/store/node-sqlite.ts';

/**
 * better-sqlite3 where its addon loads (or where another build of it is named), else Node's own
 * module; null where the runtime has neither.
 */
export function chooseSqlite(addon: string | undefined): OpenSqlite | null {
  return betterSqlite(addon || undefined) ?? nodeSqlite();
}
