/**
 * What the pages draw: schemas and types of the values that main computes and the renderer shows.
 *
 * Units: every `…At` is epoch milliseconds, every `…Ms` a duration in milliseconds, every rate a
 * number from 0 to 1. `null` means "not known or not defined" and is drawn as a dash; `0` means
 * "counted, and there were none".
 */
import * as v from 'valibot';
import { UsageFigures } from './usage-figures.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const at = v.number();
const rate = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

/** How a tool call ended. `expected` is a non-zero exit that means no failure (grep without a match). */
export const Outcome = v.picklist([
  'succeeded',
  'expected',
  'failed',
  'timed_out',
  'denied',
  'rejected',
  'interrupted',
  'unknown',
]);
export type Outcome = v.InferOutput<typeof Outcome>;

/** Which witness an event came from. */
export const Source = v.picklist(['hook', 'spool', 'journal', 'transcript', 'old']);
export type Source = v.InferOutput<typeof Source>;

/** A stretch of the record line; `kind` says how complete that stretch is. */
export const RecordSegment = v.object({
  fromAt: at,
  toAt: at,
  kind: v.picklist(['hook', 'journal', 'transcript', 'missing', 'paused']),
});
export type RecordSegment = v.InferOutput<typeof RecordSegment>;

/** Something that is wrong with the record or its capture, and the step that helps. */
export const Finding = v.object({
  code: v.string(),
  severity: v.picklist(['note', 'attention']),
  title: v.string(),
  detail: v.string(),
  sinceAt: v.nullable(at),
  action: v.nullable(v.picklist(['install', 'refresh', 'open-health'])),
});
export type Finding = v.InferOutput<typeof Finding>;

/** The one line that comes before all figures. */
export const HealthLine = v.object({
  state: v.picklist(['capturing', 'idle', 'attention', 'paused', 'not-installed']),
  lastEventAt: v.nullable(at),
  /** Events that one store holds and the other lacks after the last run; null before the first. */
  drift: v.nullable(count),
  /** When the stores were last read without an error. */
  dataAt: at,
  /** When the bridge last compared the stores; null before the first run. */
  checkedAt: v.nullable(at),
  findings: v.array(Finding),
});
export type HealthLine = v.InferOutput<typeof HealthLine>;

/** One event as a row of a list. */
export const EventRow = v.object({
  id: v.string(),
  at,
  kind: v.picklist(['tool', 'session', 'other']),
  /** Tool name of a call, else the hook's event name. */
  name: v.string(),
  /** Command, path or other target; redacted. */
  detail: v.nullable(v.string()),
  outcome: v.nullable(Outcome),
  /** Short reason of a failure. */
  error: v.nullable(v.string()),
  /** Last part of the project's folder. */
  project: v.nullable(v.string()),
  sessionId: v.nullable(v.string()),
  agentType: v.nullable(v.string()),
  durationMs: v.nullable(v.number()),
  source: Source,
});
export type EventRow = v.InferOutput<typeof EventRow>;

/** A session that has begun and of which no end was told; `ended` says that its end is inferred. */
export const LiveSession = v.object({
  sessionId: v.string(),
  project: v.nullable(v.string()),
  state: v.picklist(['running', 'waiting', 'idle', 'ended']),
  /** When that state began. */
  sinceAt: at,
  /** Name of the last finished tool, or what is waited for. */
  what: v.nullable(v.string()),
  detail: v.nullable(v.string()),
});
export type LiveSession = v.InferOutput<typeof LiveSession>;

const series = v.array(v.nullable(v.number()));

/** The glance under the tray icon: today, in the chosen time zone. */
export const GlanceView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  today: v.object({
    /** Axis shared by all small charts: buckets of `stepMs` from `fromAt`; the last one holds `now`. */
    fromAt: at,
    stepMs: v.number(),
    buckets: count,
    record: v.object({ segments: v.array(RecordSegment), missing: v.nullable(count) }),
    calls: v.object({ total: count, series }),
    success: v.object({ rate, sample: count, series }),
    errors: v.object({ total: count, series }),
    sessions: v.object({ total: count, series }),
    active: v.object({ totalMs: v.number(), spans: v.array(v.tuple([at, at])) }),
    /** What was used and what it would have cost; null where no usage was ever known. */
    usage: v.nullable(UsageFigures),
  }),
  yesterday: v.nullable(v.object({ calls: count, sessions: count, errors: count })),
  liveSessions: v.array(LiveSession),
  lastErrors: v.array(EventRow),
});
export type GlanceView = v.InferOutput<typeof GlanceView>;

