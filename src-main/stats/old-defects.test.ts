/**
 * What the old statistics got wrong, each with its old input and our right answer, by the numbers
 * under which the defects are known: payloads go the whole way from the spool to the seven files.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { writeShared } from '../../test/support/stats-world.ts';
import { publishStats } from './publish.ts';

const HOUR = 3_600_000;
const home = homePerTest();

type Statistic = keyof ReturnType<typeof home>['paths']['stats'];

const statistic = (name: Statistic): Record<string, unknown> =>
  JSON.parse(home().text(home().paths.stats[name]));

function publish(timeZone = 'UTC'): void {
  const { paths, withStore } = home();
  withStore((db) => publishStats({ paths, db, now: NOON, timeZone }));
}

let calls = 0;

function payload(hookEvent: string, members: object = {}): object {
  return {
    hook_event_name: hookEvent,
    session_id: '0f6f1b0e-711f-4043-a0dd-c64620db6969',
    cwd: '/Users/dev/my-project',
    tool_name: 'Bash',
    tool_input: { command: 'npm test' },
    tool_use_id: `toolu_old${++calls}`,
    ...members,
  };
}

const printed = (stdout: string): object =>
  payload('PostToolUse', { tool_response: { stdout, stderr: '', interrupted: false } });
const failed = (error: string, members: object = {}): object =>
  payload('PostToolUseFailure', { error, is_interrupt: false, ...members });

async function hook(...payloads: readonly object[]): Promise<void> {
  for (const told of payloads) home().spool(told);
  await home().refresh();
}

describe('what is an error', () => {
  it('D11: words in an output make no failure, and a failure is one whatever it printed', async () => {
    await hook(
      printed('Tests: 212 passed, 0 failed'),
      printed('0 errors, 0 warnings'),
      printed('src/errors.ts'),
      printed('class MyException(Base):'),
      failed('Exit code 139\nSegmentation fault'),
      failed('Exit code 127\ncommand not found: foo'),
    );
    expect(statistic('toolSuccess')).toMatchObject({ overall_success_rate: 66.7, sample: 6 });
    expect(statistic('errors')).toMatchObject({
      total_errors: 2,
      by_type: { crash: 1, command_not_found: 1 },
    });
  });

  it('D42: ten edits that failed are ten failures, though only their batch tells of them', async () => {
    const edits = Array.from({ length: 10 }, (_, i) => ({
      tool_name: 'Edit',
      tool_input: { file_path: `/w/${i}.ts` },
      tool_use_id: `toolu_edit${i}`,
      tool_response: '<tool_use_error>String to replace not found in file.</tool_use_error>',
    }));
    await hook(payload('PostToolBatch', { tool_calls: edits }));
    expect(statistic('errors')).toMatchObject({
      total_errors: 10,
      by_type: { string_not_found: 10 },
    });
    expect(statistic('toolSuccess')).toMatchObject({ by_tool: { Edit: { rate: 0, total: 10 } } });
  });

  it('D50: the name of a file is no error, and a failure that stdin tells of is one', async () => {
    await hook(
      payload('PostToolUse', {
        tool_name: 'Write',
        tool_input: { file_path: '/w/fatal-error-failed.ts' },
        tool_response: { filePath: '/w/fatal-error-failed.ts' },
      }),
      failed('Exit code 1\nsomething'),
    );
    expect(statistic('errors')).toMatchObject({ total_errors: 1, by_tool: { Bash: 1 } });
  });

  it('D52: a back-slash and a tab leave the line of an error readable', async () => {
    await hook(failed('EACCES: C:\\new\tfolder\\x "quoted"', { tool_name: 'Write' }));
    expect(statistic('errors')).toMatchObject({
      total_errors: 1,
      bad_lines: 0,
      recent_errors: [
        { type: 'permission_denied', message: 'EACCES: C:\\new\tfolder\\x "quoted"' },
      ],
    });
    expect(() => JSON.parse(home().text(home().paths.journals.errors))).not.toThrow();
  });

  it('D57: the errors of a session are all counted, also those of hours ago', () => {
    const session = { sessionId: 'three-hours-old' };
    const twoHoursAgo = NOON - 2 * HOUR;
    home().addToStore(
      sessionEvent('SessionStart', { ...session, at: NOON - 3 * HOUR }),
      ...Array.from({ length: 4 }, (_, i) =>
        toolCall({
          ...session,
          at: twoHoursAgo + i,
          outcome: 'failed',
          tool: 'Edit',
          command: null,
        }),
      ),
      toolCall({ ...session, at: NOON }),
    );
    publish();
    expect(statistic('errors')).toMatchObject({ total_errors: 4, by_tool: { Edit: 4 } });
    expect(
      home().query(
        "SELECT count(*) AS n FROM hookline_event WHERE session_id = 'three-hours-old' AND outcome = 'failed'",
      ),
    ).toEqual([{ n: 4 }]);
  });

  it('D60: room, zoom and Bloom are no errors of memory, and trace is none of concurrency', async () => {
    const words = 'a room, a zoom, class BloomFilter, stack trace';
    await hook(printed(words), failed(`Exit code 1\n${words}`, { tool_input: { command: 'x' } }));
    expect(statistic('errors')).toMatchObject({ total_errors: 1, by_type: { exit_code: 1 } });
  });
});

describe('what the record of errors says', () => {
  const lines = (count: number, members: object = {}) =>
    Array.from({ length: count }, (_, i) => ({
      ts: 1_769_000_000 + i,
      category: 'git',
      line: `fatal: e${i}`,
      ...members,
    }));
  const recent = () => statistic('errors').recent_errors as Record<string, unknown>[];

  it('D20: recent errors are the last ten and not the first ten for ever', () => {
    writeShared(home(), 'errors', lines(25));
    publish();
    expect(recent().map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, i) => `fatal: e${24 - i}`),
    );
  });

  it('D21: a message of 500 characters is cut to 100', () => {
    writeShared(home(), 'errors', lines(1, { message: 'm '.repeat(250) }));
    publish();
    expect(recent().map(({ message }) => String(message).length)).toEqual([100]);
  });

  it('D24: times in milliseconds are given in seconds', () => {
    writeShared(home(), 'errors', lines(1, { ts: 1_795_422_493_543 }));
    publish();
    expect(recent()).toMatchObject([{ ts: 1_795_422_493 }]);
  });

  it('D51: a row of the live hook, which has no type, has one by what it says', () => {
    writeShared(home(), 'errors', [
      {
        ts: 1_769_000_000,
        timestamp: '2026-01-21T12:53:20Z',
        tool: 'Bash',
        pattern: 'fatal:',
        snippet: 'fatal: not a git repository',
      },
    ]);
    publish();
    expect(recent()).toMatchObject([
      { type: 'git', message: 'fatal: not a git repository', severity: 'high' },
    ]);
  });
});

describe('days, sessions and models', () => {
  it.each([
    ['UTC', '2026-01-26'],
    ['America/New_York', '2026-01-25'],
    ['Asia/Kolkata', '2026-01-26'],
    ['Pacific/Kiritimati', '2026-01-26'],
  ])('D22: one event is on one day of the zone that the file names, %s', (timeZone, day) => {
    home().addToStore(toolCall({ at: Date.UTC(2026, 0, 26, 2, 30) }));
    publish(timeZone);
    expect(statistic('activity')).toMatchObject({
      time_zone: timeZone,
      daily_activity: { [day]: 1 },
    });
  });

  it('D23: the days together have as many events as the total', async () => {
    await hook(payload('SessionStart', { source: 'startup' }), printed('a'), printed('b'));
    const { total_events, daily_activity } = statistic('activity');
    const days = Object.values(daily_activity as Record<string, number>);
    expect([total_events, days.reduce((a, b) => a + b, 0)]).toEqual([3, 3]);
  });

  it('D14: two folders with two sessions each are four sessions, and none mends the errors of another', async () => {
    const of = (folder: string, session: string) => ({ cwd: `/w/${folder}`, session_id: session });
    await hook(
      failed('Exit code 1', of('my-project-a', 's1')),
      payload('PostToolUse', of('my-project-a', 's2')),
      failed('Exit code 1', of('my-project-b', 's3')),
      payload('PostToolUse', of('my-project-b', 's4')),
    );
    expect(home().query('SELECT count(DISTINCT session_id) AS n FROM hookline_event')).toEqual([
      { n: 4 },
    ]);
    expect(statistic('recovery')).toMatchObject({ recovered: 0, open: 2 });
  });

  it('D10, D46: model and duration are what was told, and unknown where nothing was', async () => {
    await hook(payload('PostToolUse', { duration_ms: 913 }), payload('PostToolUse'));
    expect(statistic('toolUsage').by_model).toEqual({ unknown: 2 });
    expect(statistic('commands')).toMatchObject({
      programs: { npm: { median_ms: 913, timed: 1 } },
    });
  });

  it('D12: odd values in a payload cost none of three events', async () => {
    await hook(
      payload('PostToolUse', { tool_response: { exit_code: '' } }),
      payload('PostToolUse', { tool_input: '{"command": "npm te' }),
      payload('PostToolUse', { tool_input: ['npm', 'test'] }),
    );
    expect(statistic('toolUsage')).toMatchObject({ total_calls: 3, top_tools: { Bash: 3 } });
  });
});

describe('recovery, flow and rates', () => {
  it('D26, D55: neither a die nor a mere suggestion is a recovery', async () => {
    writeShared(home(), 'recoveryOutcomes', [
      { ts: 1, category: 'git', action: 'x', auto: true, success: true, backfilled: true },
      { ts: 2, category: 'git', action: 'suggest', auto: false, success: true, details: '' },
    ]);
    await hook(failed('Exit code 1'), payload('PostToolUse'), payload('SessionEnd'));
    expect(statistic('recovery')).toMatchObject({
      recovered: 1,
      success_rate: 100,
      measured: 1,
      estimated: 2,
    });
  });

  it('D25: two hundred measurements have an average, under either name', () => {
    writeShared(
      home(),
      'flowHistory',
      Array.from({ length: 250 }, () => ({ timestamp: '2026-01-20T09:00:00', score: 0.95 })),
    );
    publish();
    expect(statistic('flow')).toMatchObject({
      average_flow_score: 0.95,
      total_measurements: 250,
      peak_flow_hours: { 9: 250 },
    });
  });

  it('D27: commands are known by their program and not as unknown', async () => {
    const run = (command: string) => payload('PostToolUse', { tool_input: { command } });
    await hook(run('ccc'), run('ccc --now'), run('co main'));
    expect(statistic('commands').top_commands).toEqual({ ccc: 2, co: 1 });
  });

  it('D28: a rate is of single calls, with its sample beside it', () => {
    home().addToStore(
      ...Array.from({ length: 100 }, (_, i) =>
        toolCall({ at: NOON + i, outcome: i < 46 ? 'succeeded' : 'failed' }),
      ),
    );
    publish();
    expect(statistic('toolSuccess')).toMatchObject({
      overall_success_rate: 46,
      by_tool: { Bash: { rate: 46, total: 100 } },
    });
  });
});

describe('commands', () => {
  it('D53, D54: quotes lose no line and no row', async () => {
    const command = `git commit -m "it's \\"done\\"" && cat <<'EOF'\n"x"\nEOF`;
    await hook(payload('PostToolUse', { tool_input: { command } }));
    expect(statistic('commands')).toMatchObject({ top_commands: { git: 1 } });
    for (const name of ['tool-usage', 'activity-events', 'command-usage', 'tool-success']) {
      const [line = '', ...rest] = home()
        .text(join(home().paths.data, `${name}.jsonl`))
        .trimEnd()
        .split('\n');
      expect([JSON.parse(line) !== null, rest]).toEqual([true, []]);
    }
  });

  it('D17: no statistics file has a secret of a command, and none can be read by others', async () => {
    const command = 'curl -u bob:hunter2-and-more https://example.com/x';
    await hook(failed(`Exit code 7\n${command}`, { tool_input: { command } }));
    writeShared(home(), 'errors', [{ ts: 1, message: `failed: ${command}` }]);
    publish();
    const files = readdirSync(home().paths.kernel).filter((name) => name.endsWith('-stats.json'));
    expect(files).toHaveLength(7);
    for (const file of files) {
      expect(home().text(join(home().paths.kernel, file))).not.toContain('hunter2');
    }
    expect(statistic('errors').from_other_programs).toBe(1);
  });
});
