/** Rows of the rollup tables as the folds make them, and writing what of a scope has changed. */
import type { SqlValue, Statement, WritableDb } from '../../../src-core/store/driver.ts';

/** Columns of a row by their names, the scope apart. */
export type Columns = Readonly<Record<string, string | number | null>>;

/** The rows of one scope in one table. */
export interface ScopeTable {
  /** Makes the table hold these rows for the scope; returns those that were taken away and brought. */
  replace(scope: string | number, rows: readonly Columns[]): Replaced;
}

/** Rows that were there and are not any more, and rows that are new; equal ones are in neither. */
export interface Replaced {
  readonly taken: readonly Columns[];
  readonly brought: readonly Columns[];
}

/** What a table is called, its scope's column, what tells its rows apart, and the rest. */
export interface ScopeTableShape {
  readonly table: string;
  readonly scope: string;
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

/** Prepares replacing the rows of scopes. Runs in the caller's transactions. */
export function createScopeTable(db: WritableDb, shape: ScopeTableShape): ScopeTable {
  const { table, scope: column, keys, values } = shape;
  const columns = [...keys, ...values];
  const find = db.prepare(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${column} = ?`);
  const put = db.prepare(
    `INSERT OR REPLACE INTO ${table} (${[column, ...columns].join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`,
  );
  const removeWhere = [column, ...keys].map((name) => `${name} = ?`).join(' AND ');
  const remove: Statement = db.prepare(`DELETE FROM ${table} WHERE ${removeWhere}`);
  const keyOf = (row: Columns): string => keys.map((name) => row[name]).join('\0');
  const cells = (row: Columns, names: readonly string[]): SqlValue[] =>
    names.map((name) => row[name] ?? null);
  return {
    replace: (scope, rows) => {
      const present = new Map((find.all(scope) as Columns[]).map((row) => [keyOf(row), row]));
      const taken: Columns[] = [];
      const brought: Columns[] = [];
      for (const row of rows) {
        const key = keyOf(row);
        const old = present.get(key);
        present.delete(key);
        if (old !== undefined) {
          if (values.every((name) => old[name] === row[name])) continue;
          taken.push(old);
        }
        brought.push(row);
        put.run(scope, ...cells(row, columns));
      }
      for (const row of present.values()) {
        taken.push(row);
        remove.run(scope, ...cells(row, keys));
      }
      return { taken, brought };
    },
  };
}