const measure = v.object({ value: v.nullable(v.number()), previous: v.nullable(v.number()) });

/** Days shown by a view; 0 stands for the whole record. */
export const RangeDays = v.picklist([1, 7, 30, 90, 0]);
export type RangeDays = v.InferOutput<typeof RangeDays>;

export const OverviewView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  range: v.object({ days: RangeDays, fromAt: at, toAt: at }),
  record: v.object({
    segments: v.array(RecordSegment),
    /** Calls per bucket of the record line, oldest first. */
    ticks: v.array(count),
    total: count,
    bySource: v.record(Source, count),
    missing: v.nullable(count),
  }),
  kpis: v.object({
    calls: measure,
    success: measure,
    errors: measure,
    sessions: measure,
    activeMs: measure,
  }),
  /** One entry a local day (an hour, when the range is one day), oldest first, gaps filled with zeros. */
  activity: v.object({
    unit: v.picklist(['hour', 'day']),
    points: v.array(v.object({ at, calls: count, errors: count, filledIn: count })),
  }),
  outcomes: v.array(v.object({ outcome: Outcome, count })),
  /** Mean calls per hour: seven rows from Monday, 24 columns; null for an hour outside the range. */
  heat: v.array(v.array(v.nullable(v.number()))),
  tools: v.array(v.object({ tool: v.string(), calls: count, failed: count, successRate: rate })),
  /** How many tools the list above leaves out, and their calls. */
  otherTools: v.object({ tools: count, calls: count, successRate: rate }),
  recent: v.array(EventRow),
});
export type OverviewView = v.InferOutput<typeof OverviewView>;

/** One stream (a store, a JSONL file) in the health view. */
export const StreamHealth = v.object({
  name: v.string(),
  inSqlite: v.nullable(count),
  inJsonl: v.nullable(count),
  healed: count,
  duplicates: count,
  quarantined: count,
});
export type StreamHealth = v.InferOutput<typeof StreamHealth>;

const quantiles = v.nullable(v.object({ p50: v.number(), p95: v.number(), max: v.number() }));

/** What capture itself takes, today. Durations are milliseconds; null where nothing was measured. */
export const CaptureCost = v.object({
  /** How often Claude Code ran the hook. */
  calls: count,
  /** Median of a self-test of the installed launcher, for which Claude Code waits. */
  launcher: v.nullable(v.object({ medianMs: v.number(), measuredAt: at })),
  /** Estimate: that median times the calls. */
  waitedMs: v.nullable(v.number()),
  /** Runs of the drainer, for which nobody waits. */
  runs: count,
  /** Processor time of all runs. */
  cpuMs: v.number(),
  /** From start to end of a run, waiting for more included. */
  wall: quantiles,
  /** Processor time of a run. */
  cpu: quantiles,
  /** From the end of the launcher's work until the stores had the event. */
  stored: quantiles,
  /** Problems that the hook met, by kind, most first. */
  errors: v.array(v.object({ kind: v.string(), count })),
  /** The drainer takes more than it may, and stays longer so that it is started less often. */
  isOverBudget: v.boolean(),
});
export type CaptureCost = v.InferOutput<typeof CaptureCost>;

