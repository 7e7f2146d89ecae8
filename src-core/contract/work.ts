/**
 * What the pages about the work itself ask for and draw: the shared filter, the live stream, ranked
 * tools, errors and commands, and sessions. Units as in `views.ts`.
 */
import * as v from 'valibot';
import { EventRow, HealthLine, Outcome, RangeDays, RecordSegment, Source } from './views.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const at = v.number();
const name = v.pipe(v.string(), v.maxLength(1000));
const rate = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const figure = v.nullable(v.number());

/** A stretch of time: from (included) to (left out). */
export const TimeSpan = v.pipe(
  v.strictObject({ fromAt: at, toAt: at }),
  v.check(({ fromAt, toAt }) => fromAt < toAt, 'a stretch that ends after it begins'),
);
export type TimeSpan = v.InferOutput<typeof TimeSpan>;

/** What all pages of the dashboard look at; null and an empty text leave nothing out. */
export const ViewFilter = v.strictObject({
  days: RangeDays,
  /** A stretch of the user's own; it counts instead of `days`. */
  custom: v.nullable(TimeSpan),
  /** Folder of a project. */
  project: v.nullable(name),
  model: v.nullable(name),
  source: v.nullable(Source),
  /** Part of a tool's name, command, path, error or project, in any case. */
  search: v.pipe(v.string(), v.maxLength(200)),
});
export type ViewFilter = v.InferOutput<typeof ViewFilter>;

/** The events behind a number: all conditions hold at once. */
export const EventPick = v.strictObject({
  sessionId: v.optional(name),
  tool: v.optional(name),
  /** Class of an error, by the rules of the statistics. */
  errorClass: v.optional(name),
  /** Program that a command is about. */
  program: v.optional(name),
  outcome: v.optional(Outcome),
  /** A stretch within the filter's own. */
  span: v.optional(TimeSpan),
});
export type EventPick = v.InferOutput<typeof EventPick>;

/** Which events a list is about. */
export const EventScope = v.strictObject({ filter: ViewFilter, pick: EventPick });
export type EventScope = v.InferOutput<typeof EventScope>;

/** Names that the filter can be set to, as the record has them. */
export const FilterChoices = v.object({
  projects: v.array(v.object({ folder: v.string(), name: v.string(), calls: count })),
  models: v.array(v.string()),
});
export type FilterChoices = v.InferOutput<typeof FilterChoices>;

/** A call that has begun, or a session that waits; durations count from `at`. */
export const InFlight = v.object({
  key: v.string(),
  state: v.picklist(['running', 'waiting']),
  at,
  what: v.nullable(v.string()),
  detail: v.nullable(v.string()),
  project: v.nullable(v.string()),
  sessionId: v.string(),
});
export type InFlight = v.InferOutput<typeof InFlight>;

/** The last minutes, event by event. */
export const LiveView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  pulse: v.object({
    fromAt: at,
    toAt: at,
    segments: v.array(RecordSegment),
    /** Events per step of equal length. */
    ticks: v.array(count),
    /** Events of the last minute. */
    lastMinute: count,
    sessions: count,
  }),
  /** Newest first. */
  events: v.array(EventRow),
  inFlight: v.array(InFlight),
});
export type LiveView = v.InferOutput<typeof LiveView>;

/** What is ranked: tools, classes of errors, or programs that commands are about. */
export const RankedBy = v.picklist(['tool', 'error', 'program']);
export type RankedBy = v.InferOutput<typeof RankedBy>;

/** A figure of a ranked view and what it was in the period before; null is not known. */
export const RankFigure = v.object({
  name: v.picklist([
    'calls',
    'errors',
    'success',
    'errorRate',
    'recovered',
    'timeToRecover',
    'abandoned',
    'medianMs',
    'names',
  ]),
  value: figure,
  previous: figure,
});
export type RankFigure = v.InferOutput<typeof RankFigure>;

