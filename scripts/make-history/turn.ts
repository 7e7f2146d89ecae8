/** One made-up turn: a prompt, the work that it causes, and the stop. */
import {
  bashCall,
  type CallDraft,
  editCall,
  globCall,
  grepCall,
  readCall,
  searchCall,
  serverCall,
  taskCall,
  webCall,
  writeCall,
} from './call.ts';
import { fill } from './filler.ts';
import { pickFile, pickTestFile } from './project.ts';
import type { Agent, Session, Step } from './session.ts';
import { tellCall } from './tell-call.ts';

/** A failing check is repaired and run again this often at most. */
const MOST_REPAIRS = 3;
const IDLE_NOTICE_MS = 60_000;

/** All that happens in a session from its first prompt on; it never ends by itself. */
export function* turns(session: Session): Generator<Step> {
  for (let isFirst = true; ; isFirst = false) {
    yield* pauseBefore(session, isFirst);
    if (session.random.chance(0.02)) yield* compact(session);
    yield* work(session);
    const isBroken = session.random.chance(0.012);
    yield {
      afterMs: Math.round(session.random.spread(4200, 1.7)),
      payload: isBroken
        ? session.payload('StopFailure', {
            error: session.random.pick(['server_error', 'rate_limit']),
          })
        : session.payload('Stop', { stop_hook_active: false, background_tasks: [] }),
    };
  }
}

/** The user reads and types; a long pause is announced. */
function* pauseBefore(session: Session, isFirst: boolean): Generator<Step> {
  const { random, project } = session;
  let afterMs = Math.round(random.spread(isFirst ? 9000 : 70_000, 2.4));
  if (!isFirst && afterMs > IDLE_NOTICE_MS) {
    yield {
      afterMs: IDLE_NOTICE_MS,
      payload: session.payload('Notification', {
        message: 'Claude is waiting for your input',
        notification_type: 'idle_prompt',
      }),
    };
    afterMs -= IDLE_NOTICE_MS;
  }
  session.nextPrompt();
  const prompt = isFirst ? random.pick(project.prompts) : fill(random, 140);
  yield { afterMs, payload: session.payload('UserPromptSubmit', { prompt }) };
}

function* compact(session: Session): Generator<Step> {
  const trigger = { trigger: 'auto' };
  yield { afterMs: 400, payload: session.payload('PreCompact', trigger) };
  yield {
    afterMs: 21_000,
    payload: session.payload('SessionStart', { source: 'compact', model: session.model }),
  };
  yield { afterMs: 60, payload: session.payload('PostCompact', trigger) };
}

function* work(session: Session): Generator<Step> {
  const { random, project } = session;
  if (random.chance(0.12)) yield* tellCall(session, taskCall(session, false));
  yield* explore(session);
  if (random.chance(0.13)) yield* delegate(session);
  if (random.chance(0.09)) yield* tellCall(session, webCall(session));
  const [server] = project.serverTools;
  if (server !== undefined && random.chance(0.16)) {
    const tool = random.pick(project.serverTools);
    for (let i = random.integer(1, 4); i > 0; i--)
      yield* tellCall(session, serverCall(session, tool));
  }
  if (random.chance(0.78)) yield* changeAndCheck(session);
  if (random.chance(0.5)) yield* tellCall(session, choreCall(session));
  if (random.chance(0.14)) yield* commit(session);
  if (random.chance(0.1)) yield* tellCall(session, taskCall(session, true));
}

function* explore(session: Session, agent?: Agent): Generator<Step> {
  const { random, project, focus } = session;
  if (random.chance(0.35)) yield* tellCall(session, grepCall(session), { agent });
  for (let i = random.integer(0, 3); i > 0; i--) {
    yield* tellCall(session, searchCall(session), { agent });
  }
  if (random.chance(0.25)) yield* tellCall(session, globCall(session), { agent });
  for (let i = random.integer(1, 3); i > 0; i--) {
    const file = random.chance(0.7) ? random.pick(focus) : pickFile(project, random);
    yield* tellCall(session, readCall(session, file), { agent });
  }
}

