/**
 * Finds rows by the id of their event while files of millions of lines are read: a table of hashes in
 * sixteen bytes a row, where a query for each line would take longer than parsing it. Two ids that
 * share 64 bits of hash would be taken for one; among a million that is one chance in ten millions.
 */

/** Finds rows, wherever they are looked up. */
export interface RowFinder {
  /** The row's number; null where there is none. */
  seqOf(id: string): number | null;
  /** True where the row that was found last carries that sum. */
  hasSum(seq: number, sum: string): boolean;
}

/** A table that is filled once. */
export interface RowIndex extends RowFinder {
  add(seq: number, id: string, sum: string): void;
}

/** An empty table for at most so many rows, of numbers up to `lastSeq`. */
export function createRowIndex(rows: number, lastSeq: number): RowIndex {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 2)));
  const [firsts, seconds, seqs] = [0, 1, 2].map(() => new Uint32Array(size)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const sums = new Uint32Array(lastSeq + 1);
  let [first, second] = [0, 0];
  const hash = (id: string): void => {
    first = 0x811c9dc5;
    second = 0x9e3779b9;
    for (let i = 0; i < id.length; i++) {
      const unit = id.charCodeAt(i);
      first = Math.imul(first ^ unit, 0x01000193);
      second = Math.imul(second ^ unit, 0x85ebca6b) + (second >>> 13);
    }
    first >>>= 0;
    second >>>= 0;
  };
  /** The place of the id, or the free one where it would stand. */
  const placeOf = (id: string): number => {
    hash(id);
    let at = (first ^ (second >>> 7)) & (size - 1);
    while (seqs[at] !== 0 && (firsts[at] !== first || seconds[at] !== second))
      at = (at + 1) & (size - 1);
    return at;
  };
  return {
    add: (seq, id, sum) => {
      const at = placeOf(id);
      firsts[at] = first;
      seconds[at] = second;
      seqs[at] = seq;
      sums[seq] = startOf(sum);
    },
    seqOf: (id) => seqs[placeOf(id)] || null,
    hasSum: (seq, sum) => sums[seq] === startOf(sum),
  };
}

/** Half of a sum: what tells a line from the row that was amended since. */
function startOf(sum: string): number {
  return Number.parseInt(sum.slice(0, 8), 16) >>> 0;
}
