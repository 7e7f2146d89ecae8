import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FlowStep,
  type FlowWindow,
  foldFlow,
  newFlowFold,
  scoreOf,
  windowsOf,
} from './flow-fold.ts';

const MINUTE = 60_000;
const call = (minute: number, members: Partial<FlowStep> = {}): FlowStep => ({
  at: minute * MINUTE,
  kind: 'tool',
  sessionId: 'a',
  project: '/w/a',
  outcome: 'succeeded',
  asksPermission: false,
  ...members,
});
const failed = (minute: number): FlowStep => call(minute, { outcome: 'failed' });
const ask = (minute: number, sessionId = 'a'): FlowStep =>
  call(minute, { kind: 'other', outcome: null, asksPermission: true, sessionId });
const stop = (minute: number, sessionId = 'a'): FlowStep =>
  call(minute, { kind: 'other', outcome: null, sessionId });
const calls = (count: number): FlowStep[] => Array.from({ length: count }, () => call(0));

const windows = (...steps: FlowStep[]): FlowWindow[] => windowsOf(foldFlow(newFlowFold(), steps));
const score = (...steps: FlowStep[]): number => Number(windows(...steps)[0]?.score.toFixed(4));

describe('the score of a window, as in the worked examples', () => {
  it('is 1 for twenty good calls in one project', () => {
    expect(score(...calls(20))).toBe(1);
    expect(score(...calls(400))).toBe(1);
  });

  it('is 0.62 for a single good call', () => {
    expect(score(call(0))).toBe(0.62);
  });

  it('is 0.4933 for a single call of which no end is known', () => {
    expect(score(call(0, { outcome: 'unknown' }))).toBe(0.4933);
  });

  it('is 0.65 for ten calls of which four failed, three of them in a row', () => {
    const steps = [...calls(5), failed(1), failed(2), failed(3), call(4), failed(5)];
    expect(windows(...steps)[0]?.components).toEqual({
      tempo: 0.5,
      success: 0.6,
      focus: 1,
      unblocked: 1,
      steadiness: 0.5,
    });
    expect(score(...steps)).toBe(0.65);
  });

  it('is 0.75 for ten good calls that change the project three times', () => {
    const projects = ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c', 'd'];
    const steps = projects.map((project) => call(0, { project }));
    expect(windows(...steps)[0]?.components.focus).toBeCloseTo(2 / 3, 10);
    expect(score(...steps)).toBe(0.75);
  });

  it('is 0.74 for ten good calls with nine minutes of waiting for a permission', () => {
    expect(score(...calls(9), ask(1), call(10))).toBe(0.74);
  });
});

describe('a window', () => {
  it('is a quarter of an hour in UTC that has a call; no other one has a score', () => {
    const all = windows(stop(1), call(14.99), ask(20), stop(29), call(45));
    expect(all.map(({ from, calls: n }) => [from / MINUTE, n])).toEqual([
      [0, 1],
      [45, 1],
    ]);
  });

  it('knows nothing of errors and projects of the one before', () => {
    const [, second] = windows(failed(14), failed(14), failed(16), call(17, { project: '/w/b' }));
    expect(second?.components).toMatchObject({ steadiness: 1, focus: 0 });
  });

  it('takes an error alone for no streak, and five in a row for the worst', () => {
    expect(windows(failed(0))[0]?.components.steadiness).toBe(1);
    expect(windows(...[0, 1, 2, 3, 4].map(failed))[0]?.components.steadiness).toBe(0);
    expect(windows(...[0, 1, 2, 3, 4, 5, 6].map(failed))[0]?.components.steadiness).toBe(0);
  });

  it('is not interrupted by calls that neither succeeded nor failed', () => {
    const denied = call(1, { outcome: 'denied' });
    expect(windows(failed(0), denied, failed(2))[0]?.components).toMatchObject({
      success: 0,
      steadiness: 0.75,
    });
  });

  it('takes a call without a project for no change of it', () => {
    const steps = [call(0), call(1, { project: null }), call(2)];
    expect(windows(...steps)[0]?.components.focus).toBe(1);
  });
});

describe('waiting for a permission', () => {
  const unblocked = (...steps: FlowStep[]): number[] =>
    windows(...steps).map(({ components }) => Number(components.unblocked.toFixed(3)));

  it('lasts to the next event of the same session', () => {
    expect(unblocked(ask(0), call(2, { sessionId: 'b' }), stop(3), call(9))).toEqual([0.8]);
  });

  it('is counted in the windows in which it falls', () => {
    expect(unblocked(call(0), ask(12), call(18))).toEqual([0.8, 0.8]);
  });

  it('ends after a quarter of an hour, whoever comes back when', () => {
    expect(unblocked(call(0), ask(12), call(16, { sessionId: 'b' }), call(500))).toEqual([
      0.8, 0.2, 1,
    ]);
  });

  it('goes on when it is told a second time', () => {
    expect(unblocked(ask(0), ask(1), call(3))).toEqual([0.8]);
  });

  it('of two sessions at once counts for both, and is never more than all of a window', () => {
    expect(unblocked(ask(0), ask(0, 'b'), call(12), call(12, { sessionId: 'b' }))).toEqual([0]);
  });

  it('counts for nothing while nobody knows how long it lasts', () => {
    expect(unblocked(call(0), ask(1))).toEqual([1]);
  });
});

describe('a fold over events', () => {
  const step: fc.Arbitrary<FlowStep> = fc.record({
    at: fc.integer({ min: 0, max: 90 * MINUTE }),
    kind: fc.constantFrom('tool', 'tool', 'other'),
    sessionId: fc.constantFrom('a', 'b', null),
    project: fc.constantFrom('/w/a', '/w/b', null),
    outcome: fc.constantFrom('succeeded', 'failed', 'timed_out', 'unknown', null),
    asksPermission: fc.boolean(),
  });
  const inTime = (steps: readonly FlowStep[]): FlowStep[] => steps.toSorted((a, b) => a.at - b.at);

  it('is the same whether the events come at once or in parts', () => {
    fc.assert(
      fc.property(fc.array(step), fc.array(fc.nat(40)), (unsorted, cuts) => {
        const steps = inTime(unsorted);
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), steps.length + 40];
        const fold = newFlowFold();
        for (const [i, from] of bounds.entries()) foldFlow(fold, steps.slice(from, bounds[i + 1]));
        expect(windowsOf(fold)).toEqual(windows(...steps));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('has every call in one window, and every score and component between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(step), (unsorted) => {
        const all = windows(...inTime(unsorted));
        const counted = all.reduce((sum, window) => sum + window.calls, 0);
        expect(counted).toBe(unsorted.filter(({ kind }) => kind === 'tool').length);
        for (const { score: value, components } of all) {
          for (const part of [value, ...Object.values(components)]) {
            expect(part ?? 0).toBeGreaterThanOrEqual(0);
            expect(part ?? 0).toBeLessThanOrEqual(1);
          }
          expect(value).toBe(scoreOf(components));
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
