/** SQLite through Node's own module: what the hook uses, since loading an addon costs it more. */
import { createRequire } from 'node:module';
import type { OpenSqlite, SqliteConnection } from './driver.ts';

/** Opens through `node:sqlite`; null where this runtime has none. */
export function nodeSqlite(): OpenSqlite | null {
  const DatabaseSync = load();
  if (DatabaseSync === null) return null;
  return (path, options) =>
    new DatabaseSync(path, { readOnly: options?.readonly ?? false }) as unknown as SqliteConnection;
}

function load(): typeof import('node:sqlite').DatabaseSync | null {
  try {
    // A plain import would end the program on a runtime without the module.
    const require = createRequire(import.meta.url);
    return (require('node:sqlite') as typeof import('node:sqlite')).DatabaseSync;
  } catch {
    return null;
  }
}
