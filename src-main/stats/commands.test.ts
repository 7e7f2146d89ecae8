import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, toolCall } from '../../test/support/make-event.ts';
import { compute, computeText } from '../../test/support/stats-world.ts';
import { commands } from './commands.ts';

const home = homePerTest();
const run = (command: string | null, members: object = {}) => toolCall({ command, ...members });

describe('command-stats.json', () => {
  it('counts commands by the program that they are about, most first, fifteen of them', () => {
    home().addToStore(
      run('git status'),
      run('  npm   test'),
      run('cd packages/a && git log | head'),
      run('\tGIT_PAGER= git\tdiff'),
      run(null),
      ...Array.from({ length: 20 }, (_, i) => run(`tool${i}`)),
    );
    const { total_commands, top_commands, distinct_programs } = compute(home(), commands);
    expect([total_commands, distinct_programs]).toEqual([24, 22]);
    expect(Object.entries(top_commands as object).slice(0, 3)).toEqual([
      ['git', 3],
      ['npm', 1],
      ['tool0', 1],
    ]);
    expect(Object.keys(top_commands as object)).toHaveLength(15);
  });

  it('D13: a blank command is counted as of an unknown program, and stops nothing', () => {
    home().addToStore(run('   '), run('git log'), run(''));
    expect(compute(home(), commands)).toMatchObject({
      total_commands: 3,
      top_commands: { unknown: 2, git: 1 },
    });
  });

  it('D27: commands are listed by their programs, none of which is unknown', () => {
    home().addToStore(run('ccc'), run('co --fast'), run('ccc --no-open'));
    expect(compute(home(), commands).top_commands).toEqual({ ccc: 2, co: 1 });
  });

  it('says how often a program succeeds, over which sample, and how long it takes', () => {
    const timed = (durationMs: number | null) => run('npm test', { durationMs });
    home().addToStore(
      ...[100, 400, 300.5, null].map(timed),
      failedCall({ command: 'npm run build', durationMs: 900, project: '/w/b' }),
      run('npm test', { outcome: 'denied', durationMs: null }),
      run('npm ci', { outcome: 'expected', durationMs: null }),
    );
    expect(compute(home(), commands).programs).toEqual({
      npm: {
        calls: 7,
        success_rate: 83.3,
        sample: 6,
        median_ms: 350,
        timed: 4,
        subcommands: { test: 5, 'run build': 1, ci: 1 },
        projects: { '/Users/dev/project': 6, '/w/b': 1 },
      },
    });
  });

  it('has neither a rate nor a duration of a program of which none is known', () => {
    home().addToStore(run('ls', { outcome: 'unknown', durationMs: null }));
    expect(computeText(home(), commands)).toContain(
      '"success_rate": 0,\n      "sample": 0,\n      "median_ms": null,\n      "timed": 0,',
    );
  });

  it('lists five subcommands and five projects of a program', () => {
    home().addToStore(
      ...Array.from({ length: 9 }, (_, i) => run(`make t${i}`, { project: `/w/${i}` })),
    );
    const { make } = compute(home(), commands).programs as Record<string, Record<string, object>>;
    expect(Object.keys(make?.subcommands ?? {})).toEqual(['t0', 't1', 't2', 't3', 't4']);
    expect(Object.keys(make?.projects ?? {})).toHaveLength(5);
  });
});
