import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLeast,
  barsPath,
  heatLevel,
  joinSpans,
  linePath,
  proportionWidths,
  stepsPath,
  without,
} from './geometry.ts';

const box = { width: 40, height: 16 };

describe('bars', () => {
  it('draw nothing for zero and for unknown', () => {
    expect(barsPath([0, null, 0, null], box, { max: 4 })).toBe('');
  });

  it('keep a small value visible and a large one within the box', () => {
    expect(barsPath([1, 0, 0, 0], box, { max: 10_000 })).toContain('14.5');
    expect(barsPath([99, 0, 0, 0], box, { max: 9 })).toContain('M0.5 1h9');
  });
});

describe('a line', () => {
  it('is broken where a value is not known', () => {
    const { path } = linePath([1, 1, null, 1, 1], box, { low: 0, high: 1 });
    expect(path.match(/M/g)).toHaveLength(2);
  });

  it('shows a point that has no neighbour', () => {
    expect(linePath([null, 1, null], box, { low: 0, high: 1 }).path).toContain('h0.01');
  });

  it('ends at its last known value', () => {
    expect(linePath([1, 0, null, null], box, { low: 0, high: 1 }).end).toEqual({ x: 15, y: 13.5 });
    expect(linePath([null], box, { low: 0, high: 1 }).end).toBeNull();
  });
});

describe('steps', () => {
  it('close each known run to the base line', () => {
    const { outline, area } = stepsPath([1, 2, null, 1], box, 2);
    expect(outline.match(/M/g)).toHaveLength(2);
    expect(area.match(/z/g)).toHaveLength(2);
  });
});

describe('spans', () => {
  it('are joined where they touch and cut to the axis', () => {
    expect(
      joinSpans([
        { from: 0.5, to: 1.4 },
        { from: -1, to: 0.1 },
        { from: 0.1, to: 0.2 },
        { from: 0.3, to: 0.3 },
      ]),
    ).toEqual([
      { from: 0, to: 0.2 },
      { from: 0.5, to: 1 },
    ]);
  });

  it('leave what no hole covers', () => {
    expect(without({ from: 0, to: 1 }, [{ from: 0.2, to: 0.4 }])).toEqual([
      { from: 0, to: 0.2 },
      { from: 0.4, to: 1 },
    ]);
    expect(without({ from: 0.2, to: 0.3 }, [{ from: 0, to: 1 }])).toEqual([]);
  });

  it('are never narrower than asked and never leave the axis', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.01, max: 1, noNaN: true }), (a, b, least) => {
        const span = atLeast({ from: Math.min(a, b), to: Math.max(a, b) }, least);
        expect(span.to - span.from).toBeGreaterThanOrEqual(least - 1e-9);
        expect(span.from).toBeGreaterThanOrEqual(0);
        expect(span.to).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('proportions', () => {
  it('fill the width with every part above zero visible', () => {
    const widths = proportionWidths([38_727, 802, 1386, 0, 34], 294);
    const live = widths.filter((width) => width > 0);
    expect(widths[3]).toBe(0);
    expect(Math.min(...live)).toBeGreaterThanOrEqual(3);
    expect(live.reduce((sum, width) => sum + width, 0) + live.length - 1).toBeCloseTo(294, 1);
  });

  it('draw nothing of nothing', () => {
    expect(proportionWidths([0, 0], 100)).toEqual([0, 0]);
  });
});

describe('heat', () => {
  it('tells a known zero from little and from an hour not lived', () => {
    expect([heatLevel(null, 10), heatLevel(0, 10), heatLevel(0.1, 10)]).toEqual([null, 0, 1]);
  });

  it('keeps the largest value on the last step', () => {
    expect(heatLevel(10, 10)).toBe(5);
  });
});
