/** The made-up sessions that are open at the end of a history: one at work, one waiting for its user. */
import { bashCall } from './call.ts';
import { PROJECTS, type Project } from './project.ts';
import { createRandom } from './seeded-random.ts';
import { createSession, type Session, type Step, startOf } from './session.ts';
import { permissionNotice, permissionRequest, tellCall } from './tell-call.ts';
import type { Told } from './tell-session.ts';
import { turns } from './turn.ts';

/** An open session. */
export interface LiveSession {
  /** What it has told until now, in order. */
  readonly told: readonly Told[];
  /** What it goes on to tell; never ends. */
  readonly next: Generator<Step>;
}

/** What decides the open sessions. */
export interface LiveOptions {
  readonly seed: string;
  readonly untilAt: number;
  readonly home: string;
  readonly workFolder: string;
}

const WORKING_EVENTS = 34;
const WAITING_EVENTS = 21;
/** So long ago was the last event of the one at work, and of the one that waits. */
const WORKING_SINCE_MS = 4000;
const WAITING_SINCE_MS = 52_000;
const NOTICE_AFTER_MS = 6000;

/** The open sessions; the same options always give the same ones. */
export function openLiveSessions(options: LiveOptions): readonly LiveSession[] {
  return [openWorking(options), openWaiting(options)];
}

function openWorking(options: LiveOptions): LiveSession {
  const session = liveSession(options, 'working', PROJECTS[0]);
  const steps = turns(session);
  const past = [firstStep(session), ...takeUntilInCall(steps, WORKING_EVENTS)];
  return { told: placeBefore(options.untilAt - WORKING_SINCE_MS, past, session), next: steps };
}

function openWaiting(options: LiveOptions): LiveSession {
  const session = liveSession(options, 'waiting', PROJECTS[1]);
  const steps = turns(session);
  const draft = bashCall(session, { command: 'pnpm install --frozen-lockfile', medianMs: 7400 });
  const past = [
    firstStep(session),
    ...takeUntilInCall(steps, WAITING_EVENTS),
    { afterMs: 4000, payload: permissionRequest(session, draft) },
    { afterMs: NOTICE_AFTER_MS, payload: permissionNotice(session) },
  ];
  return {
    told: placeBefore(options.untilAt - WAITING_SINCE_MS, past, session),
    next: (function* goOn() {
      yield* tellCall(session, draft, { ending: 'succeeded' });
      yield* steps;
    })(),
  };
}

function liveSession(
  { seed, home, workFolder }: LiveOptions,
  name: string,
  project: Project | undefined,
): Session {
  const random = createRandom(`${seed}|live|${name}`);
  return createSession({ random, project: project ?? random.pick(PROJECTS), home, workFolder });
}

function firstStep(session: Session): Step {
  return { afterMs: 0, payload: startOf(session) };
}

/** At least `count` steps, the last of them a call of the session itself and not of a subagent. */
function takeUntilInCall(steps: Generator<Step>, count: number): Step[] {
  const taken: Step[] = [];
  for (;;) {
    const { value } = steps.next();
    taken.push(value as Step);
    const { hook_event_name: name, agent_id: agent } = (value as Step).payload;
    if (taken.length >= count && name === 'PostToolUse' && agent === undefined) return taken;
  }
}

function placeBefore(lastAt: number, steps: readonly Step[], session: Session): Told[] {
  let at = lastAt - steps.reduce((sum, { afterMs }) => sum + afterMs, 0);
  return steps.map(({ afterMs, payload }) => {
    at += afterMs;
    return { at, project: session.folder, payload };
  });
}
