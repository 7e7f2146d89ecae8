/** What the repair of the record says: findings, plan, report. Data alone, for window and command line. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const at = v.number();

/** What a repair can do, each of which can be left out. */
export const repairParts = [
  'permissions',
  'database',
  'rows',
  'lines',
  'duplicates',
  'amended',
  'drift',
  'statistics',
  'transcripts',
] as const;
export const RepairPart = v.picklist(repairParts);
export type RepairPart = v.InferOutput<typeof RepairPart>;

/** One place where something was found: a file with a line or a byte, or a row. */
export const Evidence = v.object({
  where: v.string(),
  /** What stands there, or what is wrong with it; redacted and short. */
  what: v.string(),
});
export type Evidence = v.InferOutput<typeof Evidence>;

/** Something that is not as it should be. */
export const RepairFinding = v.object({
  code: v.string(),
  /** `damage` can cost events, `attention` makes numbers wrong or stops something, `note` is to be known. */
  severity: v.picklist(['damage', 'attention', 'note']),
  /** A plain sentence. */
  sentence: v.string(),
  /** How many lines, rows, events or files. */
  count,
  /** The first of them. */
  evidence: v.array(Evidence),
  /** The part of a repair that mends it; null where none can. */
  part: v.nullable(RepairPart),
  /** What a person can do where no repair helps. */
  advice: v.nullable(v.string()),
});
export type RepairFinding = v.InferOutput<typeof RepairFinding>;

/** What a look at the record gave. */
export const RepairDiagnosis = v.object({
  takenAt: at,
  /** False where only what is quick to ask was asked. */
  isFull: v.boolean(),
  findings: v.array(RepairFinding),
  /** What was looked at, so that "nothing found" says something. */
  looked: v.object({ rows: count, lines: count, bytes: count }),
  /** Good lines that amendments have made old; `amended` brings them up to date on request. */
  outdatedLines: count,
  durationMs: v.number(),
});
export type RepairDiagnosis = v.InferOutput<typeof RepairDiagnosis>;

/** What a repair would do. */
export const RepairPlan = v.object({
  parts: v.array(
    v.object({
      part: RepairPart,
      /** A plain sentence with its counts. */
      sentence: v.string(),
      count,
      samples: v.array(Evidence),
      /** False for what is done only when it is asked for. */
      isChosen: v.boolean(),
    }),
  ),
  /** All of it in one sentence. */
  summary: v.string(),
});
export type RepairPlan = v.InferOutput<typeof RepairPlan>;

/** How far a repair is. */
export const RepairProgress = v.object({
  step: v.string(),
  done: count,
  of: count,
});
export type RepairProgress = v.InferOutput<typeof RepairProgress>;

/** What one repair did; kept as a file beside its snapshot. */
export const RepairReport = v.object({
  id: v.string(),
  startedAt: at,
  finishedAt: at,
  state: v.picklist(['done', 'cancelled', 'failed']),
  /** Why it failed; null where it did not. */
  reason: v.nullable(v.string()),
  parts: v.array(RepairPart),
  found: v.array(RepairFinding),
  /** What was done, a sentence each. */
  done: v.array(v.string()),
  /** Events that came back, by the witness that still held them. */
  cameFrom: v.object({
    database: count,
    lines: count,
    rescuedLines: count,
    spool: count,
    transcripts: count,
  }),
  /** Events of which only a trace is left. */
  lost: v.object({
    events: count,
    ids: v.array(v.string()),
    fromAt: v.nullable(at),
    toAt: v.nullable(at),
    sentence: v.nullable(v.string()),
  }),
  /** A fresh look after the repair. */
  left: v.array(RepairFinding),
  /** True where that look found nothing more that a repair could mend. */
  isProven: v.boolean(),
  snapshotPath: v.string(),
});
export type RepairReport = v.InferOutput<typeof RepairReport>;

/** A repair that was made, for the list of those that can be undone. */
export const RepairEntry = v.object({
  id: v.string(),
  startedAt: at,
  state: v.picklist(['running', 'done', 'cancelled', 'failed', 'undone']),
  summary: v.string(),
  canUndo: v.boolean(),
});
export type RepairEntry = v.InferOutput<typeof RepairEntry>;

/** What taking a repair back did. */
export const RepairUndo = v.object({
  ids: v.array(v.string()),
  /** What came back, and what stays, a sentence each. */
  done: v.array(v.string()),
});
export type RepairUndo = v.InferOutput<typeof RepairUndo>;
