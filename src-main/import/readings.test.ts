import { describe, expect, it } from 'vitest';
import { createPaths } from '../../src-core/files/paths.ts';
import type { OldObservation } from './observation.ts';
import { readOldLine } from './old-lines.ts';
import { type FileWitness, witnessesOf } from './witness.ts';

const files = witnessesOf(createPaths({ home: '/nowhere' })).filter(
  (witness): witness is FileWitness => witness.kind === 'file',
);

function read(name: string, line: string | Buffer) {
  const file = files.find((witness) => witness.name === `${name}.jsonl`);
  if (file === undefined) throw new Error(`there is no file ${name}`);
  return readOldLine(file, Buffer.from(line));
}

/** A line as it was found, and what of it must be understood. */
type Example = readonly [what: string, line: string, expected: Partial<OldObservation>];

const TOOL_USAGE: readonly Example[] = [
  [
    'an echo of a call without a file',
    '{"ts":1768900000,"tool":"Read","source":"hook"}',
    { variant: 'echo', atS: 1_768_900_000, subject: 'call', tool: 'Read', filePath: null },
  ],
  [
    'an echo of a written file',
    '{"ts":1768900001,"tool":"Write","file":"/w/a.ts","source":"hook"}',
    { variant: 'echo', filePath: '/w/a.ts', folder: null },
  ],
  [
    'the first hook that wrote both',
    '{"ts": 1769423127, "tool": "Bash", "session": "OS-App", "model": "sonnet", "source": "hook"}',
    { variant: 'early-hook', folder: 'OS-App', model: null },
  ],
  [
    'the hook with details',
    '{"ts": 1769590340, "tool": "Edit", "session": "OS-App", "model": "opus", "source": "hook", "file_path": "/w/\\u00e9.ts", "command": "", "success": true}',
    { variant: 'hook', filePath: '/w/é.ts', command: null, success: true, model: 'opus' },
  ],
  [
    'the bridge',
    '{"ts": 1769590340, "tool": "Bash", "session": "OS-App", "model": "sonnet", "source": "sqlite", "file_path": "", "command": "ls", "success": true}',
    { variant: 'bridge', command: 'ls', filePath: null, folder: 'OS-App' },
  ],
  [
    'the fast bridge, which knows the session',
    '{"ts": 1769590342, "tool": "Grep", "session": "abcd1234", "model": "sonnet", "source": "sqlite", "file_path": "", "command": ""}',
    { variant: 'fast-bridge', sessionPrefix: 'abcd1234', folder: null, success: null },
  ],
  [
    'post-tool.sh, whose session is a time',
    '{"ts":1769590341,"tool":"Bash","session":"17695903","model":"sonnet","source":"hook"}',
    { variant: 'post-tool', folder: null, sessionPrefix: null },
  ],
  [
    'post-tool-enhanced.sh with an exit code',
    '{"ts":1769590341,"tool":"Bash","session":"abcd1234","model":"sonnet","source":"hook","file_path":"","command":"ls","success":false,"exit_code":2}',
    { variant: 'post-tool-enhanced', command: 'ls', exitCode: 2, success: false, folder: null },
  ],
  [
    'the weekly backfill',
    '{"ts": 1769300000, "tool": "Bash", "session": "0f6f1b0e", "source": "backfill"}',
    { variant: 'backfill', sessionPrefix: '0f6f1b0e', model: null, success: null },
  ],
  [
    'the bulk backfill, which read the model in the transcript',
    '{"ts": 1769300000, "tool": "mcp__x__y", "session": "0f6f1b0e", "model": "sonnet", "source": "backfill"}',
    { variant: 'bulk-backfill', model: 'sonnet', tool: 'mcp__x__y' },
  ],
  [
    'a line of a writer that nobody knows',
    '{"ts": 1769300000, "tool": "Bash"}',
    { variant: 'other-call', tool: 'Bash' },
  ],
];

