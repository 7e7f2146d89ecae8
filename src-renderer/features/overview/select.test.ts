import { describe, expect, it } from 'vitest';
import type { OverviewView } from '../../../src-core/contract/views.ts';
import { FAKE_NOW } from '../../../test/support/fake-history.ts';
import { fakeOverview } from '../../../test/support/fake-overview.ts';
import { createFormat } from '../../data/format.ts';
import { activityOf } from './activity-points.ts';
import {
  busiestHour,
  kpisOf,
  outcomesOf,
  provenanceOf,
  rangeWords,
  recordHeading,
  recordLegend,
} from './select.ts';

const format = createFormat('en-GB', 'UTC');
const month = fakeOverview(30, FAKE_NOW);
const fresh = { isStale: false, format };
const withRecord = (change: Partial<OverviewView['record']>): OverviewView => ({
  ...month,
  record: { ...month.record, ...change },
});

describe('the record of a range', () => {
  it('is complete when as much is stored as was seen', () => {
    const { title, detail } = recordHeading(month, fresh);
    const stored = format.count(month.record.total);
    expect([title, detail]).toEqual(['Record complete', `${stored} seen = ${stored} stored`]);
  });

  it('is not called complete when nobody has looked for what is missing', () => {
    const { shape, title, detail } = recordHeading(withRecord({ missing: null }), fresh);
    expect([shape, title]).toEqual(['pass', 'Stores agree']);
    expect(detail).toContain('missing not known');
  });

  it('joins seen and stored with no equals sign when they differ', () => {
    const { title, detail } = recordHeading(withRecord({ missing: 1204 }), fresh);
    expect(title).toBe('1,204 missing');
    expect(detail).not.toContain('=');
  });

  it('has a sum that does not add up as its headline, whatever else is said', () => {
    const { shape, title } = recordHeading(withRecord({ total: month.record.total + 1 }), fresh);
    expect([shape, title]).toEqual(['failed', 'The sources do not add up']);
  });

  it('reaches only to the last reading when that is old', () => {
    expect(recordHeading(month, { isStale: true, format }).title).toBe('Record, to 14:44');
  });

  it('lists rare sources only when there are any', () => {
    const names = (view: OverviewView): string =>
      recordLegend(view, format)
        .map((entry) => entry.name)
        .join(' ');
    expect(names(month)).toBe('hook transcript journal spool missing');
    const bySource = { ...month.record.bySource, spool: 0, old: 7 };
    expect(names(withRecord({ bySource }))).toBe('hook transcript journal old missing');
  });

  it('counts a source that main does not name as none', () => {
    const { sentence, mark } = provenanceOf(
      withRecord({ total: 5, bySource: { hook: 5 } }),
      format,
    );
    expect([mark, sentence]).toEqual(['hook', '100.0% by hook']);
  });
});

describe('the figures', () => {
  const only = (key: keyof OverviewView['kpis'], value: number | null, previous: number | null) => {
    const view = { ...month, kpis: { ...month.kpis, [key]: { value, previous } } };
    const index = ['calls', 'success', 'errors', 'sessions', 'activeMs'].indexOf(key);
    const kpi = kpisOf(view, format)[index];
    return kpi?.change === null || kpi === undefined
      ? null
      : [kpi.change.shape, kpi.change.mood, kpi.change.words.replaceAll('\u202f', ' '), kpi.was];
  };

  it('call more calls neither better nor worse', () => {
    expect(only('calls', 41_543, 37_912)).toEqual(['up', 'neutral', '9.6%', '37,912']);
  });

  it('call fewer errors and more success better', () => {
    expect(only('errors', 1494, 1657)).toEqual(['down', 'better', '9.8%', '1,657']);
    expect(only('success', 0.964, 0.956)).toEqual(['up', 'better', '0.8 pt', '95.6%']);
    expect(only('success', 0.95, 0.956)?.[1]).toBe('worse');
  });

  it('call a change that would read 0.0 none', () => {
    expect(only('success', 0.9641, 0.9639)).toEqual(['same', 'neutral', 'no change', '96.4%']);
  });

  it('make no percentage of a change from nothing', () => {
    expect(only('errors', 3, 0)).toEqual(['up', 'worse', 'from 0', null]);
  });

  it('compare with nothing when either side is not known', () => {
    expect(only('calls', 10, null)).toBeNull();
    expect(only('success', null, 0.9)).toBeNull();
  });
});

describe('outcomes', () => {
  it('stand in reading order, absent ones as zero', () => {
    const view = { ...month, outcomes: [{ outcome: 'failed' as const, count: 3 }] };
    const { total, rows } = outcomesOf(view);
    expect(total).toBe(3);
    expect(rows.map((row) => `${row.outcome} ${row.count}`).slice(0, 3)).toEqual([
      'succeeded 0',
      'expected 0',
      'failed 3',
    ]);
  });

  it('have no shares of no calls', () => {
    expect(outcomesOf({ ...month, outcomes: [] }).rows[0]?.share).toBeNull();
  });
});

describe('the busiest hour', () => {
  it('is none when nothing was called', () => {
    expect(busiestHour([[null, 0], []])).toBeNull();
  });

  it('is the first of the largest means', () => {
    expect(busiestHour([[1, 4, null], [4]])).toEqual({ weekday: 0, hour: 1, calls: 4 });
  });
});

describe('the range', () => {
  it('is told as far as it was read', () => {
    expect(rangeWords(month, format)).toBe('26 Oct – 24 Nov, 14:45');
    expect(rangeWords(fakeOverview(1, FAKE_NOW), format)).toBe('24 Nov, 00:00 – 14:45');
  });
});

describe('activity', () => {
  const labels = (view: OverviewView): string[] =>
    activityOf(view, format).ticks.map((tick) => tick.label);

  it('labels Mondays of a month and today', () => {
    expect(labels(month)).toEqual(['26 Oct', '2 Nov', '9 Nov', '16 Nov', 'today']);
  });

  it('labels every day of a week', () => {
    expect(labels(fakeOverview(7, FAKE_NOW))).toHaveLength(7);
  });

  it('labels the hours of a day and now', () => {
    expect(labels(fakeOverview(1, FAKE_NOW))).toEqual(['00:00', '06:00', 'now']);
  });

  it('folds more days than can be drawn into weeks, losing no call', () => {
    const day = 86_400_000;
    const points = Array.from({ length: 900 }, (_, index) => ({
      at: month.range.toAt - (month.range.toAt % day) - (899 - index) * day,
      calls: index % 7,
      errors: index % 2,
      filledIn: 0,
    }));
    const {
      unit,
      points: weeks,
      ticks,
    } = activityOf({ ...month, activity: { unit: 'day', points } }, format);
    const sum = (values: readonly { readonly calls: number }[]): number =>
      values.reduce((total, value) => total + value.calls, 0);
    expect(unit).toBe('week');
    expect(weeks.length).toBeLessThan(132);
    expect(ticks.length).toBeLessThan(8);
    expect(sum(weeks)).toBe(sum(points));
  });

  it('never draws more filled-in calls than calls', () => {
    const points = [{ at: FAKE_NOW, calls: 3, errors: 0, filledIn: 9 }];
    const view = { ...month, activity: { unit: 'day' as const, points } };
    expect(activityOf(view, format).points[0]?.filledIn).toBe(3);
  });
});
