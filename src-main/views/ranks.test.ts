import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type RankedBy, RanksView, type ViewFilter } from '../../src-core/contract/work.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { PLAIN_HEALTH } from '../../test/support/plain-health.ts';
import { createZone } from '../stats/zone.ts';
import { everything } from './filter.ts';
import { ranksView } from './ranks.ts';

const DAY = 86_400_000;
const home = homePerTest();
const zone = createZone('UTC');

function ranks(by: RankedBy, filter: Partial<ViewFilter> = {}, chosen: string | null = null) {
  return v.parse(
    RanksView,
    home().withStore((db) =>
      ranksView(
        { db, zone, now: NOON, health: PLAIN_HEALTH },
        { by, filter: { ...everything, days: 7, ...filter }, chosen },
      ),
    ),
  );
}
const figure = (view: RanksView, name: string) => {
  const found = view.figures.find((each) => each.name === name);
  return [found?.value, found?.previous];
};

function tellWork(): void {
  home().addToStore(
    toolCall({ at: NOON - 5, tool: 'Read', command: null, durationMs: 10 }),
    toolCall({ at: NOON - 4, command: 'git push', durationMs: 30 }),
    failedCall({ at: NOON - 3, command: 'npm test', durationMs: 50, errorClass: 'other' }),
    toolCall({ at: NOON - 2, command: 'npm run build', durationMs: 20, outcome: 'interrupted' }),
    // The week before.
    toolCall({ at: NOON - 8 * DAY, command: 'npm test' }),
  );
}

describe('tools', () => {
  it('are ranked by their calls, with what is known of how they ended', () => {
    tellWork();
    const view = ranks('tool');
    expect(
      view.rows.map(({ name, calls, errors, success }) => [name, calls, errors, success]),
    ).toEqual([
      ['Bash', 3, 1, 0.5],
      ['Read', 1, 0, 1],
    ]);
    expect(view.rows[0]?.medianMs).toBe(30);
    expect(view.rows[0]?.series.reduce((sum, value) => sum + value, 0)).toBe(3);
    expect(figure(view, 'calls')).toEqual([4, 1]);
    expect(figure(view, 'success')).toEqual([2 / 3, 1]);
  });

  it('have behind them their outcomes, projects and latest failures', () => {
    tellWork();
    const { detail } = ranks('tool', {}, 'Bash');
    expect(detail?.lists[0]).toMatchObject({ about: 'outcomes' });
    expect(detail?.lists[0]?.rows.map(({ name, count }) => [name, count])).toEqual([
      ['failed', 1],
      ['interrupted', 1],
      ['succeeded', 1],
    ]);
    expect(detail?.latest.map(({ event }) => event.detail)).toEqual(['npm test']);
    expect(detail?.total).toBe(1);
  });

  it('that nobody called leave a view without rows, not with zeros', () => {
    const view = ranks('tool');
    expect(view.rows).toEqual([]);
    expect(view.detail).toBeNull();
    expect(figure(view, 'success')).toEqual([null, null]);
  });
});

describe('programs', () => {
  it('are told by the command, and have their subcommands behind them', () => {
    tellWork();
    const view = ranks('program', {}, 'npm');
    expect(view.rows.map(({ name, calls }) => [name, calls])).toEqual([
      ['npm', 2],
      ['git', 1],
    ]);
    expect(view.detail?.lists[0]?.rows.map(({ name }) => name).sort()).toEqual([
      'run build',
      'test',
    ]);
  });
});

describe('errors', () => {
  it('are ranked by class; what became of them is not known before the statistics are made', () => {
    tellWork();
    const view = ranks('error');
    expect(view.rows).toHaveLength(1);
    expect(view.rows[0]).toMatchObject({ errors: 1, recovered: null });
    expect(figure(view, 'recovered')).toEqual([null, null]);
    expect(figure(view, 'errors')).toEqual([1, 0]);
  });
});
