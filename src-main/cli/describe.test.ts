import { describe, expect, it } from 'vitest';
import type { HealthView, RefreshReport } from '../../src-core/contract/views.ts';
import { fakeHealth } from '../../test/support/fake-health.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { createEngine } from '../engine/engine.ts';
import { describeAge, describeHealth, describeHealthLine, describeRefresh } from './describe.ts';

const REPORT: RefreshReport = {
  ok: true,
  drained: 1200,
  healedToSqlite: 2,
  healedToJsonl: 3,
  duplicates: 0,
  quarantined: 0,
  drift: 0,
  statsWritten: [],
  unreachable: [],
  durationMs: 12,
};

describe('a refresh in words', () => {
  it('is one line where nothing is out of the ordinary', () => {
    expect(describeRefresh(REPORT)).toBe(
      '1,200 captured, 2 added to SQLite, 3 added to JSONL, 0 drift',
    );
  });

  it('says what was odd', () => {
    const text = describeRefresh({
      ...REPORT,
      duplicates: 2,
      quarantined: 1,
      statsWritten: ['a', 'b'],
      drift: 4,
    });
    expect(text.split('\n')).toEqual([
      '1,200 captured, 2 added to SQLite, 3 added to JSONL, 4 drift',
      '2 lines stand twice; none is counted twice',
      '1 things were not understood and are in quarantine',
      '2 statistics files renewed',
    ]);
  });

  it('claims no agreement of stores of which one could not be asked', () => {
    const unreachable = [{ store: '/a.db', reason: 'busy: database is locked' }];
    const text = describeRefresh({ ...REPORT, ok: false, drift: null, unreachable });
    expect(text).toContain('3 added to JSONL, – drift\n');
    expect(text).toContain('/a.db: busy: database is locked');
  });
});

describe('health in words', () => {
  const home = homePerTest();
  const view = (): HealthView => {
    const { paths, open, clock } = home();
    const engine = createEngine({ paths, open, clock });
    try {
      return engine.readHealth();
    } finally {
      engine.close();
    }
  };

  it('is short before install', () => {
    expect(describeHealthLine(view())).toBe('Not installed · 0 events');
  });

  it('says how it stands, what needs attention, how the events add up, and where they lie', async () => {
    home().pretendInstalled();
    home().add(toolCall({ at: NOON - 90_000 }), toolCall({ at: NOON - 90_000, source: 'spool' }));
    await home().refresh();
    expect(describeHealthLine(view())).toBe('Capturing · last event 1 m ago · 0 drift · 2 events');
    home().spool('{}', NOON - 100_000);
    const text = describeHealth(view());
    expect(text).toMatch(/^Needs attention · /);
    expect(text).toContain('! 1 captured events wait to be stored\n  They are safe in the spool.');
    expect(text).toMatch(/^Events +2 = 1 by hook \+ 1 by spool$/m);
    expect(text).toMatch(/^tool-usage +2 in SQLite, +2 in JSONL$/m);
    expect(text).toMatch(/^Database +~\/\.agent-core\/storage\/antigravity\.db$/m);
  });

  it('says what Claude Code deletes next, and whether it is stored', () => {
    const health = fakeHealth(NOON);
    expect(describeHealth(health)).toContain(
      'deletes 3 in 20 h 0 m (all stored); it keeps them 30 days',
    );
    const days = [{ at: NOON - 1, files: 1, bytes: 9, notStored: 1 }];
    const overdue = { ...health, purge: { keptDays: 7, days } };
    expect(describeHealth(overdue)).toContain('deletes 1 today (1 not stored)');
    expect(describeHealth({ ...health, purge: { keptDays: 7, days: [] } })).not.toMatch(/deletes/);
  });
});

describe('an age', () => {
  it.each([
    [-5, '0 s'],
    [59_400, '59 s'],
    [60_000, '1 m'],
    [3_599_000, '59 m'],
    [3_600_000, '1 h 0 m'],
    [47.5 * 3_600_000, '47 h 30 m'],
    [48 * 3_600_000, '2 d'],
  ])('of %d ms is %s', (ms, text) => {
    expect(describeAge(ms)).toBe(text);
  });
});
