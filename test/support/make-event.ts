/** Events for tests: everything a test does not speak of has a plain value. */
import type { CapturedEvent, Facts } from '../../src-core/event/event.ts';

/** A Monday noon in UTC, and in the middle of a quarter of an hour nowhere. */
export const NOON = Date.UTC(2026, 0, 26, 12);

let count = 0;

const NOTHING: Omit<CapturedEvent, 'id' | 'kind' | 'hookEvent'> = {
  at: NOON,
  source: 'hook',
  sessionId: '11111111-aaaa-4bbb-8ccc-000000000001',
  toolUseId: null,
  promptId: null,
  tool: null,
  filePath: null,
  command: null,
  project: '/Users/dev/project',
  cwd: '/Users/dev/project',
  agentId: null,
  agentType: null,
  permissionMode: null,
  model: null,
  outcome: null,
  exitCode: null,
  durationMs: null,
  errorClass: null,
  error: null,
  inputBytes: null,
  outputBytes: null,
  facts: null,
  payloadSum: null,
  content: null,
};

/** A call of Bash that succeeded, with an id of its own. */
export function toolCall(members: Partial<CapturedEvent> = {}): CapturedEvent {
  const id = members.id ?? `toolu_${String(++count).padStart(6, '0')}`;
  return {
    ...NOTHING,
    kind: 'tool',
    hookEvent: 'PostToolUse',
    toolUseId: id,
    tool: 'Bash',
    command: 'npm test',
    outcome: 'succeeded',
    durationMs: 12,
    inputBytes: 40,
    outputBytes: 90,
    ...members,
    id,
  };
}

/** A call that failed with exit code 3. */
export function failedCall(members: Partial<CapturedEvent> = {}): CapturedEvent {
  return toolCall({
    hookEvent: 'PostToolUseFailure',
    outcome: 'failed',
    exitCode: 3,
    errorClass: 'exit_code',
    error: 'Exit code 3',
    ...members,
  });
}

/** The start or the end of a session. */
export function sessionEvent(
  hookEvent: 'SessionStart' | 'SessionEnd',
  members: Partial<CapturedEvent> = {},
): CapturedEvent {
  const facts: Facts =
    hookEvent === 'SessionStart' ? { source: 'startup' } : { reason: 'prompt_input_exit' };
  return { ...NOTHING, id: `ev_s${++count}`, kind: 'session', hookEvent, facts, ...members };
}

/** Any other event, told by its name. */
export function otherEvent(hookEvent: string, members: Partial<CapturedEvent> = {}): CapturedEvent {
  return { ...NOTHING, id: `ev_o${++count}`, kind: 'other', hookEvent, ...members };
}
