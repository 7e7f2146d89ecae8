/**
 * Which lines a file could do without: all but one of those that tell of the same event. They are
 * marked here and count for nothing; taking them out is a matter of repair.
 */
import type { Traces } from './traces.ts';
import { VARIANT_NAMES, VARIANTS, type Witness } from './variants.ts';

const WITNESSES: readonly Witness[] = [
  ...new Set(VARIANT_NAMES.map((name) => VARIANTS[name].witness)),
];
const WITNESS_OF_VARIANT = VARIANT_NAMES.map((name) => WITNESSES.indexOf(VARIANTS[name].witness));

/** Tells whether a trace is the one of its file that its event needs. */
export type IsKeeper = (trace: number) => boolean;

/** Finds for each event and file the trace to keep: the best one, of equal ones the first. */
export function findKeepers({ columns, count }: Traces, events: number): IsKeeper {
  const { event, variant, place } = columns;
  const kept = new Int32Array(events * WITNESSES.length).fill(-1);
  const slotOf = (trace: number): number =>
    event.at(trace) * WITNESSES.length + (WITNESS_OF_VARIANT[variant.at(trace)] as number);
  for (let trace = 0; trace < count(); trace++) {
    const slot = slotOf(trace);
    const present = kept[slot] as number;
    const isBetter =
      present < 0 ||
      variant.at(trace) < variant.at(present) ||
      (variant.at(trace) === variant.at(present) && place.at(trace) < place.at(present));
    if (isBetter) kept[slot] = trace;
  }
  return (trace) => kept[slotOf(trace)] === trace;
}

/** Where the duplicates of a file stand: byte offsets of lines, or numbers of rows. */
export function* duplicatesIn(traces: Traces, events: number, witness: Witness): Generator<number> {
  const { variant, place } = traces.columns;
  const isKeeper = findKeepers(traces, events);
  const number = WITNESSES.indexOf(witness);
  for (let trace = 0; trace < traces.count(); trace++) {
    if (WITNESS_OF_VARIANT[variant.at(trace)] === number && !isKeeper(trace)) yield place.at(trace);
  }
}
