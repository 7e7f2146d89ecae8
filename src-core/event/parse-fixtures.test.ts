import { describe, expect, it } from 'vitest';
import { captureText } from '../../test/support/capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from '../../test/support/claude-fixtures.ts';
import type { CapturedEvent, EventKind, Facts, Outcome } from './event.ts';

/** What a fixture must give: events by their telling fields, or a call that has begun. */
type Expected = readonly Partial<CapturedEvent>[] | { readonly running: readonly unknown[] };

function tool(
  name: string,
  toolUseId: string,
  outcome: Outcome,
  exitCode: number | null = null,
  errorClass: string | null = null,
): Partial<CapturedEvent> {
  const end = { outcome, exitCode, errorClass, facts: null, payloadSum: null };
  return { kind: 'tool', tool: name, toolUseId, id: toolUseId, ...end };
}

/** `natural`: the same id wherever it was spooled; `spool`: an id of its own for each entry. */
type Key = 'natural' | 'spool';

const plain =
  (kind: EventKind) =>
  (key: Key, facts: Facts | null, model: string | null = null): Partial<CapturedEvent> => ({
    kind,
    facts,
    model,
    tool: null,
    toolUseId: null,
    outcome: null,
    exitCode: null,
    errorClass: null,
    id: expect.stringMatching(key === 'natural' ? /^ev_[0-9a-f]{24}$/ : /^ev_/),
    payloadSum: key === 'natural' ? null : expect.stringMatching(/^[0-9a-f]{16}$/),
  });
const session = plain('session');
const other = plain('other');

const running = (name: string, toolUseId: string, detail: string | null): Expected => ({
  running: [name, toolUseId, detail],
});

