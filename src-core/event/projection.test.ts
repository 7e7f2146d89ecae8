import { describe, expect, it } from 'vitest';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { NOON, otherEvent } from '../../test/support/make-event.ts';
import type { Outcome } from './event.ts';
import {
  activityLine,
  commandLine,
  errorLine,
  oldTableRow,
  toolSuccessLine,
} from './projection.ts';

const bash = eventOf(hookPayload('PostToolUse-Bash'));
const failed = eventOf(hookPayload('PostToolUseFailure-Bash-exit3'));
const timedOut = eventOf(hookPayload('PostToolUseFailure-Bash-timeout'));
const start = eventOf(hookPayload('SessionStart-startup'));
const end = eventOf(hookPayload('SessionEnd-other'));
const prompt = eventOf(hookPayload('UserPromptSubmit'));
const ts = 1_800_000_000;
const pwd = '/Users/dev/project';

/** Old members in their old order, then ours. */
function members(line: object | null): readonly [string, unknown][] {
  return Object.entries(line ?? {});
}

describe('activityLine', () => {
  it('is the old row of a tool call', () => {
    expect(members(activityLine(bash))).toEqual([
      ['ts', ts],
      ['type', 'tool_use'],
      ['tool', 'Bash'],
      ['file_path', ''],
      ['command', 'echo hello && echo warn >&2'],
      ['success', true],
      ['pwd', pwd],
      ['id', bash.id],
    ]);
  });

  it('is the old row of a session, start and end', () => {
    expect(members(activityLine(start))).toEqual([
      ['ts', ts],
      ['type', 'session_start'],
      ['pwd', pwd],
      ['project', 'project'],
      ['id', start.id],
    ]);
    expect(activityLine(end)).toMatchObject({ type: 'session_end' });
  });

  it('is none for other events', () => {
    expect(activityLine(prompt)).toBeNull();
  });
});

describe('toolSuccessLine', () => {
  it('is the old row, with an exit code only where the client told one', () => {
    expect(members(toolSuccessLine(failed))).toEqual([
      ['ts', ts],
      ['tool', 'Bash'],
      ['success', false],
      ['exit_code', 3],
      ['session', '8f02f044'],
      ['outcome', 'failed'],
      ['id', failed.id],
    ]);
    expect(toolSuccessLine(bash)).not.toHaveProperty('exit_code');
  });

  it.each<[Outcome, boolean | null]>([
    ['succeeded', true],
    ['expected', true],
    ['failed', false],
    ['timed_out', false],
    ['denied', null],
    ['rejected', null],
    ['interrupted', null],
    ['unknown', null],
  ])('says of %s: %j', (outcome, success) => {
    expect(toolSuccessLine({ ...bash, outcome })).toMatchObject({ success, outcome });
  });

  it('is none for events that are no tool call', () => {
    expect(toolSuccessLine(start)).toBeNull();
    expect(toolSuccessLine(prompt)).toBeNull();
  });
});

describe('commandLine', () => {
  it('is the old row, with the first word as the command', () => {
    expect(members(commandLine(bash))).toEqual([
      ['ts', ts],
      ['command', 'echo'],
      ['full_command', 'echo hello && echo warn >&2'],
      ['success', true],
      ['session', '8f02f044'],
      ['id', bash.id],
    ]);
  });

  it('survives a blank command (D13)', () => {
    const blank = eventOf(callPayload({ tool_input: { command: ' \t ' } }));
    expect(commandLine(blank)).toMatchObject({ command: '', full_command: ' \t ' });
  });

  it('keeps quotes and back-slashes readable as JSON (D53, D54)', () => {
    const command = 'echo "a\\b" \'c\' \t\u0001';
    const line = JSON.stringify(commandLine(eventOf(callPayload({ tool_input: { command } }))));
    expect(JSON.parse(line).full_command).toBe(command);
  });

  it('is none without a command', () => {
    expect(commandLine(eventOf(hookPayload('PostToolUse-Read')))).toBeNull();
    expect(commandLine(start)).toBeNull();
  });
});

describe('errorLine', () => {
  it('has every member that the old statistics look for (D51)', () => {
    expect(members(errorLine(failed))).toEqual([
      ['ts', ts],
      ['timestamp', '2027-01-15T08:00:00.500Z'],
      ['tool', 'Bash'],
      ['type', 'exit_code'],
      ['category', 'exit_code'],
      ['message', 'Exit code 3'],
      ['severity', 'low'],
      ['context', 'project'],
      ['id', failed.id],
    ]);
    expect(errorLine(timedOut)).toMatchObject({ type: 'timeout', severity: 'medium' });
  });

  it('is a line for a real failure and none for a file whose name says error (D50)', () => {
    const name = { tool_name: 'Read', tool_input: { file_path: '/w/src/errors.ts' } };
    expect(errorLine(eventOf(callPayload(name)))).toBeNull();
    expect(errorLine(failed)).not.toBeNull();
  });

  it('stays valid JSON with back-slashes and tabs in the message (D52)', () => {
    const error = 'C:\\temp\tis "gone"';
    const event = eventOf(callPayload({ hook_event_name: 'PostToolUseFailure', error }));
    expect(JSON.parse(JSON.stringify(errorLine(event))).message).toBe(error);
  });

  it('is a line for an error of the API, with every member', () => {
    const stopped = otherEvent('StopFailure', { id: 'ev_api', facts: { error: 'rate_limit' } });
    expect(errorLine(stopped)).toEqual({
      ts: NOON / 1000,
      timestamp: '2026-01-26T12:00:00.000Z',
      tool: '',
      type: 'rate_limit',
      category: 'rate_limit',
      message: 'API error: rate_limit',
      severity: 'medium',
      context: 'project',
      id: 'ev_api',
    });
    expect(errorLine(otherEvent('Stop'))).toBeNull();
  });

  it.each<Outcome>(['succeeded', 'expected', 'denied', 'rejected', 'interrupted', 'unknown'])(
    'is none for a call that was %s',
    (outcome) => {
      expect(errorLine({ ...failed, outcome })).toBeNull();
    },
  );
});

describe('oldTableRow', () => {
  it('has the old columns alone, and the old members first in its metadata', () => {
    const row = oldTableRow(failed);
    expect(row && { ...row, metadata: members(JSON.parse(row.metadata)) }).toEqual({
      ts,
      tool: 'Bash',
      file_path: null,
      session_pwd: pwd,
      metadata: [
        ['command', failed.command],
        ['success', false],
        ['exit_code', 3],
        ['model', 'unknown'],
        ['hookline_id', failed.id],
      ],
    });
  });

  it('has a row for each session event', () => {
    expect(oldTableRow(start)).toMatchObject({ tool: 'session_start', file_path: null });
    expect(JSON.parse(oldTableRow(end)?.metadata ?? '')).toEqual({
      project: 'project',
      hookline_id: end.id,
    });
  });

  it('has none for other events', () => {
    expect(oldTableRow(prompt)).toBeNull();
  });
});
