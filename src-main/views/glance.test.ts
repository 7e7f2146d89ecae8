import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { GlanceView } from '../../src-core/contract/views.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import { PLAIN_HEALTH } from '../../test/support/plain-health.ts';
import { createZone } from '../stats/zone.ts';
import { glanceView } from './glance.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const home = homePerTest();

function glance(now = NOON, timeZone = 'UTC'): GlanceView {
  const zone = createZone(timeZone);
  const view = home().withStore((db) => glanceView({ db, zone, now, health: PLAIN_HEALTH }));
  return v.parse(GlanceView, view);
}

const sum = (series: readonly (number | null)[]): number =>
  series.reduce<number>((total, value) => total + (value ?? 0), 0);

describe('the glance', () => {
  it('is empty and whole before there is a database', () => {
    const view = glanceView({ db: null, zone: createZone('UTC'), now: NOON, health: PLAIN_HEALTH });
    expect(v.parse(GlanceView, view)).toMatchObject({
      today: { calls: { total: 0 }, success: { rate: null, sample: 0 }, active: { spans: [] } },
      yesterday: null,
      liveSessions: [],
      lastErrors: [],
    });
    expect(view.today.calls.series).toHaveLength(view.today.buckets);
  });

  it('is empty and whole where nothing was recorded yet', () => {
    expect(glance()).toMatchObject({
      today: { calls: { total: 0 }, success: { rate: null, sample: 0 }, sessions: { total: 0 } },
      yesterday: null,
    });
  });

  it('counts today’s calls, errors and sessions, and rates what can be rated', () => {
    home().addToStore(
      sessionEvent('SessionStart', { at: NOON - 2 * HOUR }),
      toolCall({ at: NOON - HOUR }),
      toolCall({ at: NOON - HOUR, outcome: 'denied' }),
      failedCall({ at: NOON - HOUR + 1, sessionId: 'b' }),
      otherEvent('Stop', { at: NOON }),
      toolCall({ at: NOON - 13 * HOUR }),
      toolCall({ at: NOON + 1 }),
    );
    expect(glance().today).toMatchObject({
      calls: { total: 3 },
      success: { rate: 0.5, sample: 2 },
      errors: { total: 1 },
      sessions: { total: 2 },
    });
  });

  it('draws all of it: each series adds up to its total', () => {
    home().addToStore(
      ...Array.from({ length: 95 }, (_, i) => {
        const members = { at: NOON - i * 7 * MINUTE };
        return i % 3 === 0 ? failedCall(members) : toolCall(members);
      }),
    );
    const { today } = glance();
    expect(today.buckets).toBe(today.calls.series.length);
    expect(sum(today.calls.series)).toBe(today.calls.total);
    expect(sum(today.errors.series)).toBe(today.errors.total);
    expect(today.calls.total).toBe(95);
  });

  it('leaves a bucket without rated calls out of the rate’s line', () => {
    home().addToStore(
      toolCall({ at: NOON }),
      toolCall({ at: NOON - 30 * MINUTE, outcome: 'unknown' }),
    );
    const { series } = glance().today.success;
    expect(series.at(-1)).toBe(1);
    expect(series.filter((value) => value !== null)).toHaveLength(1);
  });

  it('names the last three errors of today, newest first', () => {
    const names = ['a', 'b', 'c', 'd'];
    home().addToStore(
      ...names.map((name, i) => failedCall({ command: name, at: NOON - 10 + i })),
      failedCall({ command: 'yesterday', at: NOON - DAY }),
    );
    expect(glance().lastErrors.map(({ detail }) => detail)).toEqual(['d', 'c', 'b']);
  });

  it('compares with yesterday, and with nothing where nothing is known of it', () => {
    home().addToStore(toolCall({ at: NOON }));
    expect(glance().yesterday).toBeNull();
    home().addToStore(toolCall({ at: NOON - DAY }), failedCall({ at: NOON - DAY, sessionId: 'b' }));
    expect(glance().yesterday).toEqual({ calls: 2, sessions: 2, errors: 1 });
  });

  it('shows stretches of work and their sum', () => {
    home().addToStore(
      toolCall({ at: NOON - HOUR }),
      toolCall({ at: NOON - HOUR + MINUTE }),
      toolCall({ at: NOON }),
    );
    expect(glance().today.active).toEqual({
      totalMs: MINUTE,
      spans: [
        [NOON - HOUR, NOON - HOUR + MINUTE],
        [NOON, NOON],
      ],
    });
  });

  it('counts a session in every step from its first to its last event', () => {
    home().addToStore(
      toolCall({ sessionId: 'a', at: NOON - 40 * MINUTE }),
      toolCall({ sessionId: 'a', at: NOON - 20 * MINUTE }),
      toolCall({ sessionId: 'b', at: NOON - 20 * MINUTE }),
    );
    expect(glance().today.sessions.series.slice(-6)).toEqual([0, 1, 1, 2, 0, 0]);
  });
});

describe('the glance’s axis', () => {
  const axis = (now: number, timeZone?: string) => {
    const { fromAt, buckets, stepMs } = glance(now, timeZone).today;
    return { from: new Date(fromAt).toISOString().slice(11, 16), buckets, stepMs };
  };

  it('begins at the hour of the day’s first event and holds now in its last bucket', () => {
    home().addToStore(toolCall({ at: NOON - 5.5 * HOUR }));
    expect(axis(NOON)).toEqual({ from: '06:00', buckets: 37, stepMs: 10 * MINUTE });
  });

  it('is at least four hours long', () => {
    home().addToStore(toolCall({ at: NOON - 5 * MINUTE }));
    expect(axis(NOON + 3 * MINUTE)).toEqual({ from: '08:00', buckets: 25, stepMs: 10 * MINUTE });
  });

  it('never begins before midnight', () => {
    const night = NOON - 11 * HOUR;
    home().addToStore(toolCall({ at: night - 2 * HOUR }), toolCall({ at: night }));
    expect(axis(night)).toEqual({ from: '00:00', buckets: 7, stepMs: 10 * MINUTE });
  });

  it('begins at local hours and local midnight', () => {
    home().addToStore(toolCall({ at: NOON - 6 * HOUR }));
    // Half past eleven there, and the hour began at half past five in UTC.
    expect(axis(NOON, 'Asia/Kolkata').from).toBe('05:30');
    expect(new Date(glance(NOON, 'Pacific/Kiritimati').today.fromAt).toISOString()).toBe(
      '2026-01-26T10:00:00.000Z',
    );
  });

  it('holds a whole day of 25 hours', () => {
    const end = Date.UTC(2026, 10, 2, 4, 59);
    home().addToStore(toolCall({ at: Date.UTC(2026, 10, 1, 4) }), toolCall({ at: end }));
    const { today } = glance(end, 'America/New_York');
    expect(today.buckets).toBe(150);
    expect([today.calls.total, sum(today.calls.series)]).toEqual([2, 2]);
  });

  it('is not stretched by an event that claims to come later', () => {
    home().addToStore(
      toolCall({ at: NOON + 5 * HOUR, sessionId: 'later' }),
      toolCall({ at: NOON }),
    );
    const { today } = glance();
    expect([today.buckets, today.calls.total]).toEqual([25, 1]);
    expect(today.sessions.series).toHaveLength(25);
  });
});