/** One tool, class or program. Of a class, `calls` are its errors. */
export const RankRow = v.object({
  name: v.string(),
  calls: count,
  errors: count,
  success: rate,
  /** Share of the errors with a known end that were recovered from. */
  recovered: rate,
  /** Of the calls; of a class, until it was recovered from. */
  medianMs: figure,
  p95Ms: figure,
  /** Calls per step of the range. */
  series: v.array(count),
});
export type RankRow = v.InferOutput<typeof RankRow>;

/** How an error ended, and when that was known. */
export const Fate = v.object({
  ending: v.picklist(['recovered', 'abandoned', 'open']),
  endedAt: v.nullable(at),
});
export type Fate = v.InferOutput<typeof Fate>;

/** What is behind one row. */
export const RankDetail = v.object({
  name: v.string(),
  lists: v.array(
    v.object({
      about: v.picklist(['outcomes', 'commands', 'subcommands', 'projects', 'classes', 'next']),
      rows: v.array(v.object({ name: v.string(), count, rate })),
      /** What the list leaves out. */
      others: v.object({ names: count, count }),
    }),
  ),
  /** The newest events of the row; of tools and programs those that failed. */
  latest: v.array(v.object({ event: EventRow, fate: v.nullable(Fate) })),
  /** How many there are in all. */
  total: count,
});
export type RankDetail = v.InferOutput<typeof RankDetail>;

/** Tools, classes of errors or programs over a range, most first. */
export const RanksView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  by: RankedBy,
  range: TimeSpan,
  figures: v.array(RankFigure),
  rows: v.array(RankRow),
  others: v.object({ names: count, calls: count, errors: count }),
  /** Null where there is no row. */
  detail: v.nullable(RankDetail),
  /** Calls of the range by the witness they came from. */
  bySource: v.record(Source, count),
});
export type RanksView = v.InferOutput<typeof RanksView>;

/** A session as a row of a list; times and counts are of its whole life. */
export const SessionRow = v.object({
  sessionId: v.string(),
  project: v.nullable(v.string()),
  model: v.nullable(v.string()),
  fromAt: at,
  toAt: at,
  /** How its end is known; null while nothing tells that it ended. */
  end: v.nullable(v.picklist(['told', 'inferred'])),
  prompts: count,
  calls: count,
  errors: count,
  agents: count,
  /** Time in which something happened. */
  activeMs: v.number(),
});
export type SessionRow = v.InferOutput<typeof SessionRow>;

/** Sessions that did something in the range, newest first. */
export const SessionsView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  range: TimeSpan,
  sessions: v.array(SessionRow),
  /** How many there are in all. */
  total: count,
});
export type SessionsView = v.InferOutput<typeof SessionsView>;

/** Kinds of work, each a lane of a timeline. */
export const WorkKind = v.picklist(['read', 'edit', 'run', 'web', 'agent', 'other']);
export type WorkKind = v.InferOutput<typeof WorkKind>;

/** Calls of one kind that follow each other so closely that a timeline draws them as one. */
export const LaneBar = v.object({ fromAt: at, toAt: at, calls: count, errors: count });
export type LaneBar = v.InferOutput<typeof LaneBar>;

/** One session on a time axis. */
export const SessionView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  /** Null where the record has nothing of such a session. */
  session: v.nullable(
    v.object({
      ...SessionRow.entries,
      folder: v.nullable(v.string()),
      waitedMs: v.number(),
      recovered: v.nullable(count),
      segments: v.array(RecordSegment),
      /** From prompt to prompt; the first one may have begun without any. */
      turns: v.array(
        v.object({
          fromAt: at,
          toAt: at,
          prompt: v.nullable(v.string()),
          hasPrompt: v.boolean(),
          calls: count,
          errors: count,
        }),
      ),
      lanes: v.array(v.object({ kind: WorkKind, bars: v.array(LaneBar) })),
      agents: v.array(v.object({ name: v.string(), fromAt: at, toAt: at, isOpen: v.boolean() })),
      waits: v.array(TimeSpan),
      marks: v.array(v.object({ at, outcome: Outcome, fate: v.nullable(Fate) })),
      compactions: v.array(at),
      /** The calls that took longest. */
      slowest: v.array(EventRow),
      toolsMs: v.number(),
    }),
  ),
});
export type SessionView = v.InferOutput<typeof SessionView>;
