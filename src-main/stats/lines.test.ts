import { rmSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { transaction } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { writeShared } from '../../test/support/stats-world.ts';
import { publishStats } from './publish.ts';

const MINUTE = 60_000;
const LATER = NOON + 120 * MINUTE;
const home = homePerTest();

const publish = (now = LATER) =>
  home().withStore((db) => publishStats({ paths: home().paths, db, now, timeZone: 'UTC' }));
const linesOf = (file: 'recoveryOutcomes' | 'flowHistory'): Record<string, unknown>[] =>
  home()
    .text(home().paths.journals[file])
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const statistic = (name: 'recovery' | 'flow'): Record<string, unknown> =>
  JSON.parse(home().text(home().paths.stats[name]));
const amendments = () =>
  home().query('SELECT event_id, field, value FROM hookline_amendment ORDER BY event_id');
const replace = (id: string, members: Partial<CapturedEvent>): void =>
  home().withStore((db) =>
    transaction(db, () => {
      const writer = createEventWriter(db);
      const event = writer.find(id);
      if (event !== null) writer.replace({ ...event, ...members });
    }),
  );

describe('lines of recoveries and of flow', () => {
  it('have the old members with their types, an id and a sum', () => {
    const failed = failedCall({ at: NOON });
    home().addToStore(failed, toolCall({ at: NOON + 2 * MINUTE }));
    publish();
    const [recovery] = linesOf('recoveryOutcomes');
    expect(recovery).toMatchObject({
      ts: (NOON + 2 * MINUTE) / 1000,
      category: 'test_failure',
      action: 'neither',
      auto: false,
      success: true,
      error_hash: expect.stringMatching(/^[0-9a-f]{8}$/),
      details: 'recovered after 1 attempt',
      id: `rc_${failed.id}`,
    });
    const [flow] = linesOf('flowHistory');
    expect(flow).toMatchObject({
      timestamp: '2026-01-26T12:00:00.000Z',
      score: 0.515,
      flow_score: 0.515,
      state: 'working',
      tools: 2,
      id: `fl_${NOON / 900_000}`,
    });
    expect([recovery, flow].every((line) => line !== undefined && hasRightSum(line))).toBe(true);
  });

  it('are no lines of other programs', () => {
    writeShared(home(), 'recoveryOutcomes', [{ ts: 1, category: 'git', success: false }]);
    home().addToStore(failedCall({ at: NOON }), toolCall({ at: NOON + MINUTE }));
    publish();
    expect(linesOf('recoveryOutcomes')).toHaveLength(2);
    expect(statistic('recovery')).toMatchObject({ from_other_programs: 1, total_recoveries: 2 });
    expect(statistic('flow')).toMatchObject({ from_other_programs: 0, total_measurements: 1 });
  });

  it('wait until what they tell can hardly change', () => {
    home().addToStore(failedCall({ at: NOON }), toolCall({ at: NOON + MINUTE }));
    publish(NOON + 30 * MINUTE);
    expect([linesOf('recoveryOutcomes'), linesOf('flowHistory')]).toEqual([[], []]);
    publish(NOON + 40 * MINUTE);
    expect(linesOf('recoveryOutcomes')).toHaveLength(1);
    expect(linesOf('flowHistory')).toEqual([]);
    publish(NOON + 46 * MINUTE);
    expect(linesOf('flowHistory')).toHaveLength(1);
  });

  it('tell nothing of an error that is still open', () => {
    home().addToStore(failedCall({ at: NOON }), toolCall({ at: NOON, command: 'ls' }));
    publish();
    expect(linesOf('recoveryOutcomes')).toEqual([]);
  });

  it('are written once, whatever happens afterwards', () => {
    home().addToStore(failedCall({ at: NOON }), toolCall({ at: NOON + MINUTE }));
    publish();
    home().addToStore(toolCall({ at: NOON + 90 * MINUTE }));
    publish();
    publish();
    expect(linesOf('recoveryOutcomes')).toHaveLength(1);
    expect(linesOf('flowHistory')).toHaveLength(1);
  });

  it('are written once also where a run died before it could note them', () => {
    home().addToStore(failedCall({ at: NOON }), toolCall({ at: NOON + MINUTE }));
    home().withStore((db) => {
      publishStats({ paths: home().paths, db, now: LATER, timeZone: 'UTC' });
      // What the run that died would have left: its lines, and a store that knows nothing of them.
      db.exec(`DELETE FROM hookline_line; DELETE FROM hookline_cursor WHERE stream LIKE 'foreign%';
        UPDATE hookline_rollup_episode SET is_told = 0; UPDATE hookline_rollup_quarter SET is_told = 0`);
    });
    publish();
    expect(linesOf('recoveryOutcomes')).toHaveLength(1);
    expect(linesOf('flowHistory')).toHaveLength(1);
  });

  it('are written again, under the same ids, into a file that was deleted', () => {
    home().addToStore(failedCall({ at: NOON }), toolCall({ at: NOON + MINUTE }));
    publish();
    const before = [linesOf('recoveryOutcomes'), linesOf('flowHistory')];
    rmSync(home().paths.journals.recoveryOutcomes);
    truncateSync(home().paths.journals.flowHistory, 0);
    publish();
    expect([linesOf('recoveryOutcomes'), linesOf('flowHistory')]).toEqual(before);
  });

  it('stay when they turn out wrong, and amendments say what is right', () => {
    const failed = failedCall({ at: NOON });
    const mended = toolCall({ at: NOON + MINUTE });
    home().addToStore(failed, mended, toolCall({ at: NOON + 90 * MINUTE, command: 'ls' }));
    publish();
    const before = linesOf('recoveryOutcomes');
    replace(mended.id, { outcome: 'failed' });
    publish();
    expect(linesOf('recoveryOutcomes')).toEqual(before);
    expect(amendments()).toEqual([
      { event_id: `fl_${NOON / 900_000}`, field: 'outcome', value: '"0.365"' },
      { event_id: `rc_${failed.id}`, field: 'outcome', value: '"abandoned"' },
    ]);
    expect(statistic('recovery')).toMatchObject({ recovered: 0, abandoned: 1 });
  });

  it('that tell of what never was are taken back by an amendment', () => {
    const failed = failedCall({ at: NOON });
    home().addToStore(failed, toolCall({ at: NOON + MINUTE }));
    publish();
    replace(failed.id, { outcome: 'succeeded' });
    publish();
    expect(amendments()).toContainEqual({
      event_id: `rc_${failed.id}`,
      field: 'outcome',
      value: 'null',
    });
  });
});
