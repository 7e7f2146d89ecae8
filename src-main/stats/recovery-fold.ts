/**
 * What became of errors: a fold over the events of one session in the order of their times.
 *
 * An error opens an *episode* for its aim: what the call wanted (the program and subcommand of a
 * command, else the tool and its file). Further errors with that aim are attempts of the same
 * episode. It is recovered when a call with that aim succeeds, abandoned when the session ends or is
 * silent for half an hour before that.
 */
import { subjectOf } from './shell/subject.ts';

/** Version of what counts as recovered; raised when the same events give other numbers. */
export const RECOVERY_DEFINITION = 1;

/** A session that is silent for longer is over, whether it said so or not. */
export const SILENCE_MS = 30 * 60_000;

/** What the fold needs to know of an event. */
export interface SessionStep {
  /** The event's id, by which its episode is known later. */
  readonly id?: string;
  readonly at: number;
  readonly kind: string;
  readonly hookEvent: string;
  readonly tool: string | null;
  readonly filePath: string | null;
  readonly command: string | null;
  readonly outcome: string | null;
  readonly errorClass: string | null;
}

/** One error and what was tried afterwards. */
export interface Episode {
  /** Id of the event that was the first error, if the fold was told it. */
  readonly id?: string;
  /** Class of the first error. */
  readonly errorClass: string;
  /** When it happened. */
  readonly at: number;
  /** When its end was known; null while it is open. */
  readonly endedAt: number | null;
  readonly ending: 'recovered' | 'abandoned' | 'open';
  /** Calls with the same aim after the first error that succeeded or failed. */
  readonly attempts: number;
  /** Edits of files that succeeded in between, the attempts themselves apart. */
  readonly edits: number;
  /** Commands in between with another aim. */
  readonly otherCommands: number;
}

interface OpenEpisode {
  readonly id?: string;
  readonly errorClass: string;
  readonly at: number;
  readonly isCommand: boolean;
  readonly editsBefore: number;
  readonly commandsBefore: number;
  attempts: number;
  /** Calls with the same aim, also those of which no end is known. */
  calls: number;
}

/** What is known after some events of a session. */
export interface RecoveryFold {
  readonly ended: Episode[];
  /** By aim, in the order of the first errors. */
  readonly open: Map<string, OpenEpisode>;
  lastAt: number | null;
  edits: number;
  commands: number;
}

/** Of a session of which no event is known yet. */
export function newRecoveryFold(): RecoveryFold {
  return { ended: [], open: new Map(), lastAt: null, edits: 0, commands: 0 };
}

/** Adds events, in their order, to what is known; the same whether they come at once or in parts. */
export function foldRecovery(fold: RecoveryFold, steps: Iterable<SessionStep>): RecoveryFold {
  for (const step of steps) {
    if (fold.lastAt !== null && step.at - fold.lastAt > SILENCE_MS) abandonAll(fold, fold.lastAt);
    fold.lastAt = step.at;
    if (step.hookEvent === 'SessionEnd') abandonAll(fold, step.at);
    if (step.kind === 'tool') takeCall(fold, step);
  }
  return fold;
}

/**
 * All episodes of the session by their time, as they stand when the newest event of the whole record
 * happened at `newestAt`: what that leaves in silence is abandoned.
 */
export function episodesOf(fold: RecoveryFold, newestAt: number): Episode[] {
  const isSilent = fold.lastAt !== null && newestAt - fold.lastAt > SILENCE_MS;
  const open = [...fold.open.values()].map((episode) =>
    isSilent
      ? endOf(fold, episode, { ending: 'abandoned', endedAt: fold.lastAt })
      : endOf(fold, episode, { ending: 'open', endedAt: null }),
  );
  return [...fold.ended, ...open].sort((a, b) => a.at - b.at);
}

const EDITORS: ReadonlySet<string> = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);

function takeCall(fold: RecoveryFold, step: SessionStep): void {
  const isGood = step.outcome === 'succeeded' || step.outcome === 'expected';
  const isBad = step.outcome === 'failed' || step.outcome === 'timed_out';
  // Most calls come while nothing is open, and reading a command takes its time.
  if (isBad || fold.open.size > 0) takeAttempt(fold, step, { isGood, isBad });
  if (step.command !== null) fold.commands++;
  if (isGood && step.tool !== null && EDITORS.has(step.tool)) fold.edits++;
}

function takeAttempt(
  fold: RecoveryFold,
  step: SessionStep,
  { isGood, isBad }: { readonly isGood: boolean; readonly isBad: boolean },
): void {
  const aim = aimOf(step);
  const episode = fold.open.get(aim);
  if (episode === undefined) {
    if (isBad) fold.open.set(aim, beginning(fold, step));
    return;
  }
  if (isGood || isBad) episode.attempts++;
  if (isGood) {
    fold.ended.push(endOf(fold, episode, { ending: 'recovered', endedAt: step.at }));
    fold.open.delete(aim);
  }
  episode.calls++;
}

function aimOf({ tool, command, filePath }: SessionStep): string {
  if (command === null) return JSON.stringify([tool, filePath]);
  const { program, subcommand } = subjectOf(command);
  return JSON.stringify([tool, program, subcommand]);
}

function beginning(fold: RecoveryFold, step: SessionStep): OpenEpisode {
  const isCommand = step.command !== null;
  return {
    ...(step.id === undefined ? {} : { id: step.id }),
    errorClass: step.errorClass ?? 'other',
    at: step.at,
    isCommand,
    editsBefore: fold.edits,
    // The failing command itself is counted after this.
    commandsBefore: fold.commands + (isCommand ? 1 : 0),
    attempts: 0,
    calls: 0,
  };
}

function abandonAll(fold: RecoveryFold, at: number): void {
  for (const episode of fold.open.values()) {
    fold.ended.push(endOf(fold, episode, { ending: 'abandoned', endedAt: at }));
  }
  fold.open.clear();
}

function endOf(
  fold: RecoveryFold,
  { id, errorClass, at, attempts, ...episode }: OpenEpisode,
  end: Pick<Episode, 'ending' | 'endedAt'>,
): Episode {
  return {
    ...(id === undefined ? {} : { id }),
    errorClass,
    at,
    ...end,
    attempts,
    edits: fold.edits - episode.editsBefore,
    otherCommands: fold.commands - episode.commandsBefore - (episode.isCommand ? episode.calls : 0),
  };
}
