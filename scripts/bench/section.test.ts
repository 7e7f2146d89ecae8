import { describe, expect, it } from 'vitest';
import { figure } from './section.ts';

const SAMPLES = [2, 4, 6, 8, 10];

describe('a figure', () => {
  it('is held against the median of its yardstick', () => {
    const row = figure('launcher', {
      unit: 'ms',
      samples: SAMPLES,
      yardstick: { name: 'node', samples: [50, 60, 1000] },
    });
    expect(row).toMatchObject({ least: 2, p50: 6, ratio: { to: 'node', p50: 0.1 } });
  });

  it('says for each goal whether it is met, at the boundary too', () => {
    const row = figure('launcher', {
      unit: 'ms',
      samples: SAMPLES,
      yardstick: { name: 'node', samples: [60] },
      goals: [
        { of: 'p50', most: 0.1, isRatio: true },
        { of: 'p50', most: 5.9 },
        { of: 'p95', most: 10 },
      ],
    });
    expect(row).toMatchObject({
      goals: [
        { text: 'p50 ≤ 0.1 ×', isMet: true },
        { text: 'p50 ≤ 5.9 ms', isMet: false },
        { text: 'p95 ≤ 10 ms', isMet: true },
      ],
    });
  });

  it('never takes a ratio without a yardstick for a goal that is met', () => {
    const goals = [{ of: 'p50', most: 100, isRatio: true }] as const;
    expect(figure('x', { unit: 'ms', samples: SAMPLES, goals })).toMatchObject({
      ratio: null,
      goals: [{ isMet: false }],
    });
  });

  it('gives no 95th percentile of a handful', () => {
    expect(figure('x', { unit: 'MB', samples: [1, 2] })).toMatchObject({ p50: 1.5, p95: null });
  });
});
