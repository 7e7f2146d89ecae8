/** Calls by day (UTC), tool and outcome, which views of many days read instead of quarters. */
import type { WritableDb } from '../../../src-core/store/driver.ts';
import type { Columns, Replaced } from './rows.ts';

/** Collects changes of the calls of days. `apply` runs in the caller's transaction. */
export function createDaySums(db: WritableDb) {
  const put = db.prepare(
    `INSERT INTO hookline_rollup_day VALUES (?, ?, ?, ?)
     ON CONFLICT (day, tool, outcome) DO UPDATE SET calls = calls + excluded.calls`,
  );
  const clean = db.prepare('DELETE FROM hookline_rollup_day WHERE day = ? AND calls = 0');
  const pending = new Map<string, { day: number; tool: string; outcome: string; calls: number }>();
  const add = (day: number, row: Columns, calls: number): void => {
    const [tool, outcome] = [String(row.tool), String(row.outcome)];
    const key = `${day}\0${tool}\0${outcome}`;
    const known = pending.get(key) ?? { day, tool, outcome, calls: 0 };
    pending.set(key, known);
    known.calls += calls;
  };
  return {
    move: (day: number, { taken, brought }: Replaced): void => {
      for (const row of taken) add(day, row, -Number(row.calls));
      for (const row of brought) add(day, row, Number(row.calls));
    },
    apply: (): void => {
      const touched = new Set<number>();
      for (const { day, tool, outcome, calls } of pending.values()) {
        if (calls === 0) continue;
        put.run(day, tool, outcome, calls);
        if (calls < 0) touched.add(day);
      }
      for (const day of touched) clean.run(day);
      pending.clear();
    },
  };
}
