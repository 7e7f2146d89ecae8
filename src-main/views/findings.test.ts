import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Finding } from '../../src-core/contract/views.ts';
import { NOON } from '../../test/support/make-event.ts';
import { findingsOf, type Situation } from './findings.ts';

const HEALTHY: Situation = {
  now: NOON,
  hook: {
    hasLauncher: true,
    isRegistered: true,
    missingEvents: [],
    areHooksDisabled: false,
    version: '0.1.0',
  },
  silence: null,
  drift: 0,
  unreachable: [],
  unreachableSinceAt: null,
  spool: { waiting: 0, oldestAt: null },
  gaps: [],
  quarantine: 0,
  hookErrorsToday: 0,
  isOverBudget: false,
  settingsProblems: [],
  setAside: [],
  sums: { isRebuilding: false, mismatches: [] },
  purge: null,
};
const find = (members: Partial<Situation>): Finding[] =>
  v.parse(v.array(Finding), findingsOf({ ...HEALTHY, ...members }));

describe('findings', () => {
  it('tell of events that were not kept, when, and what makes it end', () => {
    const gap = { fromAt: NOON - 5000, toAt: NOON, count: 3, isOpen: true, span: '24 Nov, 11:00' };
    expect(find({ gaps: [gap, { ...gap, count: 1, isOpen: false }] })).toMatchObject([
      { severity: 'attention', title: '3 events were not kept', action: 'refresh' },
      { severity: 'note', title: '1 event was not kept', sinceAt: NOON - 5000 },
    ]);
  });

  it('are none where all is well, and where nothing was compared yet', () => {
    expect(find({})).toEqual([]);
    expect(find({ drift: null })).toEqual([]);
  });

  it('warn of transcripts that are about to be deleted and are not stored, and of no others', () => {
    const purge = { keptDays: 30, files: 3, notStored: 2, at: NOON + 5000 };
    expect(find({ purge })).toMatchObject([
      { code: 'purge', severity: 'attention', sinceAt: NOON + 5000 },
    ]);
    expect(find({ purge: { ...purge, notStored: 0 } })).toEqual([]);
  });

  it('say that the sums are made anew, and that some of them were wrong', () => {
    expect(find({ sums: { isRebuilding: true, mismatches: [] } })).toMatchObject([
      { code: 'sums-rebuilding', severity: 'note' },
    ]);
    const [wrong] = find({ sums: { isRebuilding: false, mismatches: ['quarter 7'] } });
    expect(wrong).toMatchObject({ code: 'sums-corrected', severity: 'note' });
    expect(wrong?.detail).toContain('quarter 7');
    expect(find({ sums: null })).toEqual([]);
  });

  it('say nothing of the hook before it is installed', () => {
    const hook = { ...HEALTHY.hook, hasLauncher: false, isRegistered: false };
    expect(find({ hook })).toEqual([]);
  });

  it('say that hooks are missing, and that all hooks are switched off', () => {
    expect(find({ hook: { ...HEALTHY.hook, isRegistered: false } })).toMatchObject([
      { code: 'hooks-missing', severity: 'attention', action: 'install' },
    ]);
    expect(find({ hook: { ...HEALTHY.hook, hasLauncher: false } })).toMatchObject([
      { code: 'launcher-missing', action: 'install' },
    ]);
    expect(find({ hook: { ...HEALTHY.hook, missingEvents: ['Stop'] } })).toMatchObject([
      { code: 'hooks-changed', action: 'install', detail: expect.stringContaining('Stop') },
    ]);
    expect(find({ silence: { folder: '/p', sinceAt: 7 } })).toMatchObject([
      { code: 'hooks-silent', severity: 'attention', sinceAt: 7 },
    ]);
    expect(find({ hook: { ...HEALTHY.hook, areHooksDisabled: true } })).toMatchObject([
      { code: 'hooks-disabled', severity: 'attention' },
    ]);
  });

  it('name each store that cannot be used, and since when', () => {
    const unreachable = [
      { store: '/a.db', reason: 'corrupt: file is not a database' },
      { store: 'tool-usage', reason: 'EISDIR' },
    ];
    expect(find({ unreachable, unreachableSinceAt: NOON - 5 })).toMatchObject([
      {
        code: 'store-unreachable',
        title: '/a.db cannot be used',
        sinceAt: NOON - 5,
        action: 'refresh',
      },
      { code: 'store-unreachable', title: 'tool-usage cannot be used' },
    ]);
  });

  it('count drift', () => {
    expect(find({ drift: 1 })).toMatchObject([
      { code: 'drift', title: '1 event is in one store only' },
    ]);
    expect(find({ drift: 3 })).toMatchObject([{ title: '3 events are in one store only' }]);
  });

  it('say that entries wait in the spool, once they wait for a minute', () => {
    expect(find({ spool: { waiting: 2, oldestAt: NOON - 59_999 } })).toEqual([]);
    expect(find({ spool: { waiting: 2, oldestAt: NOON - 60_000 } })).toMatchObject([
      { code: 'spool-waiting', severity: 'attention', sinceAt: NOON - 60_000, action: 'refresh' },
    ]);
  });

  it('note what needs nobody at once, after what does', () => {
    const codes = find({
      quarantine: 1,
      hookErrorsToday: 2,
      settingsProblems: ['setting timeZone: not a time zone'],
      drift: 1,
    }).map(({ code, severity }) => `${severity} ${code}`);
    expect(codes).toEqual([
      'attention drift',
      'note settings',
      'note quarantine',
      'note hook-errors',
    ]);
    expect(find({ quarantine: 2 })).toMatchObject([{ title: '2 things were not understood' }]);
  });
});
