import { describe, expect, it } from 'vitest';
import type { HealthView } from '../../../src-core/contract/views.ts';
import { fakeHealth } from '../../../test/support/fake-health.ts';
import { FAKE_NOW } from '../../../test/support/fake-history.ts';
import { createFormat } from '../../data/format.ts';
import { checksOf, equationOf, equationVerdict, streamDifference } from './select.ts';

const format = createFormat('en-GB', 'UTC');
const healthy = fakeHealth(FAKE_NOW);
const withDrift = (drift: number | null): HealthView => ({
  ...healthy,
  health: { ...healthy.health, drift },
});
const words = (view: HealthView): string =>
  checksOf(view, FAKE_NOW, format)
    .map((check) => `${check.shape} ${check.words}`)
    .join(' | ')
    .replaceAll('\u202f', ' ');

describe('the equation', () => {
  it('adds up in its own digits', () => {
    const { terms, difference } = equationOf(healthy);
    expect(terms.reduce((sum, term) => sum + term.count, 0)).toBe(healthy.total);
    expect(difference).toBe(0);
  });

  it('leaves out spool and old records when there are none, never the others', () => {
    const view = { ...healthy, total: 0, bySource: {} };
    expect(equationOf(view).terms.map((term) => term.source)).toEqual([
      'hook',
      'journal',
      'transcript',
    ]);
  });

  it.each([
    ['pass', 'Every event is in both stores.', withDrift(0)],
    ['note', '12 in one store only.', withDrift(12)],
    ['unknown', 'The stores have not been compared yet.', withDrift(null)],
    ['failed', 'The sources are 3 apart from the total.', { ...healthy, total: healthy.total - 3 }],
  ])('says %s: %s', (shape, sentence, view) => {
    expect(equationVerdict(view, format)).toEqual({ shape, words: sentence });
  });
});

describe('streams', () => {
  it('have no difference when a store could not be counted', () => {
    const stream = { name: 's', healed: 0, duplicates: 0, quarantined: 0 };
    expect(streamDifference({ ...stream, inSqlite: 5, inJsonl: null })).toBeNull();
    expect(streamDifference({ ...stream, inSqlite: 5, inJsonl: 7 })).toBe(2);
  });
});

describe('the checks', () => {
  it('pass when nothing waits and nothing is damaged', () => {
    expect(words(healthy)).toBe(
      'pass in place, version 0.1.0 | pass node 24.21.0, and 1 more | pass nothing waits | pass no damaged line | pass none today',
    );
  });

  it('name what waits, what is damaged and what went wrong', () => {
    const view: HealthView = {
      ...healthy,
      spool: { waiting: 1, oldestAt: FAKE_NOW - 14 * 60_000 },
      quarantine: 2,
      hookErrors: { today: 3, last: { at: FAKE_NOW - 60_000, message: 'locked' } },
      hook: { installed: false, version: null, runtimes: [] },
    };
    expect(words(view)).toBe(
      'failed not installed | note none usable; the app takes events over | note 1 event waits, oldest 14 m | note 2 damaged lines kept aside | note 3 today, last at 14:44: locked',
    );
  });

  it('call a hook that was never installed no failure', () => {
    const view: HealthView = {
      ...healthy,
      health: { ...healthy.health, state: 'not-installed' },
      hook: { ...healthy.hook, installed: false },
    };
    expect(words(view)).toContain('unknown not installed');
  });
});
