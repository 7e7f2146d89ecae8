import { describe, expect, it } from 'vitest';
import { callPayload, captureText, eventOf } from '../../test/support/capture-text.ts';
import { changedPayload, HOOK_FIXTURES, hookPayload } from '../../test/support/claude-fixtures.ts';
import { plantedSecret } from '../../test/support/planted-secrets.ts';
import { jsonBytes } from '../base/json.ts';
import { MAX_CONTENT_BYTES } from '../base/limits.ts';
import { STREAMS } from '../journal/streams.ts';
import { hasRightSum, lineOf } from '../journal/sum.ts';
import { oldTableRow } from './projection.ts';

const { text: token } = plantedSecret('GitHub personal token', 1);
const full = (text: string) => eventOf(text, { privacy: 'full' }).content;
const redacted = (text: string) => eventOf(text, { privacy: 'redacted' }).content;

/** Members of payloads that say what an event was, and not what it was about. */
const KEPT_AT_METADATA =
  /^(?:session_id|cwd|prompt_id|permission_mode|hook_event_name|agent_id|agent_type|tool_name|tool_use_id|model|source|reason|notification_type|error|trigger|expansion_type|command_name|command_source|file_path|old_cwd|new_cwd|event|memory_type|load_reason|task_id|from_model|to_model|mcp_server_name|action)$/;
/** Members of a tool's input of which a part is kept. */
const KEPT_OF_INPUT = /^(?:file_path|notebook_path|command)$/;

/** The payload with a mark in every text that metadata leave out. */
function marked(payload: Record<string, unknown>): { text: string; marks: number } {
  let marks = 0;
  const mark = (value: unknown): unknown => {
    if (typeof value === 'string') return `${value}\nMARK${++marks}END`;
    if (Array.isArray(value)) return value.map(mark);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mark(member)]));
  };
  const inputOf = (input: Record<string, unknown>): unknown =>
    Object.fromEntries(
      Object.entries(input ?? {}).map(([name, member]) => [
        name,
        KEPT_OF_INPUT.test(name) ? member : mark(member),
      ]),
    );
  const callOf = (call: Record<string, unknown>): unknown => ({
    ...call,
    tool_input: inputOf(call.tool_input as Record<string, unknown>),
    tool_response: mark(call.tool_response),
  });
  const members = Object.entries(payload).map(([name, member]) => {
    if (name === 'tool_input') return [name, inputOf(member as Record<string, unknown>)];
    if (name === 'tool_calls') return [name, (member as Record<string, unknown>[]).map(callOf)];
    return [name, KEPT_AT_METADATA.test(name) ? member : mark(member)];
  });
  const extra = { later: `MARK${++marks}END`, nested: { deep: [`MARK${++marks}END`] } };
  return { text: JSON.stringify({ ...Object.fromEntries(members), ...extra }), marks };
}

describe('content at the level metadata', () => {
  it.each(HOOK_FIXTURES)('is nothing, wherever a payload may hold it: %s', (name) => {
    const { text, marks } = marked(JSON.parse(hookPayload(name)));
    expect(marks).toBeGreaterThan(1);
    const { events, running } = captureText(text);
    expect(JSON.stringify([events, running])).not.toContain('MARK');
    expect(events.every(({ content }) => content === null)).toBe(true);
  });

  it('is what the level is where nobody chose one', () => {
    expect(eventOf(hookPayload('UserPromptSubmit')).content).toBeNull();
    expect(eventOf(hookPayload('UserPromptSubmit'), { privacy: 'metadata' }).content).toBeNull();
  });
});

describe('content at the level full', () => {
  it.each([
    ['PostToolUse-Edit', ['tool_input', 'tool_response']],
    ['PostToolUseFailure-Bash-exit3', ['tool_input', 'error']],
    ['UserPromptSubmit', ['prompt']],
    ['Notification-idle_prompt', ['message']],
    ['Stop', ['last_assistant_message']],
    ['SubagentStop', ['last_assistant_message']],
    ['StopFailure-server_error-529', ['last_assistant_message']],
    ['PreCompact-manual', ['custom_instructions']],
    ['PostCompact-manual', ['compact_summary']],
  ])('of %s is %j, as it came', (name, members) => {
    const payload = JSON.parse(hookPayload(name));
    const content = full(hookPayload(name));
    expect(content).toEqual(Object.fromEntries(members.map((member) => [member, payload[member]])));
  });

  it('of each call of a batch is its own', () => {
    const { tool_calls: calls } = JSON.parse(hookPayload('PostToolBatch-four-parallel-calls'));
    const { events } = captureText(hookPayload('PostToolBatch-four-parallel-calls'), {
      privacy: 'full',
    });
    expect(events.map(({ content }) => content)).toEqual(
      calls.map(({ tool_input, tool_response }: Record<string, unknown>) => ({
        tool_input,
        tool_response,
      })),
    );
  });

  it.each(['SessionStart-startup', 'ConfigChange-user_settings', 'MessageDisplay', 'TaskCreated'])(
    'of %s is nothing',
    (name) => {
      expect(full(hookPayload(name))).toBeNull();
    },
  );

  it('keeps what an unknown event says to itself', () => {
    expect(full(JSON.stringify({ hook_event_name: 'toString', prompt: 'x' }))).toBeNull();
  });
});

