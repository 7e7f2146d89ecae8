/** What one quarter of an hour adds up to: a fold over its events in their order. */
import type { Row } from '../../../src-core/store/driver.ts';
import { classOf, FAILED_EVENT_COLUMNS, failedEventOf } from '../errors/class-of.ts';
import { API } from '../errors/own-errors.ts';
import { type Subject, subjectOf } from '../shell/subject.ts';
import { addDuration, type Histogram, microseconds, writeHistogram } from './durations.ts';
import { quarterRow, type Surroundings } from './quarter-row.ts';
import type { Columns } from './rows.ts';

/** Columns of an event that the fold reads. */
export const QUARTER_COLUMNS =
  'seq, at_ms, kind, hook_event, source, via, tool, command, project, model, outcome, duration_ms';
/** Columns of an event that is an error. */
export const ERROR_COLUMNS = `at_ms, tool, project, ${FAILED_EVENT_COLUMNS}`;

/** What must be known beside the events of the quarter. */
export interface QuarterInput extends Surroundings {
  /** Its errors, in the order of their times, with the columns that their class follows from. */
  readonly errors: readonly Row[];
}

/** The rows of a quarter, by table. */
export interface QuarterRows {
  /** Null for a quarter without events. */
  readonly quarter: Columns | null;
  readonly calls: readonly Columns[];
  readonly commands: readonly Columns[];
  readonly errors: readonly Columns[];
}

interface CallTally {
  readonly key: Columns;
  calls: number;
  firstSeq: number;
  timed: number;
  totalUs: number;
  maxUs: number;
}

interface CommandTally {
  readonly key: Columns;
  calls: number;
  firstSeq: number;
  readonly durations: Histogram;
}

interface ErrorTally {
  readonly key: Columns;
  errors: number;
  firstAt: number;
  lastAt: number;
}

/** Sums of one quarter over its events, given in the order of their times. */
export function foldQuarter(events: readonly Row[], around: QuarterInput): QuarterRows {
  const calls = new Map<string, CallTally>();
  const commands = new Map<string, CommandTally>();
  const errors = new Map<string, ErrorTally>();
  for (const event of events) {
    if (event.kind !== 'tool') continue;
    takeCall(calls, event);
    if (event.command !== null) takeCommand(commands, event);
  }
  for (const event of around.errors) takeError(errors, event);
  return {
    quarter: events.length === 0 ? null : quarterRow(events, around),
    calls: [...calls.values()].map(({ key, calls: count, firstSeq, timed, totalUs, maxUs }) => ({
      ...key,
      calls: count,
      first_seq: firstSeq,
      timed,
      total_us: totalUs,
      max_us: maxUs,
    })),
    commands: [...commands.values()].map(({ key, calls: count, firstSeq, durations }) => ({
      ...key,
      calls: count,
      first_seq: firstSeq,
      durations: writeHistogram(durations),
    })),
    errors: [...errors.values()].map(({ key, errors: count, firstAt, lastAt }) => ({
      ...key,
      errors: count,
      first_at_ms: firstAt,
      last_at_ms: lastAt,
    })),
  };
}

/** Text of a column; `none` where it is empty. */
function text(value: Row[string] | undefined, none = ''): string {
  return value === null || value === undefined ? none : String(value);
}

function takeCall(tallies: Map<string, CallTally>, event: Row): void {
  const key = {
    tool: text(event.tool, 'unknown'),
    project: text(event.project),
    model: text(event.model, 'unknown'),
    outcome: text(event.outcome, 'unknown'),
    source: text(event.source),
  };
  const name = `${key.tool}\0${key.project}\0${key.model}\0${key.outcome}\0${key.source}`;
  let tally = tallies.get(name);
  if (tally === undefined) {
    tally = { key, calls: 0, firstSeq: Number(event.seq), timed: 0, totalUs: 0, maxUs: 0 };
    tallies.set(name, tally);
  }
  tally.calls++;
  tally.firstSeq = Math.min(tally.firstSeq, Number(event.seq));
  if (event.duration_ms === null) return;
  const us = microseconds(Number(event.duration_ms));
  tally.timed++;
  tally.totalUs += us;
  tally.maxUs = Math.max(tally.maxUs, us);
}

function takeCommand(tallies: Map<string, CommandTally>, event: Row): void {
  const { program, subcommand } = subjectCached(String(event.command));
  const key = {
    program,
    subcommand: subcommand ?? '',
    project: text(event.project),
    outcome: text(event.outcome, 'unknown'),
  };
  const name = `${program}\0${key.subcommand}\0${key.project}\0${key.outcome}`;
  let tally = tallies.get(name);
  if (tally === undefined) {
    tally = { key, calls: 0, firstSeq: Number(event.seq), durations: new Map() };
    tallies.set(name, tally);
  }
  tally.calls++;
  tally.firstSeq = Math.min(tally.firstSeq, Number(event.seq));
  if (event.duration_ms !== null) addDuration(tally.durations, Number(event.duration_ms));
}

/** People repeat themselves; reading a command takes longer than finding it here. */
const SUBJECTS_KEPT = 20_000;
const subjects = new Map<string, Subject>();

function subjectCached(command: string): Subject {
  const known = subjects.get(command);
  if (known !== undefined) return known;
  const subject = subjectOf(command);
  if (subjects.size >= SUBJECTS_KEPT) subjects.clear();
  subjects.set(command, subject);
  return subject;
}

function takeError(tallies: Map<string, ErrorTally>, event: Row): void {
  const key = {
    error_class: classOf(failedEventOf(event)),
    tool: event.hook_event === 'StopFailure' ? API : text(event.tool),
    project: text(event.project),
  };
  const name = `${key.error_class}\0${key.tool}\0${key.project}`;
  const at = Number(event.at_ms);
  const tally = tallies.get(name) ?? { key, errors: 0, firstAt: at, lastAt: at };
  tallies.set(name, tally);
  tally.errors++;
  tally.lastAt = at;
}
