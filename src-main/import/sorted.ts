/**
 * The traces in an order that depends on what they say alone: not on the order of lines in a file,
 * nor on which file was read first. All that follows works along this order.
 */
import type { Traces } from './traces.ts';

/** Row numbers of the traces by subject, second, variant and what else tells them apart. */
export function sortTraces({ columns, count }: Traces): Int32Array {
  const { subject, atS, variant, target, folder, session, flags, model, program, place } = columns;
  const order = [subject, atS, variant, target, folder, session, flags, model, program, place];
  const rows = Int32Array.from({ length: count() }, (_, row) => row);
  return rows.sort((a, b) => {
    for (const column of order) {
      const difference = column.at(a) - column.at(b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** True for two traces that are the same but for where they stand. */
export function areEqual({ columns }: Traces, a: number, b: number): boolean {
  const { subject, atS, variant, target, folder, session } = columns;
  return [subject, atS, variant, target, folder, session].every(
    (column) => column.at(a) === column.at(b),
  );
}

/** The runs of rows that `isSame` holds together, as beginnings and ends in `rows`. */
export function* runsOf(
  rows: Int32Array,
  from: number,
  to: number,
  isSame: (a: number, b: number) => boolean,
): Generator<readonly [number, number]> {
  let begin = from;
  for (let i = from + 1; i <= to; i++) {
    if (i < to && isSame(rows[begin] as number, rows[i] as number)) continue;
    yield [begin, i];
    begin = i;
  }
}
