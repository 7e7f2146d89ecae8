/** The class of each error of a list, named as the statistics name it. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import {
  classOf,
  FAILED_EVENT_COLUMNS,
  failedEventOf,
  IS_ERROR,
} from '../stats/errors/class-of.ts';
import type { Condition } from './filter.ts';

/** One error: its event, time, class, tool and command. */
export interface ClassedError {
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly command: string | null;
  readonly project: string | null;
}

/** All errors that a condition holds for, oldest first. */
export function* classedErrors(db: ReadableDb, condition: Condition): Generator<ClassedError> {
  const rows = db
    .prepare(
      `SELECT id, at_ms, project, ${FAILED_EVENT_COLUMNS} FROM hookline_event
       WHERE ${IS_ERROR} AND ${condition.where} ORDER BY at_ms, seq`,
    )
    .iterate(...condition.values) as IterableIterator<Row>;
  for (const row of rows) {
    yield {
      id: String(row.id),
      at: Number(row.at_ms),
      name: classOf(failedEventOf(row)),
      command: row.command === null ? null : String(row.command),
      project: row.project === null ? null : String(row.project),
    };
  }
}
