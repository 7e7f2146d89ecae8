/**
 * Reads one file of lines against the rows: what each line is, which events have theirs, and what
 * cannot be read. Writes nothing; the same judgement decides what a repair moves out of the file.
 */
import type { ReadableDb, WritableDb } from '../../src-core/store/driver.ts';
import { judgeLine, type OwnLine } from '../bridge/line.ts';
import { createRowMarks } from '../bridge/row-marks.ts';
import { belongsTo, isWholeRecord } from './line-shape.ts';
import { rescue } from './rescue.ts';
import type { RowFinder } from './row-index.ts';

/** What a line is in its file. */
export type LineVerdict =
  | { readonly kind: 'blank' | 'foreign' }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** A good line of ours in a file of others. */
  | { readonly kind: 'misplaced'; readonly line: OwnLine }
  | { readonly kind: 'repeated'; readonly line: OwnLine }
  /** Good; `seq` of its row, null where there is none, and whether the row says more by now. */
  | {
      readonly kind: 'good';
      readonly line: OwnLine;
      readonly seq: number | null;
      readonly isOutdated: boolean;
    };

/** Judges the lines of one file in their order. */
export type LineJudge = (bytes: Buffer) => LineVerdict;

/** What judging needs; without rows, lines are held against each other alone. */
export interface JudgeOptions {
  readonly stream: string;
  readonly isPrimary: boolean;
  readonly rows: RowFinder | null;
  readonly lastSeq: number;
}

/** Builds the judge of one pass over a file. */
export function createLineJudge({ stream, isPrimary, rows, lastSeq }: JudgeOptions): LineJudge {
  const isFirst = createFirsts(lastSeq);
  const finder = stream === 'amendments' ? null : rows;
  const judgeOwn = (bytes: Buffer, line: OwnLine): LineVerdict => {
    if (!belongsTo(stream, bytes, line)) return { kind: 'misplaced', line };
    const seq = finder?.seqOf(line.id) ?? null;
    if (!isFirst(seq, line.id)) return { kind: 'repeated', line };
    const isOutdated = isPrimary && seq !== null && finder?.hasSum(seq, line.sum) === false;
    return { kind: 'good', line, seq, isOutdated };
  };
  return (bytes) => {
    const line = judgeLine(bytes);
    return line.kind === 'own' ? judgeOwn(bytes, line) : line;
  };
}

/** Finds rows in the store itself, where only some files are read. */
export function findInStore(db: ReadableDb, bit: number): RowFinder {
  // Only its search is used; nothing is marked.
  const marks = createRowMarks(db as WritableDb, bit);
  let found: ReturnType<typeof marks.find>;
  return {
    seqOf: (id) => {
      found = marks.find(id);
      return found?.seq ?? null;
    },
    hasSum: (seq, sum) => found?.seq === seq && found.sum === sum,
  };
}

/** One byte a row instead of a name a line. */
function createFirsts(lastSeq: number): (seq: number | null, id: string) => boolean {
  const seen = new Uint8Array(lastSeq + 1);
  const ids = new Set<string>();
  return (seq, id) => {
    if (seq !== null && seq <= lastSeq) {
      if (seen[seq] === 1) return false;
      seen[seq] = 1;
      return true;
    }
    if (ids.has(id)) return false;
    ids.add(id);
    return true;
  };
}

/** The whole records that a line which does not belong holds all the same. */
export function recordsOf(bytes: Buffer, verdict: LineVerdict): readonly OwnLine[] {
  if (verdict.kind === 'misplaced') return isWholeRecord(bytes, verdict.line) ? [verdict.line] : [];
  if (verdict.kind !== 'damaged') return [];
  return rescue(bytes).flatMap((found) =>
    isWholeRecord(found.bytes, found.line) ? [found.line] : [],
  );
}