/** Changes something, runs a check, and repairs until the check is content. */
function* changeAndCheck(session: Session): Generator<Step> {
  const { random, project, focus } = session;
  const file = random.pick(focus);
  if (random.chance(0.14)) yield* write(session, pickTestFile(project, random));
  for (let i = random.integer(1, 3); i > 0; i--) yield* edit(session, file);
  const check = checkCall(session);
  for (let repairs = 0; ; repairs++) {
    const ending = yield* tellCall(session, check);
    if (ending !== 'failed' || repairs === MOST_REPAIRS || random.chance(0.1)) return;
    if (random.chance(0.5)) yield* tellCall(session, readCall(session, file));
    yield* edit(session, file);
  }
}

/** A change that is refused because the file is not as believed: read it, then change it. */
function* edit(session: Session, file: string): Generator<Step> {
  const ending = yield* tellCall(session, editCall(session, file));
  if (ending !== 'failed') return;
  yield* tellCall(session, readCall(session, file), { ending: 'succeeded' });
  yield* tellCall(session, editCall(session, file), { ending: 'succeeded' });
}

function* write(session: Session, file: string): Generator<Step> {
  const ending = yield* tellCall(session, writeCall(session, file));
  if (ending !== 'failed') return;
  yield* tellCall(session, readCall(session, file), { ending: 'succeeded' });
  yield* tellCall(session, writeCall(session, file), { ending: 'succeeded' });
}

function* delegate(session: Session): Generator<Step> {
  const { random } = session;
  const agent: Agent = {
    id: `a${random.hex(16)}`,
    type: random.pick(['Explore', 'Explore', 'general-purpose', 'Plan']),
  };
  if (random.chance(0.02)) {
    const type = 'code-reviewer';
    yield* tellCall(session, agentCall(session, { ...agent, type }), { ending: 'failed' });
  }
  yield { afterMs: 3100, payload: session.payload('SubagentStart', {}, agent) };
  let tookMs = 0;
  for (let i = random.integer(1, 4); i > 0; i--) {
    for (const step of explore(session, agent)) {
      tookMs += step.afterMs;
      yield step;
    }
  }
  yield {
    afterMs: 2400,
    payload: session.payload('SubagentStop', { stop_hook_active: false }, agent),
  };
  const draft = { ...agentCall(session, agent), durationMs: tookMs + 2400 };
  yield* tellCall(session, draft, { ending: 'succeeded', toldMs: draft.durationMs });
}

function agentCall({ random, project }: Session, { id, type }: Agent): CallDraft {
  const prompt = `Find every use of ${random.pick(project.things)} and say what depends on it.`;
  return {
    tool: 'Agent',
    input: { description: 'Find the uses', prompt, subagent_type: type },
    response: { status: 'completed', agentId: id, agentType: type, content: fill(random, 800) },
    durationMs: 7,
  };
}

function* commit(session: Session): Generator<Step> {
  const { random, project } = session;
  const command = `git commit -am "Fix ${random.pick(project.things)}"`;
  yield* tellCall(session, bashCall(session, { command: 'git add -A', medianMs: 30 }));
  yield* tellCall(session, bashCall(session, { command, medianMs: 650 }));
  if (random.chance(0.4)) {
    yield* tellCall(session, bashCall(session, { command: 'git push', medianMs: 1800 }));
  }
}

function checkCall(session: Session): CallDraft {
  const { command, medianMs } = session.random.pick(session.project.checks);
  const file = pickTestFile(session.project, session.random);
  const draft = bashCall(session, { command: command.replace('{file}', file), medianMs });
  return { ...draft, nature: 'check' };
}

function choreCall(session: Session): CallDraft {
  return bashCall(session, session.random.pick(session.project.chores));
}