const ACTIVITY: readonly Example[] = [
  [
    'a call of the hook or the bridge',
    '{"ts": 1769590340, "type": "tool_use", "tool": "Edit", "file_path": "/w/a", "command": "", "success": true, "pwd": "/w/my-project"}',
    {
      variant: 'activity',
      tool: 'Edit',
      filePath: '/w/a',
      pwd: '/w/my-project',
      folder: 'my-proje',
    },
  ],
  [
    'a call of the fast bridge',
    '{"ts": 1769590340, "type": "tool_use", "tool": "Bash", "file_path": "", "command": "ls", "pwd": ""}',
    { variant: 'fast-activity', command: 'ls', pwd: null },
  ],
  [
    'a session of the hook',
    '{"ts": 1769590000, "type": "session_start", "pwd": "/w", "project": "general"}',
    { variant: 'activity-session', subject: 'session_start', pwd: '/w' },
  ],
  [
    'a prompt of the tracker, in milliseconds',
    '{"type":"query","timestamp":1769000000123,"datetime":"2026-01-21T12:53:20.123Z","sessionId":"mk1abcd","query":"fix it","model":"sonnet","dqScore":null,"complexity":null,"source":"cli"}',
    { variant: 'tracker-query', atS: 1_769_000_000, subject: 'prompt', text: 'fix it' },
  ],
  [
    'a call of the tracker',
    '{"type":"tool","timestamp":1769000000456,"datetime":"2026-01-21T12:53:20.456Z","sessionId":"mk1abcd","tool":"Bash","success":true}',
    { variant: 'tracker-call', atS: 1_769_000_000, tool: 'Bash', sessionPrefix: null },
  ],
  [
    'a prompt of the sync, whose datetime is local time with a Z',
    '{"timestamp": 1769000000, "datetime": "2026-01-21T07:53:20Z", "type": "query", "query": "from transcript", "source": "transcript"}',
    { variant: 'transcript-query', atS: 1_769_000_000, text: 'from transcript' },
  ],
];

const SESSIONS: readonly Example[] = [
  [
    'an echo',
    '{"ts":1768900000,"event":"session_start","pwd":"/w"}',
    { variant: 'echo-session', subject: 'session_start', pwd: '/w' },
  ],
  [
    'the hook, whose session id is the time',
    '{"ts": 1769590000, "event": "session_end", "session_id": "1769590000", "pwd": "/w", "project": "general", "model": "sonnet"}',
    { variant: 'hook-session', subject: 'session_end', sessionPrefix: null, model: null },
  ],
  [
    'the bridge',
    '{"ts": 1769590000, "event": "session_start", "pwd": "/w", "metadata": {"project": "general"}}',
    { variant: 'bridge-session', pwd: '/w' },
  ],
  [
    'the weekly backfill',
    '{"session_id": "0f6f1b0e", "start": "2026-01-24T10:00:00.000Z", "end": "2026-01-24T11:00:00.000Z", "messages": 12, "tools": 5, "top_tools": ["Bash"], "source": "backfill"}',
    {
      variant: 'backfill-session',
      atS: Date.UTC(2026, 0, 24, 10) / 1000,
      sessionPrefix: '0f6f1b0e',
      summary: { endedS: Date.UTC(2026, 0, 24, 11) / 1000, messages: 12 },
    },
  ],
  [
    'the bulk backfill',
    '{"session_id": "0f6f1b0e", "start": "2026-01-24T10:00:00Z", "end": null, "messages": 1, "tools": 1, "model": "opus", "top_tools": [], "source": "backfill"}',
    { variant: 'bulk-session', model: 'opus', summary: { endedS: null, messages: 1 } },
  ],
];

const OTHERS: readonly (readonly [string, ...Example])[] = [
  [
    'tool-success',
    'a call',
    '{"ts": 1769590340, "tool": "Edit", "success": true, "exit_code": 0, "session": "OS-App"}',
    { variant: 'success', tool: 'Edit', success: true, exitCode: 0, folder: 'OS-App' },
  ],
  [
    'tool-success',
    'a call that a shell wrote',
    '{"ts":1769590340,"tool":"Edit","success":true,"exit_code":0,"session":"17695903"}',
    { variant: 'success', folder: null },
  ],
  [
    'command-usage',
    'a command of a call',
    '{"ts": 1769590340, "command": "git", "full_command": "git status", "success": true, "session": "OS-App"}',
    { variant: 'command', tool: 'Bash', command: 'git status', folder: 'OS-App' },
  ],
  [
    'command-usage',
    'a command of the fast bridge',
    '{"ts": 1769590341, "command": "git", "full_command": "git log", "session": "abcd1234"}',
    { variant: 'fast-command', command: 'git log', sessionPrefix: 'abcd1234' },
  ],
];

