import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OverviewView, type RangeDays } from '../../src-core/contract/views.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, otherEvent, toolCall } from '../../test/support/make-event.ts';
import { PLAIN_HEALTH } from '../../test/support/plain-health.ts';
import { createZone } from '../stats/zone.ts';
import { overviewView } from './overview.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const home = homePerTest();

function overview(days: RangeDays, now = NOON, timeZone = 'UTC'): OverviewView {
  const zone = createZone(timeZone);
  const view = home().withStore((db) =>
    overviewView({ db, zone, now, days, health: PLAIN_HEALTH }),
  );
  return v.parse(OverviewView, view);
}
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('the overview', () => {
  it.each<RangeDays>([0, 1, 7, 30, 90])(
    'of %d days is empty and whole before there is a database',
    (days) => {
      const zone = createZone('UTC');
      const view = v.parse(
        OverviewView,
        overviewView({ db: null, zone, now: NOON, days, health: PLAIN_HEALTH }),
      );
      expect(view).toMatchObject({ record: { total: 0 }, recent: [], tools: [] });
      expect(view.activity.unit).toBe(days === 1 ? 'hour' : 'day');
    },
  );

  it.each<RangeDays>([0, 1, 7, 30, 90])(
    'of %d days is whole where nothing was recorded yet',
    (days) => {
      expect(overview(days)).toMatchObject({
        record: { total: 0, bySource: { hook: 0 } },
        kpis: { calls: { value: 0, previous: null }, success: { value: null, previous: null } },
      });
    },
  );

  it('begins at local midnight of the first day and ends now', () => {
    expect(overview(1).range).toEqual({ days: 1, fromAt: NOON - 12 * HOUR, toAt: NOON + 1 });
    expect(iso(overview(7).range.fromAt)).toBe('2026-01-20T00:00');
    expect(iso(overview(7, NOON, 'Asia/Kolkata').range.fromAt)).toBe('2026-01-19T18:30');
  });

  it('begins with the day of the first event when all is asked for', () => {
    home().addToStore(toolCall({ at: NOON - 400 * DAY }));
    const { range, activity } = overview(0);
    expect(iso(range.fromAt)).toBe('2024-12-22T00:00');
    expect(activity.points).toHaveLength(401);
  });

  it('adds up: points, ticks, outcomes, tools and sources give one total', () => {
    home().addToStore(
      ...Array.from({ length: 150 }, (_, i) => {
        const members = { at: NOON - i * 2 * HOUR, tool: `Tool${i % 13}` };
        return i % 4 === 0 ? failedCall(members) : toolCall(members);
      }),
    );
    const view = overview(30);
    const total = view.kpis.calls.value;
    expect(total).toBe(150);
    expect(sum(view.activity.points.map(({ calls }) => calls))).toBe(total);
    expect(sum(view.activity.points.map(({ errors }) => errors))).toBe(view.kpis.errors.value);
    expect(sum(view.record.ticks)).toBe(total);
    expect(sum(view.outcomes.map(({ count }) => count))).toBe(total);
    expect(sum(view.tools.map(({ calls }) => calls)) + view.otherTools.calls).toBe(total);
    expect(sum(Object.values(view.record.bySource))).toBe(view.record.total);
    expect(view.tools).toHaveLength(9);
    expect(view.otherTools.tools).toBe(4);
  });

  it('rates each tool by what can be rated', () => {
    home().addToStore(
      toolCall({ tool: 'Bash' }),
      failedCall({ tool: 'Bash' }),
      toolCall({ tool: 'Bash', outcome: 'denied' }),
      toolCall({ tool: 'Agent', outcome: 'unknown' }),
    );
    expect(overview(7).tools).toEqual([
      { tool: 'Bash', calls: 3, failed: 1, successRate: 0.5 },
      { tool: 'Agent', calls: 1, failed: 0, successRate: null },
    ]);
  });

  it('compares with as many days before, up to the same time of day', () => {
    home().addToStore(
      toolCall({ at: NOON }),
      toolCall({ at: NOON - 7 * DAY }),
      failedCall({ at: NOON - 8 * DAY }),
      toolCall({ at: NOON - 7 * DAY + HOUR }),
      toolCall({ at: NOON - 14 * DAY }),
    );
    expect(overview(7).kpis).toMatchObject({
      calls: { value: 1, previous: 2 },
      success: { value: 1, previous: 0.5 },
      errors: { value: 0, previous: 1 },
      sessions: { value: 1, previous: 1 },
    });
    expect(overview(1).kpis.calls).toEqual({ value: 1, previous: null });
  });

  it('compares with nothing where nothing is known of the days before', () => {
    home().addToStore(toolCall());
    const { kpis } = overview(7);
    expect(Object.values(kpis).map(({ previous }) => previous)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(Object.values(overview(0).kpis).map(({ previous }) => previous)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('does not compare a long day with a part of itself', () => {
    // The evening of a day of 25 hours: as long before, yesterday would reach into today.
    const now = Date.UTC(2026, 10, 2, 4, 30);
    home().addToStore(
      toolCall({ at: Date.UTC(2026, 10, 1, 4, 10) }),
      toolCall({ at: Date.UTC(2026, 9, 31, 12) }),
    );
    expect(overview(1, now, 'America/New_York').kpis.calls).toEqual({ value: 1, previous: 1 });
  });

  it('shows the newest events of the range', () => {
    home().addToStore(
      ...Array.from({ length: 20 }, (_, i) => toolCall({ at: NOON - i, command: `c${i}` })),
      otherEvent('Stop', { at: NOON + 1 }),
    );
    const { recent } = overview(7);
    expect(recent.map(({ detail }) => detail)).toEqual(
      Array.from({ length: 12 }, (_, i) => `c${i}`),
    );
  });
});

describe('the overview’s points', () => {
  it('are hours of one day, gaps filled with zeros', () => {
    home().addToStore(
      toolCall({ at: NOON - 11 * HOUR }),
      failedCall({ at: NOON - 3 * HOUR }),
      toolCall({ at: NOON, source: 'transcript' }),
    );
    const { unit, points } = overview(1).activity;
    expect(unit).toBe('hour');
    expect(points).toHaveLength(13);
    expect(points.map(({ calls }) => calls)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]);
    expect(points.at(-1)).toEqual({ at: NOON, calls: 1, errors: 0, filledIn: 1 });
  });

  it('are days of several, each beginning at local midnight, also when clocks change', () => {
    const now = Date.UTC(2026, 10, 4, 12);
    home().addToStore(
      toolCall({ at: Date.UTC(2026, 10, 2, 4, 59) }),
      toolCall({ at: Date.UTC(2026, 10, 2, 5) }),
    );
    const { points } = overview(7, now, 'America/New_York').activity;
    expect(points.map(({ at, calls }) => [iso(at), calls])).toEqual([
      ['2026-10-29T04:00', 0],
      ['2026-10-30T04:00', 0],
      ['2026-10-31T04:00', 0],
      ['2026-11-01T04:00', 1],
      ['2026-11-02T05:00', 1],
      ['2026-11-03T05:00', 0],
      ['2026-11-04T05:00', 0],
    ]);
  });

  it.each([
    ['America/New_York', Date.UTC(2026, 2, 8, 5), 23],
    ['America/New_York', Date.UTC(2026, 10, 1, 4), 25],
    ['Australia/Lord_Howe', Date.UTC(2026, 9, 3, 13, 30), 23.5],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 13), 24.5],
    ['America/Sao_Paulo', Date.UTC(2017, 9, 15, 3), 23],
  ])('lose no call of a day on which clocks change in %s', (timeZone, start, hours) => {
    const count = hours * 4;
    home().addToStore(
      ...Array.from({ length: count }, (_, i) => toolCall({ at: start + i * HOUR * 0.25 })),
    );
    const view = overview(1, start + hours * HOUR - 1, timeZone);
    expect(view.range.fromAt).toBe(start);
    const { points } = view.activity;
    expect(sum(points.map(({ calls }) => calls))).toBe(count);
    expect(points.map(({ at }) => at)).toEqual(
      points.map(({ at }) => at).toSorted((a, b) => a - b),
    );
  });
});

describe('the overview’s week', () => {
  it('has seven days from Monday and 24 hours, and means of calls an hour', () => {
    // Two Mondays, ten calls in one noon hour and none in the other.
    home().addToStore(
      ...Array.from({ length: 10 }, (_, i) => toolCall({ at: NOON - 7 * DAY + i * 60_000 })),
    );
    const { heat } = overview(30, NOON + HOUR - 1);
    expect(heat).toHaveLength(7);
    expect(heat.map((row) => row.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
    expect(heat[0]?.[12]).toBe(5);
    expect(heat[1]?.[12]).toBe(0);
  });

  it('knows nothing of hours that the range does not hold', () => {
    home().addToStore(toolCall({ at: NOON - 2 * HOUR }));
    const { heat } = overview(1);
    expect(heat[0]?.slice(9, 14)).toEqual([null, 1, 0, 0, null]);
    expect(heat[1]?.every((cell) => cell === null)).toBe(true);
  });

  it('is the week of the chosen zone', () => {
    home().addToStore(toolCall({ at: NOON }));
    const { heat } = overview(1, NOON, 'Pacific/Kiritimati');
    expect(heat[1]?.[2]).toBe(1);
  });
});