describe('content at the level redacted', () => {
  it('keeps names and structure, and no secret', () => {
    const content = redacted(
      callPayload({
        tool_input: { command: `curl -H 'Authorization: Bearer ${token}'`, env: { API_KEY: 'k' } },
        tool_response: { stdout: `${token}\n`, list: [1, { password: 'hunter2' }] },
      }),
    );
    expect(content).toEqual({
      tool_input: {
        command: expect.stringMatching(/^curl -H 'Authorization: Bearer \[redacted:\w{8}\]'$/),
        env: { API_KEY: '[redacted]' },
      },
      tool_response: {
        stdout: expect.stringMatching(/^\[redacted:\w{8}\]\n$/),
        list: [1, { password: '[redacted]' }],
      },
    });
  });

  it.each([
    [{ file_path: '/w/.env', content: 'A=alpha\nB="beta"\n' }, ['alpha', 'beta']],
    [{ file_path: '/w/.env.production', old_string: 'A=alpha', new_string: 'A=beta' }, ['alpha']],
    [{ command: 'cat .env' }, ['gamma']],
  ])('takes every value of an environment file for a secret: %j', (tool_input, secrets) => {
    const content = redacted(callPayload({ tool_input, tool_response: { stdout: 'C=gamma\n' } }));
    for (const secret of secrets) expect(JSON.stringify(content)).not.toContain(secret);
  });

  it('leaves a sample of such a file readable', () => {
    const tool_input = { file_path: '/w/.env.example', content: 'A=alpha\n' };
    expect(redacted(callPayload({ tool_input }))?.tool_input).toEqual(tool_input);
  });

  it('shows no part of a secret that the cap cuts through', () => {
    for (let before = MAX_CONTENT_BYTES - 60; before < MAX_CONTENT_BYTES; before += 3) {
      const stdout = `${'word '.repeat(before / 5)}${token} and more, ${'much more '.repeat(9)}`;
      const shown = JSON.stringify(redacted(callPayload({ tool_response: { stdout } })));
      for (let length = 8; length < token.length; length += 4) {
        expect(shown).not.toContain(token.slice(0, length));
      }
    }
  });
});

describe('the cap on content', () => {
  const sizeOf = (value: unknown) => jsonBytes(value) ?? 0;

  it('cuts the longest texts and leaves the short ones', () => {
    const content = full(
      callPayload({
        tool_input: { command: 'ls', content: 'word '.repeat(100_000) },
        tool_response: { originalFile: 'other '.repeat(100_000), note: 'short' },
      }),
    );
    expect(sizeOf(content)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    expect(sizeOf(content)).toBeGreaterThan(MAX_CONTENT_BYTES / 4);
    expect(content).toMatchObject({
      tool_input: { command: 'ls', content: expect.stringMatching(/^word .*…\[\d+ cut\]$/) },
      tool_response: { originalFile: expect.stringMatching(/…\[\d+ cut\]$/), note: 'short' },
    });
  });

  it.each([
    ['characters of several bytes', { text: '€'.repeat(200_000) }],
    ['escapes', { text: '\u0000'.repeat(200_000) }],
    ['many texts', { list: Array.from({ length: 50_000 }, (_, i) => `/a/path/to/file-${i}`) }],
    ['many numbers', { list: Array.from({ length: 200_000 }, (_, i) => i) }],
    [
      'many members',
      Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`name-${i}`, i])),
    ],
    ['long names', { ['n'.repeat(400_000)]: 1 }],
  ])('holds for %s', (_, tool_response) => {
    for (const privacy of ['full', 'redacted'] as const) {
      const { content } = eventOf(callPayload({ tool_response }), { privacy });
      expect(content).toHaveProperty('tool_input');
      expect(sizeOf(content)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    }
  });

  it('is no reason to fail for a value that is nested without end', () => {
    const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
    const text = callPayload({ tool_response: 'deep' }).replace('"deep"', deep);
    for (const privacy of ['full', 'redacted'] as const) {
      expect(sizeOf(eventOf(text, { privacy }).content)).toBeGreaterThan(10);
    }
  });
});

describe('where content stands', () => {
  const events = ['PostToolUse-Write', 'UserPromptSubmit', 'PostToolUseFailure-Bash-exit3'].map(
    (name) => eventOf(changedPayload(name, {}), { privacy: 'full' }),
  );

  it('is the whole record alone: no projection and no row of the old table has it', () => {
    for (const event of events) {
      for (const stream of STREAMS) {
        const record = stream.lineFor(event);
        if (record === null) continue;
        expect(Object.hasOwn(record, 'content')).toBe(stream.isPrimary);
      }
      const { content, ...rest } = event;
      expect(oldTableRow(event)).toEqual(oldTableRow({ ...rest, content: null }));
    }
  });

  it('is under the sum', () => {
    const [event] = events;
    const record = event && STREAMS[0]?.lineFor(event);
    const line = JSON.parse(record ? lineOf(record) : '');
    expect(hasRightSum(line)).toBe(true);
    expect(hasRightSum({ ...line, content: { ...line.content, tool_input: {} } })).toBe(false);
  });
});
