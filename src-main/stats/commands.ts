/** command-stats.json: what was run in a shell, by the program that each command is about. */
import type { Row } from '../../src-core/store/driver.ts';
import { countUp, median, mostFirst, percent } from './figures.ts';
import type { StatsInput } from './frame.ts';
import { type OldJson, roundLikePython } from './old-json.ts';
import { subjectOf } from './shell/subject.ts';

/** One call of a tool that takes a command. */
export interface CommandCall {
  readonly command: string;
  readonly outcome: string | null;
  readonly project: string | null;
  readonly durationMs: number | null;
}

/** What is known of one program after some calls. */
interface ProgramTally {
  calls: number;
  good: number;
  bad: number;
  readonly durationsMs: number[];
  readonly subcommands: Map<string, number>;
  readonly projects: Map<string, number>;
}

/** Programs by name, in the order of their first call. */
export type CommandFold = Map<string, ProgramTally>;

/** How many programs are listed. */
const LISTED = 15;
/** How many subcommands and projects are listed of each. */
const LISTED_OF_EACH = 5;

/** Adds calls, in their order, to what is known; the same whether they come at once or in parts. */
export function foldCommands(fold: CommandFold, calls: Iterable<CommandCall>): CommandFold {
  for (const { command, outcome, project, durationMs } of calls) {
    const { program, subcommand } = subjectOf(command);
    const tally = fold.get(program) ?? newTally();
    fold.set(program, tally);
    tally.calls++;
    if (outcome === 'succeeded' || outcome === 'expected') tally.good++;
    if (outcome === 'failed' || outcome === 'timed_out') tally.bad++;
    if (durationMs !== null) tally.durationsMs.push(durationMs);
    if (subcommand !== null) countUp(tally.subcommands, subcommand);
    if (project !== null) countUp(tally.projects, project);
  }
  return fold;
}

function newTally(): ProgramTally {
  return {
    calls: 0,
    good: 0,
    bad: 0,
    durationsMs: [],
    subcommands: new Map(),
    projects: new Map(),
  };
}

/** The members of command-stats.json that a fold gives. */
export function commandMembers(fold: CommandFold): Record<string, OldJson> {
  const ranked = [...fold].sort(([, a], [, b]) => b.calls - a.calls);
  const listed = ranked.slice(0, LISTED);
  return {
    total_commands: ranked.reduce((sum, [, { calls }]) => sum + calls, 0),
    top_commands: new Map(listed.map(([name, { calls }]) => [name, calls])),
    distinct_programs: ranked.length,
    programs: new Map(listed.map(([name, tally]) => [name, programMembers(tally)])),
  };
}

function programMembers(tally: ProgramTally): OldJson {
  const sample = tally.good + tally.bad;
  const middle = median(tally.durationsMs);
  const top = (counts: ReadonlyMap<string, number>) =>
    new Map(mostFirst(counts).slice(0, LISTED_OF_EACH));
  return {
    calls: tally.calls,
    success_rate: percent(tally.good, sample),
    sample,
    median_ms: middle === null ? null : roundLikePython(middle, 0),
    timed: tally.durationsMs.length,
    subcommands: top(tally.subcommands),
    projects: top(tally.projects),
  };
}

/** command-stats.json: commands by program. */
export function commands({ db }: StatsInput): Record<string, OldJson> {
  const rows = db
    .prepare(
      "SELECT command, outcome, project, duration_ms FROM hookline_event WHERE kind = 'tool' AND command IS NOT NULL ORDER BY seq",
    )
    .iterate() as IterableIterator<Row>;
  return commandMembers(foldCommands(new Map(), callsOf(rows)));
}

function* callsOf(rows: Iterable<Row>): Generator<CommandCall> {
  for (const row of rows) yield callOf(row);
}

function callOf(row: Row): CommandCall {
  return {
    command: String(row.command),
    outcome: row.outcome === null ? null : String(row.outcome),
    project: row.project === null ? null : String(row.project),
    durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
  };
}
