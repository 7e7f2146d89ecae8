import { describe, expect, it } from 'vitest';
import { callPayload, captureText, eventOf } from '../../test/support/capture-text.ts';
import { changedPayload, hookPayload } from '../../test/support/claude-fixtures.ts';

const commandOf = (command: string) => eventOf(callPayload({ tool_input: { command } })).command;

describe('capture of a tool call', () => {
  it('takes command, session and outcome from the payload, not from the environment (D10)', () => {
    const text = changedPayload('PostToolUseFailure-Bash-exit3', {
      session_id: '0f6f1b0e-1111-4222-8333-444444444444',
      tool_input: { command: 'npm test' },
    });
    expect(eventOf(text)).toMatchObject({
      sessionId: '0f6f1b0e-1111-4222-8333-444444444444',
      command: 'npm test',
      outcome: 'failed',
      exitCode: 3,
      model: null,
    });
  });

  it('knows the file of a tool that has one', () => {
    expect(eventOf(hookPayload('PostToolUse-Edit')).filePath).toBe('/Users/dev/project/notes.txt');
    const notebook = { tool_name: 'NotebookEdit', tool_input: { notebook_path: '/w/a.ipynb' } };
    expect(eventOf(callPayload(notebook)).filePath).toBe('/w/a.ipynb');
  });

  it('counts the bytes of input and output as JSON', () => {
    const event = eventOf(callPayload({ tool_input: { command: 'é' }, tool_response: '€😀' }));
    expect(event).toMatchObject({ inputBytes: 16, outputBytes: 9 });
    const failure = { hook_event_name: 'PostToolUseFailure', tool_response: undefined };
    expect(eventOf(callPayload({ ...failure, error: 'bad' })).outputBytes).toBe(5);
  });

  it('is kept as another event where nothing tells which call it was', () => {
    for (const members of [{ tool_use_id: undefined }, { tool_name: '' }]) {
      expect(eventOf(callPayload(members))).toMatchObject({ kind: 'other', tool: null });
    }
    for (const tool_calls of [undefined, [], [{ tool_name: 'Bash' }]]) {
      const batch = changedPayload('PostToolBatch-Write', { tool_calls });
      expect(eventOf(batch)).toMatchObject({ kind: 'other', hookEvent: 'PostToolBatch' });
    }
  });

  it('has begun, but is no event, before it ends', () => {
    const { events, running } = captureText(hookPayload('PreToolUse-Bash'));
    expect(events).toEqual([]);
    expect(running?.toolUseId).toBe('toolu_014bd0953b8252d53f8c88cf');
    const nameless = changedPayload('PreToolUse-Bash', { tool_use_id: null });
    expect(captureText(nameless)).toEqual({ events: [], running: null });
  });

  it('measures what it can of an input that is nested without end', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = callPayload({ tool_input: { command: 'ls', deep: 0 } }).replace(
      '"deep":0',
      `"deep":${deep}`,
    );
    expect(eventOf(text)).toMatchObject({ command: 'ls', inputBytes: null });
  });
});

describe('capture of a command', () => {
  it('leaves out the bodies of here-documents', () => {
    const command = "cat <<'EOF' > a && cat <<-END\nsecret\nEOF\nEND\nls";
    expect(commandOf("cat <<'EOF' > a\nsecret\nEOF\nls")).toBe("cat <<'EOF' > a\n…\nEOF\nls");
    expect(commandOf('cat <<-"X"\n\tsecret\n\tX\nls')).toBe('cat <<-"X"\n…\nX\nls');
    expect(commandOf('cat <<A\nsecret\nA\ncat <<B\nsecret\nB')).toBe(
      'cat <<A\n…\nA\ncat <<B\n…\nB',
    );
    expect(commandOf('cat <<EOF\nsecret\nand no end')).toBe('cat <<EOF\n…');
    expect(commandOf(command)).not.toContain('secret');
    expect(commandOf('echo $((1<<2))\nls')).toBe('echo $((1<<2))\nls');
  });

  it('reads many here-documents once each', () => {
    expect(commandOf('cat <<A\nx\nA\n'.repeat(200_000))).toHaveLength(200);
  });

  it('is redacted before it is cut', () => {
    const shown = commandOf(`${'x'.repeat(180)} ghp_${'a'.repeat(36)}`);
    expect(shown).not.toContain('ghp_');
    expect(shown).toHaveLength(200);
  });

  it('may hold megabytes, of which the beginning is kept', () => {
    expect(commandOf(`sk-${'a'.repeat(20_000_000)}`)).toMatch(/^\[redacted:/);
  });
});

describe('capture of any event', () => {
  it('keeps one that it does not know, without its content', () => {
    const event = eventOf(JSON.stringify({ hook_event_name: 'Later', said: 'hello', source: 'x' }));
    expect(event).toMatchObject({ kind: 'other', hookEvent: 'Later', facts: null });
    expect(JSON.stringify(event)).not.toContain('hello');
  });

  it('takes secrets out of every text that it keeps', () => {
    const secret = `ghp_${'s'.repeat(36)}`;
    const texts = [
      callPayload({ cwd: `/w/${secret}`, tool_input: { file_path: secret, command: secret } }),
      callPayload({ hook_event_name: 'PostToolUseFailure', error: `bad ${secret}` }),
      changedPayload('PostToolBatch-Bash-exit3', { cwd: secret }),
      changedPayload('ConfigChange-user_settings', { file_path: secret, source: secret }),
      changedPayload('Notification-idle_prompt', { message: secret, notification_type: secret }),
      changedPayload('UserPromptSubmit', { prompt: secret }),
    ];
    for (const text of texts) {
      const { events } = captureText(text, { project: `/p/${secret}` });
      expect(JSON.stringify(events)).not.toContain(secret);
    }
    const { running } = captureText(
      changedPayload('PreToolUse-Bash', { tool_input: { command: secret } }),
    );
    expect(running?.detail).toMatch(/^\[redacted:/);
  });

  it('keeps no text longer than its bound', () => {
    const long = 'x'.repeat(5000);
    const names = ['session_id', 'prompt_id', 'permission_mode', 'agent_id', 'agent_type', 'model'];
    const members = Object.fromEntries(names.map((name) => [name, long]));
    const event = eventOf(
      changedPayload('SessionStart-resume', { ...members, cwd: long, source: long }),
      {
        project: long,
      },
    );
    for (const value of [...Object.values(event), event.facts?.source]) {
      if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(1024);
    }
  });

  it('takes the folder of the launcher for the project, else the current one', () => {
    const text = callPayload({ cwd: '/w/sub' });
    expect(eventOf(text, { project: '/w' })).toMatchObject({ project: '/w', cwd: '/w/sub' });
    expect(eventOf(text, { project: null })).toMatchObject({ project: '/w/sub', cwd: '/w/sub' });
  });

  it('knows no model by the name that the old files use for none', () => {
    expect(eventOf(changedPayload('SessionStart-startup', { model: 'unknown' })).model).toBeNull();
  });
});
