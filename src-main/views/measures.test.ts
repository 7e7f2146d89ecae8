import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src-core/event/event.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import {
  activeMs,
  activeSpans,
  callTotals,
  outcomeCounts,
  rateOf,
  sessionCount,
  sourceCounts,
  stepCounts,
} from './measures.ts';

const MINUTE = 60_000;
const home = homePerTest();
const DAY = { fromAt: NOON - 12 * 60 * MINUTE, toAt: NOON + 12 * 60 * MINUTE };
const at = (minutes: number) => toolCall({ at: NOON + minutes * MINUTE });

describe('the totals of a span', () => {
  it('leave calls out of the rate of which it is not known whether they did what was wanted', () => {
    const outcomes: (Outcome | null)[] = [
      'succeeded',
      'succeeded',
      'expected',
      'failed',
      'timed_out',
      'denied',
      'rejected',
      'interrupted',
      'unknown',
      null,
    ];
    home().addToStore(...outcomes.map((outcome) => toolCall({ outcome })), otherEvent('Stop'));
    expect(home().withStore((db) => callTotals(db, DAY))).toEqual({
      calls: 10,
      errors: 2,
      sample: 5,
      rate: 0.6,
    });
  });

  it('take in their first moment and leave out their last', () => {
    home().addToStore(
      toolCall({ at: NOON - 1 }),
      toolCall({ at: NOON }),
      toolCall({ at: NOON + 9 }),
      toolCall({ at: NOON + 10 }),
    );
    expect(home().withStore((db) => callTotals(db, { fromAt: NOON, toAt: NOON + 10 }).calls)).toBe(
      2,
    );
  });

  it('have no rate where there is nothing to rate', () => {
    home().addToStore(toolCall({ outcome: 'denied' }));
    expect(home().withStore((db) => callTotals(db, DAY))).toMatchObject({
      calls: 1,
      sample: 0,
      rate: null,
    });
    expect(home().withStore((db) => callTotals(db, { fromAt: 0, toAt: 1 }))).toEqual({
      calls: 0,
      errors: 0,
      sample: 0,
      rate: null,
    });
    expect(rateOf(0, 0)).toBeNull();
    expect(rateOf(0, 4)).toBe(0);
  });

  it('count a session that did anything, once', () => {
    home().addToStore(
      toolCall({ sessionId: 'a' }),
      otherEvent('Stop', { sessionId: 'a' }),
      sessionEvent('SessionStart', { sessionId: 'b' }),
      otherEvent('Notification', { sessionId: null }),
      toolCall({ sessionId: 'c', at: DAY.toAt }),
    );
    expect(home().withStore((db) => sessionCount(db, DAY))).toBe(2);
  });

  it('count outcomes, most first, and take none told for unknown', () => {
    home().addToStore(
      toolCall(),
      toolCall(),
      failedCall(),
      toolCall({ outcome: null }),
      toolCall({ outcome: null }),
      toolCall({ outcome: null }),
    );
    expect(home().withStore((db) => outcomeCounts(db, DAY))).toEqual([
      { outcome: 'unknown', count: 3 },
      { outcome: 'succeeded', count: 2 },
      { outcome: 'failed', count: 1 },
    ]);
  });

  it('count events by witness; one that came back from a line is a line’s', () => {
    home().addToStore(
      toolCall(),
      otherEvent('Stop', { source: 'spool' }),
      toolCall({ source: 'transcript' }),
    );
    home().withStore((db) => createEventWriter(db).insert(toolCall(), 'journal'));
    expect(home().withStore((db) => sourceCounts(db, DAY))).toEqual({
      hook: 1,
      spool: 1,
      journal: 1,
      transcript: 1,
      old: 0,
    });
  });
});

describe('stretches of work', () => {
  it('end where nothing happened for more than five minutes', () => {
    home().addToStore(at(0), at(3), at(8), at(13.01), at(14), at(60));
    expect(home().withStore((db) => activeSpans(db, DAY))).toEqual([
      [NOON, NOON + 8 * MINUTE],
      [NOON + 13.01 * MINUTE, NOON + 14 * MINUTE],
      [NOON + 60 * MINUTE, NOON + 60 * MINUTE],
    ]);
    expect(home().withStore((db) => activeMs(db, DAY))).toBeCloseTo(8.99 * MINUTE, 0);
  });

  it('take every event for work, and several at once for one', () => {
    home().addToStore(at(0), at(0), otherEvent('Stop', { at: NOON + 2 * MINUTE }), at(4));
    expect(home().withStore((db) => activeSpans(db, DAY))).toEqual([[NOON, NOON + 4 * MINUTE]]);
  });

  it('are none where nothing happened', () => {
    expect(home().withStore((db) => activeSpans(db, DAY))).toEqual([]);
    expect(home().withStore((db) => activeMs(db, DAY))).toBe(0);
  });
});

describe('steps of equal length', () => {
  it('begin at the span’s beginning and count calls, good, bad and filled in ones', () => {
    home().addToStore(
      at(0),
      failedCall({ at: NOON + 9.99 * MINUTE }),
      toolCall({ at: NOON + 10 * MINUTE, source: 'transcript', outcome: 'unknown' }),
      toolCall({ at: NOON + 45 * MINUTE, outcome: 'expected' }),
      otherEvent('Stop', { at: NOON }),
    );
    const steps = home().withStore((db) =>
      stepCounts(db, { fromAt: NOON, toAt: NOON + 60 * MINUTE }, 10 * MINUTE),
    );
    expect([...steps]).toEqual([
      [0, { calls: 2, good: 1, bad: 1, filledIn: 0 }],
      [1, { calls: 1, good: 0, bad: 0, filledIn: 1 }],
      [4, { calls: 1, good: 1, bad: 0, filledIn: 0 }],
    ]);
  });
});
