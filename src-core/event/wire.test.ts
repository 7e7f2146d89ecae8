import { describe, expect, it } from 'vitest';
import { batchCalls, readWire, type WirePayload } from './wire.ts';

function payloadOf(value: unknown): WirePayload {
  const wire = readWire(JSON.stringify(value));
  if (wire.kind !== 'payload') throw new Error(wire.reason);
  return wire.payload;
}

describe('readWire', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['{"hook_event_name":"Stop"', 'not JSON'],
    ['\0\0', 'not JSON'],
    ['null', 'not a JSON object'],
    ['[]', 'not a JSON object'],
    ['"Stop"', 'not a JSON object'],
    ['{}', 'no hook_event_name'],
    ['{"hook_event_name":7}', 'no hook_event_name'],
    ['{"hook_event_name":""}', 'no hook_event_name'],
  ])('calls %j malformed: %s', (text, reason) => {
    expect(readWire(text)).toEqual({ kind: 'malformed', reason });
  });

  it('takes fields of another type than expected for absent (D12)', () => {
    const payload = payloadOf({
      hook_event_name: 'PostToolUse',
      session_id: 7,
      cwd: ['/w'],
      tool_input: 'cut JSO',
      tool_use_id: {},
      duration_ms: '12',
    });
    expect(payload).toMatchObject({
      sessionId: null,
      cwd: null,
      toolInput: {},
      toolUseId: null,
      durationMs: null,
    });
  });

  it('keeps unknown fields for whoever knows them', () => {
    expect(payloadOf({ hook_event_name: 'New', later: { a: 1 } }).raw.later).toEqual({ a: 1 });
  });

  it('makes half a character whole, as SQLite would', () => {
    expect(payloadOf({ hook_event_name: 'X', cwd: '/a\ud83d/b' }).cwd).toBe('/a\ufffd/b');
    expect(payloadOf({ hook_event_name: 'X', cwd: '/a\ud83d\ude00' }).cwd).toBe('/a\u{1f600}');
  });

  it('is not led astray by names that every object has', () => {
    const payload = payloadOf({ hook_event_name: 'constructor', ['__proto__']: { cwd: '/x' } });
    expect(payload).toMatchObject({ hookEvent: 'constructor', cwd: null });
  });
});

describe('batchCalls', () => {
  it('leaves out entries that name no call', () => {
    const good = { tool_name: 'Bash', tool_use_id: 'toolu_1', tool_input: { command: 'ls' } };
    const calls = [null, 7, {}, { tool_name: 'Bash' }, { tool_use_id: 'toolu_2' }, good];
    expect(batchCalls(payloadOf({ hook_event_name: 'PostToolBatch', tool_calls: calls }))).toEqual([
      {
        toolName: 'Bash',
        toolUseId: 'toolu_1',
        toolInput: { command: 'ls' },
        toolResponse: undefined,
      },
    ]);
  });

  it.each([undefined, null, {}, 'x'])('has no calls where the list is %j', (tool_calls) => {
    expect(batchCalls(payloadOf({ hook_event_name: 'PostToolBatch', tool_calls }))).toEqual([]);
  });
});