const EXPECTED: Readonly<Record<string, Expected>> = {
  'ConfigChange-user_settings': [
    other('spool', { source: 'user_settings', file_path: '/Users/dev/.claude/settings.json' }),
  ],
  CwdChanged: [
    other('spool', { old_cwd: '/Users/dev/project', new_cwd: '/Users/dev/project/sub' }),
  ],
  Elicitation: [other('spool', { mcp_server_name: 'demo' })],
  ElicitationResult: [other('spool', { mcp_server_name: 'demo', action: 'cancel' })],
  'FileChanged-add': [other('spool', { file_path: '/Users/dev/project/notes.txt', event: 'add' })],
  'FileChanged-change': [
    other('spool', { file_path: '/Users/dev/project/notes.txt', event: 'change' }),
  ],
  'InstructionsLoaded-session_start': [
    other('spool', {
      file_path: '/Users/dev/project/CLAUDE.md',
      memory_type: 'Project',
      load_reason: 'session_start',
    }),
  ],
  MessageDisplay: [other('spool', null)],
  'Notification-agent_needs_input': [other('spool', { notification_type: 'agent_needs_input' })],
  'Notification-elicitation_response': [
    other('spool', { notification_type: 'elicitation_response' }),
  ],
  'Notification-idle_prompt': [other('spool', { notification_type: 'idle_prompt' })],
  'Notification-permission_prompt': [other('spool', { notification_type: 'permission_prompt' })],
  'PermissionRequest-WebFetch': [other('spool', { tool_name: 'WebFetch' })],
  'PermissionRequest-Write': [other('spool', { tool_name: 'Write' })],
  'PostCompact-manual': [other('spool', { trigger: 'manual' })],
  'PostModelSwitch-command': [
    other('spool', {
      from_model: 'claude-opus-5-5',
      to_model: 'claude-sonnet-5-5',
      source: 'command',
    }),
  ],
  'PostModelSwitch-sdk': [
    other('spool', { from_model: 'claude-opus-5-5', to_model: 'claude-sonnet-5-5', source: 'sdk' }),
  ],
  'PostToolBatch-Bash-exit3': [
    tool('Bash', 'toolu_014700a3d9093f5b7e34fdb1', 'failed', 3, 'exit_code'),
  ],
  'PostToolBatch-Edit-string-not-found': [
    tool('Edit', 'toolu_0129cbcdad0061776fca32cb', 'failed', null, 'string_not_found'),
  ],
  'PostToolBatch-Write': [tool('Write', 'toolu_0127284fc70f963e85ab10b2', 'unknown')],
  'PostToolBatch-four-parallel-calls': [
    tool('Bash', 'toolu_019e4cad7ebea29a718ad378', 'unknown'),
    tool('Bash', 'toolu_01299db4796d6e108116b635', 'unknown'),
    tool('Glob', 'toolu_0189977b071812beb4030094', 'unknown'),
    tool('Grep', 'toolu_01bfdd8459c6c00ca31b2d8a', 'unknown'),
  ],
  'PostToolBatch-permission-denied': [
    tool('Write', 'toolu_01ac440b2122c577f3897d6e', 'denied', null, 'permission_denied'),
  ],
  'PostToolBatch-unknown-tool': [
    tool('NoSuchTool', 'toolu_013bccb2f1f0e66ac5fe804b', 'failed', null, 'tool_not_found'),
  ],
  'PostToolUse-Agent-background': [tool('Agent', 'toolu_01479cf5eec3b1f117bebebb', 'succeeded')],
  'PostToolUse-Agent-foreground': [tool('Agent', 'toolu_01513a44160066ccef46dc24', 'succeeded')],
  'PostToolUse-Bash-background': [tool('Bash', 'toolu_0166c8fa87c1e192ed5ecbb3', 'succeeded')],
  'PostToolUse-Bash-in-subagent': [tool('Bash', 'toolu_019f483038d7634df6dd611c', 'succeeded')],
  'PostToolUse-Bash-nonzero-exit-counted-as-success': [
    tool('Bash', 'toolu_01be2d0a0aa67b2b553dd068', 'expected'),
  ],
  'PostToolUse-Bash': [tool('Bash', 'toolu_014bd0953b8252d53f8c88cf', 'succeeded')],
  'PostToolUse-Edit': [tool('Edit', 'toolu_01a7780ed9cb601bfe0022ca', 'succeeded')],
  'PostToolUse-Glob': [tool('Glob', 'toolu_0189977b071812beb4030094', 'succeeded')],
  'PostToolUse-Grep': [tool('Grep', 'toolu_01bfdd8459c6c00ca31b2d8a', 'succeeded')],
  'PostToolUse-Read-in-subagent': [tool('Read', 'toolu_010bf60389fdecb523d15cfb', 'succeeded')],
  'PostToolUse-Read': [tool('Read', 'toolu_01acb8b40ac9e347d3e4b9bc', 'succeeded')],
  'PostToolUse-TaskCreate': [tool('TaskCreate', 'toolu_01a7a9372939a6614b788e65', 'succeeded')],
  'PostToolUse-TaskUpdate': [tool('TaskUpdate', 'toolu_01338682f3baff0321ea2985', 'succeeded')],
  'PostToolUse-ToolSearch': [tool('ToolSearch', 'toolu_0136d3599b0458fd8eaa0454', 'succeeded')],
  'PostToolUse-Write-update': [tool('Write', 'toolu_01a25e934f93eb2e69d3d791', 'succeeded')],
  'PostToolUse-Write': [tool('Write', 'toolu_0127284fc70f963e85ab10b2', 'succeeded')],
  'PostToolUse-mcp': [tool('mcp__demo__echo', 'toolu_0138c33309e7c330b569d238', 'succeeded')],
  'PostToolUseFailure-Agent-unknown-type': [
    tool('Agent', 'toolu_01dd1122ade3e2dac317dc08', 'failed', null, 'agent_not_found'),
  ],
  'PostToolUseFailure-Bash-exit3': [
    tool('Bash', 'toolu_014700a3d9093f5b7e34fdb1', 'failed', 3, 'exit_code'),
  ],
  'PostToolUseFailure-Bash-timeout': [
    tool('Bash', 'toolu_01dd6996f9f10e80f3b72a27', 'timed_out', 143, 'timeout'),
  ],
  'PostToolUseFailure-Read-missing-file': [
    tool('Read', 'toolu_0134ee9acb65224a0bd4b45e', 'failed', null, 'file_not_found'),
  ],
  'PreCompact-manual': [other('spool', { trigger: 'manual' })],
  'PreModelSwitch-command': [
    other('spool', {
      from_model: 'claude-opus-5-5',
      to_model: 'claude-sonnet-5-5',
      source: 'command',
    }),
  ],
  'PreModelSwitch-sdk': [
    other('spool', { from_model: 'claude-opus-5-5', to_model: 'claude-sonnet-5-5', source: 'sdk' }),
  ],
  'PreToolUse-Agent-background': running('Agent', 'toolu_01479cf5eec3b1f117bebebb', null),
  'PreToolUse-Agent-foreground': running('Agent', 'toolu_01513a44160066ccef46dc24', null),
  'PreToolUse-Bash-background': running(
    'Bash',
    'toolu_0166c8fa87c1e192ed5ecbb3',
    'sleep 1; echo background finished',
  ),
  'PreToolUse-Bash-failing': running(
    'Bash',
    'toolu_014700a3d9093f5b7e34fdb1',
    'echo partial output; echo boom >&2; exit 3',
  ),
  'PreToolUse-Bash-in-subagent': running(
    'Bash',
    'toolu_019f483038d7634df6dd611c',
    'wc -l notes.txt',
  ),
  'PreToolUse-Bash-mode-accept': running('Bash', 'toolu_01c8b8b88f0fd1b0813f5a28', 'echo one-bash'),
  'PreToolUse-Bash-mode-bypass': running('Bash', 'toolu_018e7e97b7921a8049cc7e2c', 'echo one-bash'),
  'PreToolUse-Bash-mode-plan': running('Bash', 'toolu_015461b0df186dd3858249bf', 'echo one-bash'),
  'PreToolUse-Bash': running(
    'Bash',
    'toolu_014bd0953b8252d53f8c88cf',
    'echo hello && echo warn >&2',
  ),
  'PreToolUse-Edit': running(
    'Edit',
    'toolu_01a7780ed9cb601bfe0022ca',
    '/Users/dev/project/notes.txt',
  ),
  'PreToolUse-Glob': running('Glob', 'toolu_0189977b071812beb4030094', null),
  'PreToolUse-Grep': running('Grep', 'toolu_01bfdd8459c6c00ca31b2d8a', null),
  'PreToolUse-Read': running(
    'Read',
    'toolu_01acb8b40ac9e347d3e4b9bc',
    '/Users/dev/project/notes.txt',
  ),
  'PreToolUse-Skill': running('Skill', 'toolu_01bcfa92587ba94b0b67de1a', null),
  'PreToolUse-TaskCreate': running('TaskCreate', 'toolu_01a7a9372939a6614b788e65', null),
  'PreToolUse-TaskUpdate': running('TaskUpdate', 'toolu_01338682f3baff0321ea2985', null),
  'PreToolUse-ToolSearch': running('ToolSearch', 'toolu_0136d3599b0458fd8eaa0454', null),
  'PreToolUse-Write': running(
    'Write',
    'toolu_0127284fc70f963e85ab10b2',
    '/Users/dev/project/notes.txt',
  ),
  'PreToolUse-denied-dontAsk': running('WebFetch', 'toolu_01bb90e1db21c881d3d2cf17', null),
  'PreToolUse-mcp': running('mcp__demo__echo', 'toolu_0138c33309e7c330b569d238', null),
  'PreToolUse-mode-auto-interactive': running('WebFetch', 'toolu_019335ff30f9560426d6ec3b', null),
  'SessionEnd-clear': [session('spool', { reason: 'clear' })],
  'SessionEnd-other': [session('spool', { reason: 'other' })],
  'SessionEnd-prompt_input_exit': [session('spool', { reason: 'prompt_input_exit' })],
  'SessionStart-agent-flag': [session('natural', { source: 'startup', agent_type: 'Explore' })],
  'SessionStart-clear': [session('natural', { source: 'clear' })],
  'SessionStart-compact': [session('spool', { source: 'compact' }, 'claude-opus-5-5')],
  'SessionStart-continue': [
    session('spool', { source: 'resume', seconds_since_last_response: 1, context_tokens: 21909 }),
  ],
  'SessionStart-resume': [
    session('spool', { source: 'resume', seconds_since_last_response: 1, context_tokens: 20565 }),
  ],
  'SessionStart-startup-interactive': [
    session('natural', { source: 'startup' }, 'claude-opus-5-5'),
  ],
  'SessionStart-startup': [session('natural', { source: 'startup' })],
  'Setup-init': [other('spool', { trigger: 'init' })],
  'Setup-maintenance': [other('spool', { trigger: 'maintenance' })],
  'Stop-with-background-task': [other('spool', { stop_hook_active: false, background_tasks: 1 })],
  Stop: [other('spool', { stop_hook_active: false, background_tasks: 0 })],
  'StopFailure-authentication_failed-401': [other('spool', { error: 'authentication_failed' })],
  'StopFailure-invalid_request-refusal': [other('spool', { error: 'invalid_request' })],
  'StopFailure-server_error-529': [other('spool', { error: 'server_error' })],
  'StopFailure-unknown-400': [other('spool', { error: 'unknown' })],
  SubagentStart: [other('natural', null)],
  'SubagentStop-background': [other('natural', { stop_hook_active: false, background_tasks: 1 })],
  'SubagentStop-compaction': [other('natural', { stop_hook_active: false, background_tasks: 0 })],
  SubagentStop: [other('natural', { stop_hook_active: false, background_tasks: 0 })],
  TaskCompleted: [other('spool', { task_id: '1' })],
  TaskCreated: [other('spool', { task_id: '1' })],
  'UserPromptExpansion-slash-command': [
    other('spool', {
      expansion_type: 'slash_command',
      command_name: 'demo-cmd',
      command_source: 'projectSettings',
    }),
  ],
  'UserPromptSubmit-background-bash-notification': [
    other('spool', { prompt_bytes: 369, machine_made: true }),
  ],
  'UserPromptSubmit-slash-command': [other('natural', { prompt_bytes: 19 })],
  'UserPromptSubmit-task-notification': [other('spool', { prompt_bytes: 713, machine_made: true })],
  UserPromptSubmit: [other('natural', { prompt_bytes: 39 })],
};

