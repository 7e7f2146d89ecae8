import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeOldHome, sizeOfShare } from '../../scripts/old-home/old-home.ts';
import { writeOldHome } from '../../scripts/old-home/write-old-home.ts';
import { homePerTest } from '../../test/support/home.ts';
import { addLines, addRows, importerOf, THEN_S } from '../../test/support/old-record.ts';

const home = homePerTest();

describe('counting what is not imported', () => {
  it('tells the same as the store does after the import, and nothing then', async () => {
    writeOldHome(makeOldHome(sizeOfShare(0.02), 'count'), home().paths, home().open);
    const importer = importerOf(home());
    const count = () => home().withStore((db) => importer.count(db));
    const before = count();
    await importer.apply({ again: false });
    const byTool = home()
      .query(
        "SELECT tool, count(*) AS n FROM hookline_event WHERE kind = 'tool' GROUP BY 1 ORDER BY n DESC, tool",
      )
      .map(({ tool, n }) => [tool, n]);
    expect(before.tools).toEqual(byTool);
    const quarters = home()
      .query(
        "SELECT at_ms / 900000 AS quarter, count(*) AS n FROM hookline_event WHERE kind <> 'other' GROUP BY 1",
      )
      .map(({ quarter, n }) => [Number(quarter), n]);
    expect(before.quarters.map((one) => [one.quarter, one.calls + one.sessionEvents])).toEqual(
      quarters.filter(([, n]) => Number(n) > 0),
    );
    expect(before.programs.reduce((sum, [, n]) => sum + n, 0)).toBe(
      Number(home().query('SELECT count(command) AS n FROM hookline_event')[0]?.n),
    );
    expect(count().events).toEqual({ calls: 0, sessions: 0, prompts: 0 });
    await importer.undo(1);
    expect(count()).toEqual(before);
  });

  it('does not read again what has not changed, not even in another process', () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const first = importerOf(home());
    home().withStore((db) => {
      const totals = first.count(db);
      expect(first.count(db)).toBe(totals);
      // Whoever read the file would find this.
      const file = home().paths.oldCount;
      writeFileSync(file, readFileSync(file, 'utf8').replace('"calls":1', '"calls":77'));
      expect(importerOf(home()).count(db).events.calls).toBe(77);
    });
  });

  it.each([
    [
      'a line of the old hook',
      () => addLines(home(), 'tool-usage', ['{"ts":1769300000,"tool":"Read"}']),
      2,
    ],
    ['a row of the old hook', () => addRows(home(), [[THEN_S + 60, 'Read', null, '/w', null]]), 2],
    ['a row that is gone', () => home().withStore((db) => db.exec('DELETE FROM tool_events')), 0],
    ['a lost file', () => rmSync(home().paths.database), 0],
  ])('counts again ten minutes after %s', (_, change, expected) => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    expect(home().withStore((db) => importer.count(db)).events.calls).toBe(1);
    change();
    importerOf(home());
    home().clock.advance(599_000);
    expect(home().withStore((db) => importer.count(db)).events.calls).toBe(1);
    home().clock.advance(1000);
    expect(home().withStore((db) => importer.count(db)).events.calls).toBe(expected);
  });
});
