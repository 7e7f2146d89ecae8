/** A made-up call as the hooks see it: asked for, perhaps waited for, and ended one way or another. */
import type { Json } from '../../src-core/base/json.ts';
import type { Outcome } from '../../src-core/event/event.ts';
import type { CallDraft } from './call.ts';
import { drawEnding, type Telling, tellEnding } from './ending.ts';
import type { Agent, Session, Step } from './session.ts';

/** What is settled about a call beforehand. */
export interface CallOptions {
  readonly agent?: Agent | undefined;
  /** How it ends; drawn by chance if absent. */
  readonly ending?: Outcome;
  /** How much of the call's time has been told already, by what a subagent did in it. */
  readonly toldMs?: number;
}

/** Tools that a careful user is asked about. */
const ASKED: ReadonlySet<string> = new Set(['Bash', 'Write', 'WebFetch']);
/** A dialog that waits this long is also announced as a notification. */
const NOTICE_AFTER_MS = 6000;

/** Tells a call; returns how it ended. */
export function* tellCall(
  session: Session,
  draft: CallDraft,
  { agent, ending = drawEnding(session, draft), toldMs = 0 }: CallOptions = {},
): Generator<Step, Outcome> {
  const { random } = session;
  // The model thinks before it calls.
  let afterMs = Math.round(random.spread(5200, 1.8));
  const isAsked = session.isAsking && ASKED.has(draft.tool) && random.chance(0.08);
  if (ending === 'denied' || (isAsked && agent === undefined)) {
    yield { afterMs, payload: permissionRequest(session, draft) };
    const waitMs = Math.round(random.spread(5200, 2.2));
    const isNoticed = waitMs > NOTICE_AFTER_MS;
    if (isNoticed) yield { afterMs: NOTICE_AFTER_MS, payload: permissionNotice(session) };
    afterMs = isNoticed ? waitMs - NOTICE_AFTER_MS : waitMs;
  }
  const telling = tellEnding(session, draft, ending);
  const tookMs = durationOf(draft, ending);
  yield {
    afterMs: afterMs + tookMs - toldMs,
    payload: endOfCall(session, draft, { telling, tookMs, agent }),
  };
  return ending;
}

/** The dialog that asks the user. */
export function permissionRequest(session: Session, { tool, input }: CallDraft): Json {
  return session.payload('PermissionRequest', { tool_name: tool, tool_input: input });
}

/** The notification that the dialog waits. */
export function permissionNotice(session: Session): Json {
  return session.payload('Notification', {
    message: 'Claude needs your permission',
    notification_type: 'permission_prompt',
  });
}

function durationOf({ durationMs }: CallDraft, ending: Outcome): number {
  if (ending === 'timed_out') return 120_000;
  return ending === 'failed' ? Math.ceil(durationMs * 0.6) : durationMs;
}

interface CallEnd {
  readonly telling: Telling;
  readonly tookMs: number;
  readonly agent: Agent | undefined;
}

function endOfCall(
  session: Session,
  { tool, input }: CallDraft,
  { telling, tookMs, agent }: CallEnd,
): Json {
  const call = {
    tool_name: tool,
    tool_input: input,
    tool_use_id: `toolu_01${session.random.hex(22)}`,
  };
  switch (telling.event) {
    case 'PostToolUse':
      return session.payload(
        'PostToolUse',
        { ...call, tool_response: telling.said, duration_ms: tookMs, ...serverOf(tool) },
        agent,
      );
    case 'PostToolUseFailure':
      return session.payload(
        'PostToolUseFailure',
        {
          ...call,
          error: telling.said,
          is_interrupt: telling.isInterrupt === true,
          duration_ms: tookMs,
        },
        agent,
      );
    case 'PostToolBatch':
      return session.payload(
        'PostToolBatch',
        { tool_calls: [{ ...call, tool_response: telling.said }] },
        agent,
      );
  }
}

function serverOf(tool: string): Json {
  const name = /^mcp__([a-z]+)__/.exec(tool)?.[1];
  return name === undefined ? {} : { mcp_server: { name, source: 'project' } };
}
