import { describe, expect, it } from 'vitest';
import { judgeRun } from './ring-process.ts';
import { exitCodeOf, formatTally, NOTHING, sumTallies, tallyOutcomes } from './tally.ts';

const mixed = tallyOutcomes([
  { kind: 'passed' },
  { kind: 'skipped', reason: 'no display' },
  { kind: 'failed' },
  { kind: 'skipped', reason: 'no display' },
]);

describe('a tally', () => {
  it('counts each outcome and joins equal reasons', () => {
    const skips = [{ reason: 'no display', count: 2 }];
    expect(mixed).toEqual({ passed: 1, failed: 1, skipped: 2, skips });
  });

  it('is added up over rings', () => {
    const skipped = tallyOutcomes([{ kind: 'skipped', reason: 'no display' }]);
    expect(sumTallies([mixed, NOTHING, skipped])).toEqual({
      passed: 1,
      failed: 1,
      skipped: 3,
      skips: [{ reason: 'no display', count: 3 }],
    });
  });

  it('reads as the closing line', () => {
    expect(formatTally(mixed)).toBe('1 passed, 1 failed, 2 skipped');
  });
});

describe('the exit code', () => {
  it.each([
    [{ ...NOTHING, passed: 3 }, 0],
    [{ ...NOTHING, passed: 3, skipped: 1 }, 0],
    [{ ...NOTHING, passed: 3, failed: 1 }, 1],
    [{ ...NOTHING, skipped: 4 }, 1],
    [NOTHING, 1],
  ])('of %j is %i', (tally, expected) => {
    expect(exitCodeOf(tally)).toBe(expected);
  });
});

describe('a ring’s process', () => {
  const passed = { ...NOTHING, passed: 5 };

  it('is believed when it ends well', () => {
    expect(judgeRun(passed, 0)).toEqual(passed);
    expect(judgeRun(NOTHING, 0)).toEqual(NOTHING);
  });

  it('is not counted twice when failed tests explain its exit code', () => {
    expect(judgeRun(mixed, 1)).toEqual(mixed);
  });

  it('counts a failure when it ends badly though no test failed', () => {
    expect(judgeRun(passed, 1)).toEqual({ ...passed, failed: 1 });
  });

  it('counts a failure when it was killed or sent nothing', () => {
    expect(judgeRun(undefined, null)).toEqual({ ...NOTHING, failed: 1 });
    expect(judgeRun(undefined, 0)).toEqual({ ...NOTHING, failed: 1 });
  });
});