const ASIDES: readonly (readonly [string, string, string])[] = [
  [
    'tool-success',
    '{"date": "2026-01-18", "tool": "Bash", "success": 46, "failure": 54, "total": 100}',
    'sum of a day',
  ],
  [
    'tool-success',
    '{"ts":1768700000,"tool":"bash","cmd_hash":"ab","cmd_type":"git","success":false,"exit_code":1,"duration_sec":2}',
    'measurement of a shell',
  ],
  [
    'tool-success',
    '{"ts":1768700001,"tool":"test","framework":"vitest","success":true,"tests_total":10,"tests_passed":10,"tests_failed":0}',
    'measurement of a shell',
  ],
  [
    'tool-success',
    '{"ts":1768700002,"tool":"build","system":"npm","success":true,"duration_sec":9}',
    'measurement of a shell',
  ],
  [
    'command-usage',
    '{"ts":1768700000,"cmd":"ccc","args":"","context":"alias","pwd":"/w"}',
    'command typed in a shell',
  ],
  [
    'command-usage',
    '{"ts": 1769300000, "cmd": "review", "context": "skill", "pwd": "/p", "source": "backfill"}',
    'slash command',
  ],
  [
    'activity-events',
    '{"type":"skill","timestamp":1769000000456,"skill":"review"}',
    'activity of type skill',
  ],
];

const BAD: readonly (readonly [string, string, string])[] = [
  ['tool-usage', '{"ts": 1769423127, "tool": "Ba', 'not JSON'],
  ['tool-usage', '[1, 2]', 'not a JSON object'],
  ['tool-usage', '{"ts": 1769423127}', 'no tool'],
  [
    'tool-usage',
    '{"ts": 0, "tool": "Bash", "session": "0f6f1b0e", "source": "backfill"}',
    'no time',
  ],
  ['tool-usage', '{"ts": "soon", "tool": "Bash"}', 'no time'],
  ['tool-usage', '{"ts": 1769423127, "tool": "  "}', 'no tool'],
  ['activity-events', '{"ts": 1769576400, "type": "tool_use"}', 'no tool'],
  ['activity-events', '{"ts": 1769576400}', 'no type'],
  ['activity-events', '{"type": "query", "query": "x"}', 'no time'],
  ['session-events', '{"session_id": "0f6f1b0e", "start": "x", "end": "y"}', 'no time'],
  ['session-events', '{"ts": 1769576400}', 'no event'],
  ['tool-success', '{"ts": 1}', 'no tool'],
  ['command-usage', '{"ts": 1769576400}', 'no command'],
];

const EXAMPLES = [
  ...TOOL_USAGE.map((example) => ['tool-usage', ...example] as const),
  ...ACTIVITY.map((example) => ['activity-events', ...example] as const),
  ...SESSIONS.map((example) => ['session-events', ...example] as const),
  ...OTHERS,
];

describe('the variants of the old files', () => {
  it.each(EXAMPLES)('%s: %s', (name, _, line, expected) => {
    const reading = read(name, line);
    expect(reading.kind).toBe('observation');
    if (reading.kind === 'observation') expect(reading.observation).toMatchObject(expected);
  });

  it.each(ASIDES)('%s: %s is no event', (name, line, what) => {
    expect(read(name, line)).toEqual({ kind: 'aside', what });
  });

  it.each(BAD)('%s: %s is not understood', (name, line, reason) => {
    expect(read(name, line)).toEqual({ kind: 'bad', reason });
  });

  it('takes a line with an id and a sum for one of ours, whatever else is in it', () => {
    expect(read('tool-usage', '{"id":"toolu_1","sum":"x"}')).toEqual({ kind: 'own' });
  });

  it('reads a line with an invalid byte in it', () => {
    const line = Buffer.from(
      '{"ts": 1769300000, "tool": "Edit", "file_path": "caf\u00e9"}',
      'latin1',
    );
    const reading = read('tool-usage', line);
    expect(reading).toMatchObject({ kind: 'observation', observation: { filePath: 'caf\ufffd' } });
  });
});