export const HealthView = v.object({
  now: at,
  health: HealthLine,
  /** The equation that must add up: total = hook + spool + journal + transcript + old. */
  total: count,
  bySource: v.record(Source, count),
  streams: v.array(StreamHealth),
  spool: v.object({ waiting: count, oldestAt: v.nullable(at) }),
  quarantine: count,
  hookErrors: v.object({ today: count, last: v.nullable(v.object({ at, message: v.string() })) }),
  cost: CaptureCost,
  hook: v.object({
    installed: v.boolean(),
    version: v.nullable(v.string()),
    runtimes: v.array(
      v.object({ path: v.string(), version: v.nullable(v.string()), usable: v.boolean() }),
    ),
  }),
  /** Transcripts that Claude Code will delete, by local day; what is overdue counts for the first. */
  purge: v.object({
    /** So many days it keeps one that is not written any more. */
    keptDays: v.number(),
    days: v.array(v.object({ at, files: count, bytes: count, notStored: count })),
  }),
  places: v.array(v.object({ name: v.string(), path: v.string(), bytes: v.nullable(count) })),
});
export type HealthView = v.InferOutput<typeof HealthView>;

/** What install would change, before anything is written. */
export const InstallPlanView = v.object({
  settingsPath: v.string(),
  alreadyInstalled: v.boolean(),
  /** Set when the file is one that must not be edited; nothing can be installed then. */
  refusal: v.nullable(v.string()),
  /** Unified diff of settings.json. */
  diff: v.string(),
  files: v.array(v.object({ path: v.string(), what: v.string() })),
});
export type InstallPlanView = v.InferOutput<typeof InstallPlanView>;

/** What one refresh did. */
export const RefreshReport = v.object({
  ok: v.boolean(),
  drained: count,
  healedToSqlite: count,
  healedToJsonl: count,
  duplicates: count,
  quarantined: count,
  /** Events that lack a line somewhere; null where a store could not be asked. */
  drift: v.nullable(count),
  statsWritten: v.array(v.string()),
  unreachable: v.array(v.object({ store: v.string(), reason: v.string() })),
  durationMs: v.number(),
});
export type RefreshReport = v.InferOutput<typeof RefreshReport>;

const auditSums = {
  /** Calls that the transcripts tell of and that are to be recorded. */
  seen: count,
  /** Those among them that the store has. */
  stored: count,
  missing: count,
  /** Calls in the store that no transcript tells of, or that stand there twice. */
  extra: count,
  /** Too fresh to be judged: transcripts lag behind hooks, and hooks behind tools. */
  pending: count,
  /** Not to be recorded: capture was paused then, or somebody took them back. */
  leftOut: count,
  /** Stored calls that the transcript alone told of. */
  byTranscript: count,
};

/**
 * The calls that transcripts tell of against those in the store, over sessions whose transcript is
 * whole; of the others there is no witness.
 */
export const AuditReport = v.object({
  auditedAt: at,
  total: v.object(auditSums),
  sessions: v.array(
    v.object({
      sessionId: v.string(),
      project: v.nullable(v.string()),
      fromAt: v.nullable(at),
      toAt: v.nullable(at),
      /** `no-hooks`: whole, but no hook told of any of its calls. */
      state: v.picklist(['complete', 'incomplete', 'pending', 'no-hooks']),
      ...auditSums,
    }),
  ),
  projects: v.array(v.object({ project: v.nullable(v.string()), ...auditSums })),
  /** Days in the chosen zone, oldest first. */
  days: v.array(v.object({ day: v.string(), ...auditSums })),
  gaps: v.array(
    v.object({
      id: v.string(),
      tool: v.string(),
      sessionId: v.nullable(v.string()),
      project: v.nullable(v.string()),
      at,
      why: v.picklist(['lost', 'unanswered', 'not-kept', 'before-install', 'no-hooks', 'not-told']),
      /** True when the next backfill brings it. */
      canHeal: v.boolean(),
    }),
  ),
  extras: v.array(
    v.object({
      id: v.string(),
      tool: v.string(),
      sessionId: v.string(),
      at,
      why: v.picklist(['duplicate', 'old-record', 'not-in-transcript']),
    }),
  ),
  noWitness: v.object({
    calls: count,
    sessions: v.array(
      v.object({
        sessionId: v.string(),
        calls: count,
        why: v.picklist([
          'no-transcript',
          'transcript-gone',
          'damaged',
          'unfinished',
          'agent-gone',
        ]),
      }),
    ),
  }),
});
export type AuditReport = v.InferOutput<typeof AuditReport>;