describe('capture', () => {
  it('is told by this table for every fixture', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(HOOK_FIXTURES);
  });

  it.each(HOOK_FIXTURES)('reads %s', (name) => {
    const expected = EXPECTED[name];
    const told = captureText(hookPayload(name));
    if (expected && 'running' in expected) {
      const call = told.running;
      expect([call?.tool, call?.toolUseId, call?.detail]).toEqual(expected.running);
      expect(told.events).toEqual([]);
      return;
    }
    expect(told.running).toBeNull();
    expect(told.events).toHaveLength(expected?.length ?? 0);
    expect(told.events).toMatchObject(expected ?? []);
  });

  it.each(HOOK_FIXTURES)('gives %s one id wherever it has a key of its own', (name) => {
    const [here, there] = ['100-0.event@1', '200-0.event@2'].map(
      (entry) => captureText(hookPayload(name), { name: entry }).events,
    );
    here?.forEach((event, i) => {
      if (event.payloadSum === null) expect(there?.[i]?.id).toBe(event.id);
      else expect(there?.[i]?.id).not.toBe(event.id);
      expect(there?.[i]?.payloadSum).toBe(event.payloadSum);
    });
  });

  it.each(HOOK_FIXTURES)('keeps the common fields of %s', (name) => {
    const text = hookPayload(name);
    const payload = JSON.parse(text);
    for (const event of captureText(text).events) {
      expect(event).toMatchObject({
        hookEvent: payload.hook_event_name,
        sessionId: payload.session_id,
        cwd: payload.cwd,
        project: '/Users/dev/project',
        promptId: payload.prompt_id ?? null,
        permissionMode: payload.permission_mode ?? null,
        agentId: payload.agent_id || null,
        agentType: payload.agent_type || null,
        durationMs: payload.duration_ms ?? null,
      });
    }
  });

  it('keeps nothing of what was said or written', () => {
    const secrets = ['alpha', 'Check the notes', 'scripted steps', 'The word is not there'];
    for (const name of HOOK_FIXTURES) {
      const { events } = captureText(hookPayload(name));
      for (const secret of secrets) expect(JSON.stringify(events)).not.toContain(secret);
    }
  });
});
