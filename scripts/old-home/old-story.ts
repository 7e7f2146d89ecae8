/** The old pipeline at work on a made-up life, and the truth about both. */
import { createRandom } from '../make-history/seeded-random.ts';
import type { OldCall, OldPrompt, OldSession } from './old-call.ts';
import { createOldLife, type OldWork, UNHOOKED } from './old-life.ts';
import { createOldPipeline, type HookAge, type OldPipeline } from './old-pipeline.ts';

/** What really happened, as far as any trace of it is left. */
export interface OldTruth {
  readonly calls: number;
  readonly callsByTool: Readonly<Record<string, number>>;
  /** Starts and ends that the hook noted, and sessions of which a backfill alone knows. */
  readonly sessions: number;
  readonly prompts: number;
  /** Calls so long that what the hook and what the transcript tells cannot be known as one. */
  readonly longCalls: number;
}

/** The story so far. */
export interface OldStory {
  readonly pipeline: OldPipeline;
  /** Work that the hook of that age saw. */
  live(age: HookAge, calls: number): readonly OldWork[];
  /** Work of before the first hook, told by transcripts alone. */
  remember(calls: number): readonly OldWork[];
  /** Calls that the first hook noted and whose transcripts are gone. */
  noteCalls(count: number): void;
  /** As many starts and ends of sessions that nothing else tells of. */
  noteSessions(lines: number): void;
  bulkBackfill(work: readonly OldWork[]): void;
  weeklyBackfill(work: readonly OldWork[]): void;
  /** Exports calls from a copy of the transcripts. */
  fastBridge(calls: readonly OldCall[]): void;
  syncPrompts(prompts: readonly OldPrompt[]): void;
  truth(): OldTruth;
}

/** How many hooked calls a session has. */
export const CALLS_A_SESSION = 110;
const LONG_CALL_EVERY = 3;
const HOOKS_S = Date.UTC(2026, 0, 19, 9) / 1000;
const MEMORY_S = Date.UTC(2025, 10, 20, 9) / 1000;
const ALONE_S = Date.UTC(2026, 0, 2, 9) / 1000;
const SESSIONS_ALONE_S = Date.UTC(2026, 0, 12, 9) / 1000;

/** Starts a story; the same seed always tells the same one. */
export function createOldStory(seed: string): OldStory {
  const random = createRandom(`old home ${seed}`);
  const pipeline = createOldPipeline();
  const life = createOldLife(random, HOOKS_S);
  const memory = createOldLife(random, MEMORY_S);
  const alone = createOldLife(random, ALONE_S);
  const told = createTold();
  let aloneS = SESSIONS_ALONE_S;

  const note = (session: OldSession, which: 'start' | 'end', age: HookAge): void => {
    pipeline.session(session, which, age);
    told.sessionEvent(session);
  };
  const hook = (call: OldCall, age: HookAge, sees: boolean): void => {
    pipeline.hook(call, age, sees);
    told.byHook(call);
  };

  return {
    pipeline,
    live: (age, calls) =>
      splitCalls(calls).map((hookedCalls, i) => {
        const work = life({ hookedCalls, hasLongCall: i % LONG_CALL_EVERY === 0 });
        note(work.session, 'start', age);
        for (const [j, call] of work.calls.filter(({ tool }) => tool !== UNHOOKED).entries()) {
          hook(call, age, j % 7 === 0);
          // Somebody tried another hook beside it.
          if (age === 'dual' && j % 40 === 3) pipeline.postTool(call, j % 80 === 3);
        }
        note(work.session, 'end', age);
        return work;
      }),
    remember: (calls) =>
      splitCalls(calls).map((hookedCalls) => memory({ hookedCalls, hasLongCall: false })),
    noteCalls: (count) => {
      const { calls } = alone({ hookedCalls: count, hasLongCall: false });
      for (const call of calls.filter(({ tool }) => tool !== UNHOOKED)) hook(call, 'echo', false);
    },
    noteSessions: (lines) => {
      for (let i = 0; i < lines; i++) {
        aloneS += 900;
        const session = { ...NOBODY, id: random.uuid(), startedS: aloneS, endedS: aloneS };
        note(session, i % 2 === 0 ? 'start' : 'end', 'echo');
      }
    },
    bulkBackfill: (work) => {
      pipeline.bulkBackfill(work.flatMap(({ calls }) => calls));
      told.byTranscript(work);
    },
    weeklyBackfill: (work) => {
      pipeline.weeklyBackfill(work.flatMap(({ calls }) => calls));
      told.byTranscript(work);
    },
    fastBridge: (calls) => {
      pipeline.fastBridge(calls);
      for (const call of calls) told.inTranscript(call);
    },
    syncPrompts: (prompts) => {
      pipeline.syncPrompts(prompts);
      told.asked(prompts);
    },
    truth: told.truth,
  };
}

const NOBODY = { pwd: '/Users/dev/notes', model: 'sonnet' } as const;

function splitCalls(calls: number): readonly number[] {
  const sessions = Math.ceil(calls / CALLS_A_SESSION);
  return Array.from({ length: sessions }, (_, i) =>
    Math.min(CALLS_A_SESSION, calls - i * CALLS_A_SESSION),
  );
}

/** Keeps account of who told of what. */
function createTold() {
  const hooked = new Set<OldCall>();
  const written = new Set<OldCall>();
  const noted = new Set<OldSession>();
  const summed = new Set<OldSession>();
  const prompts = new Set<OldPrompt>();
  let sessionEvents = 0;
  return {
    byHook: (call: OldCall) => hooked.add(call),
    inTranscript: (call: OldCall) => written.add(call),
    byTranscript: (work: readonly OldWork[]) => {
      for (const { session, calls } of work) {
        summed.add(session);
        for (const call of calls) written.add(call);
      }
    },
    sessionEvent: (session: OldSession) => {
      noted.add(session);
      sessionEvents++;
    },
    asked: (more: readonly OldPrompt[]) => {
      for (const prompt of more) prompts.add(prompt);
    },
    truth: (): OldTruth => {
      const calls = new Set([...hooked, ...written]);
      const callsByTool: Record<string, number> = {};
      for (const { tool } of calls) callsByTool[tool] = (callsByTool[tool] ?? 0) + 1;
      const isLong = (call: OldCall): boolean => call.endedS - call.beganS > 5;
      return {
        calls: calls.size,
        callsByTool,
        sessions: sessionEvents + [...summed].filter((session) => !noted.has(session)).length,
        prompts: prompts.size,
        longCalls: [...calls].filter(
          (call) => isLong(call) && hooked.has(call) && written.has(call),
        ).length,
      };
    },
  };
}
