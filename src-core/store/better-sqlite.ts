/**
 * SQLite through better-sqlite3: what the app and the command line use.
 *
 * Its shipped addon speaks Node-API 10. On an older runtime loading it is a segmentation fault,
 * which no `try` catches, so the runtime is asked first.
 */
import Database from 'better-sqlite3';
import type { OpenSqlite, SqliteConnection } from './driver.ts';

const NEEDED_NAPI = 10;

/** Opens through better-sqlite3; null where this runtime cannot load its addon. */
export function betterSqlite(addon?: string): OpenSqlite | null {
  if (addon === undefined && Number(process.versions.napi) < NEEDED_NAPI) return null;
  return (path, options) =>
    new Database(path, {
      readonly: options?.readonly ?? false,
      // Our own pragma decides; this one would block for five seconds before it is set.
      timeout: 0,
      ...(addon === undefined ? {} : { nativeBinding: addon }),
    }) as unknown as SqliteConnection;
}
