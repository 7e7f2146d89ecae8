import { describe, expect, it } from 'vitest';
import type { LiveSession, RecordSegment } from '../../../src-core/contract/views.ts';
import { fakeGlance } from '../../../test/support/fake-glance.ts';
import { FAKE_NOW, TODAY_FROM, TODAY_STEP } from '../../../test/support/fake-history.ts';
import { createFormat } from '../../data/format.ts';
import {
  holdOrder,
  orderSessions,
  recordStretches,
  recordVerdict,
  refreshResult,
  successFloor,
  unknownSpans,
} from './select.ts';

const format = createFormat('en-GB', 'UTC');
const view = fakeGlance(FAKE_NOW);
const withRecord = (segments: RecordSegment[], missing: number | null = 0) => ({
  ...view,
  today: { ...view.today, record: { segments, missing } },
});
const hook: RecordSegment = { kind: 'hook', fromAt: TODAY_FROM, toAt: FAKE_NOW };
const gap: RecordSegment = {
  kind: 'missing',
  fromAt: FAKE_NOW - 43 * 60_000,
  toAt: FAKE_NOW - 60_000,
};

describe("the glance's record", () => {
  it('reaches the end of the axis when it reaches the running step', () => {
    expect(recordStretches(view.today)).toEqual([{ kind: 'hook', from: 0, to: 1 }]);
    const early = { ...hook, toAt: TODAY_FROM + 10 * TODAY_STEP };
    expect(recordStretches(withRecord([early]).today)[0]?.to).toBeCloseTo(10 / 41);
  });

  it.each([
    ['complete', [hook], 0],
    ['no gap known', [hook], null],
    ['12 missing', [hook], 12],
    ['42 m gap', [hook, gap], null],
    ['paused', [hook, { ...hook, kind: 'paused' }], 0],
    ['in journal', [hook, { ...hook, kind: 'journal' }], 0],
  ] as const)('is called %s', (words, segments, missing) => {
    const verdict = recordVerdict(withRecord([...segments], missing), false, format);
    expect(verdict.words.replaceAll('\u202f', ' ')).toBe(words);
  });

  it('is not called complete when it was read too long ago', () => {
    expect(recordVerdict(view, true, format).words).toBe('not read');
  });
});

describe('what is not known', () => {
  it('is nothing on a whole day that was just read', () => {
    expect(unknownSpans(view, false)).toEqual([]);
  });

  it('is a gap of the record and every step without a count, joined', () => {
    const calls = { ...view.today.calls, series: view.today.calls.series.map(() => null) };
    const all = { ...view, today: { ...view.today, calls } };
    expect(unknownSpans(all, false)).toEqual([{ from: 0, to: 1 }]);
    const [span] = unknownSpans(withRecord([hook, gap]), false);
    expect(span?.from).toBeGreaterThan(0.8);
    expect(span?.to).toBe(1);
  });

  it('begins where the stores were last read, once that is too long ago', () => {
    const dataAt = FAKE_NOW - 18 * 60_000;
    const stale = { ...view, health: { ...view.health, dataAt } };
    const [span] = unknownSpans(stale, true);
    expect(span).toEqual({ from: (dataAt - TODAY_FROM) / (41 * TODAY_STEP), to: 1 });
  });
});

describe('scales', () => {
  it('of success start at the highest tick below the lowest value', () => {
    expect(successFloor([1, 0.95, null])).toBe(0.8);
    expect(successFloor([0.6])).toBe(0.5);
    expect(successFloor([0.2])).toBe(0);
    expect(successFloor([null])).toBe(0.8);
  });
});

const session = (sessionId: string, state: LiveSession['state'], sinceAt: number): LiveSession => ({
  sessionId,
  state,
  sinceAt,
  project: null,
  what: null,
  detail: null,
});
const ids = (sessions: readonly LiveSession[]): string =>
  sessions.map((each) => each.sessionId).join(' ');

describe('live sessions', () => {
  const a = session('a', 'running', 10);
  const b = session('b', 'running', 20);
  const quiet = session('q', 'idle', 30);
  const waiting = session('w', 'waiting', 5);

  it('stand with the longest waiting first, then the latest running, then the quiet', () => {
    expect(ids(orderSessions([quiet, a, session('v', 'waiting', 9), b, waiting]))).toBe(
      'w v b a q',
    );
  });

  it('keep their places while somebody is among them, and new ones come last', () => {
    const later = session('a', 'running', 99);
    expect(ids(holdOrder(['b', 'a'], [session('n', 'running', 100), later, b]))).toBe('b a n');
  });

  it('let one that waits rise even then', () => {
    expect(ids(holdOrder(['b', 'a'], [b, { ...a, state: 'waiting' }]))).toBe('a b');
  });
});

describe('the result of a refresh', () => {
  const report = {
    ok: true,
    drained: 0,
    healedToSqlite: 11,
    healedToJsonl: 1,
    duplicates: 0,
    quarantined: 0,
    drift: 0,
    statsWritten: [],
    unreachable: [],
    durationMs: 1,
  };
  const told = (change: Partial<Parameters<typeof refreshResult>[0]>): string | null =>
    refreshResult({ isBusy: false, hasFailed: false, report: null, ...change }, format.count);

  it('says how much was healed in both directions, or that nothing was', () => {
    expect(told({ report })).toBe('12 healed');
    expect(told({ report: { ...report, healedToSqlite: 0, healedToJsonl: 0 } })).toBe(
      'nothing to heal',
    );
  });

  it('says so when not everything was reached, and nothing while it runs', () => {
    expect(told({ report: { ...report, ok: false } })).toBe('not everything was reached');
    expect(told({ hasFailed: true })).toBe('not everything was reached');
    expect(told({ report, isBusy: true })).toBeNull();
    expect(told({})).toBeNull();
  });
});
