import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeOldHome, sizeOfShare } from '../../scripts/old-home/old-home.ts';
import { writeOldHome } from '../../scripts/old-home/write-old-home.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { addRows, hooked, importerOf, oldCalls, THEN_S } from '../../test/support/old-record.ts';
import { createEngine } from '../engine/engine.ts';
import { oldEventsIn } from './old-part.ts';

const home = homePerTest();

const read = (name: 'toolUsage' | 'activity' | 'toolSuccess') =>
  JSON.parse(readFileSync(home().paths.stats[name], 'utf8'));
/** What a statistic says, but for where it comes from. */
const totals = (name: 'toolUsage' | 'activity') => {
  const { generated_at, old_not_imported, ...said } = read(name);
  return said;
};

describe('the old record in the statistics', () => {
  it('is in the totals before it is imported as it is after, and told apart', async () => {
    writeOldHome(makeOldHome(sizeOfShare(0.02), 'part'), home().paths, home().open);
    const importer = importerOf(home());
    home().add(...Array.from({ length: 3 }, (_, i) => toolCall({ id: `toolu_${i}` })));
    const engine = createEngine(home());
    expect(await engine.refresh()).toMatchObject({ ok: true, unreachable: [] });
    const before = { toolUsage: totals('toolUsage'), activity: totals('activity') };
    const { old, ...ours } = read('toolUsage').coverage;
    expect(ours).toEqual({ hook: 3 });
    expect(old).toBe(read('toolUsage').old_not_imported);
    expect(before.toolUsage.total_calls).toBe(3 + old);
    await importer.apply({ again: false });
    await engine.refresh();
    expect(read('toolUsage').old_not_imported).toBeUndefined();
    expect(totals('toolUsage').total_calls).toBe(before.toolUsage.total_calls);
    expect(totals('toolUsage').top_tools).toEqual(before.toolUsage.top_tools);
    expect(totals('activity')).toMatchObject({
      total_events: before.activity.total_events,
      by_type: before.activity.by_type,
      daily_activity: before.activity.daily_activity,
      period: before.activity.period,
    });
    engine.close();
  });

  it('has no part in a rate', async () => {
    importerOf(home());
    addRows(
      home(),
      oldCalls(5).map(({ endedS }) => [endedS, 'Read', null, '/w', '{"exit_code": 1}']),
    );
    home().add(toolCall());
    const engine = createEngine(home());
    await engine.refresh();
    expect(read('toolUsage').total_calls).toBe(6);
    expect(read('toolSuccess')).toMatchObject({ overall_success_rate: 100, sample: 1 });
    engine.close();
  });

  it('is in what the views say of sources, over the span that they show', async () => {
    importerOf(home());
    addRows(
      home(),
      hooked(4).rows.map(({ ts, tool, filePath, pwd }) => [ts, tool, filePath, pwd, null]),
    );
    home().clock.set(THEN_S * 1000 + 3_600_000);
    home().add(toolCall({ at: home().clock.now() }));
    const engine = createEngine(home());
    await engine.refresh();
    expect(engine.readHealth()).toMatchObject({ total: 5, bySource: { hook: 1, old: 4 } });
    expect(engine.readOverview(1).record).toMatchObject({ total: 5, bySource: { old: 4 } });
    home().clock.set(NOON);
    expect(engine.readOverview(1).record).toMatchObject({ total: 0, bySource: { old: 0 } });
    engine.close();
  });

  it('adds nothing where it was not counted', () => {
    expect(oldEventsIn(null, { fromAt: 0, toAt: 1 })).toBe(0);
  });
});
