/** What the bridge makes of imported events, and of those that were taken back. */
import { appendFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { runVerb } from '../../test/support/cli-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  addLines,
  addOldPipeline,
  addRows,
  importerOf,
  oldCalls,
  THEN_S,
} from '../../test/support/old-record.ts';

const home = homePerTest();
const EVENTS = 'SELECT id, tool, at_ms, source FROM hookline_event ORDER BY id';

describe('imported events and the bridge', () => {
  it('stay away when their import was taken back, though their lines stand in the file', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    await home().refresh();
    appendFileSync(
      home().paths.journals.toolUsage,
      '{"ts":1769300000,"tool":"Glob","source":"hook"}\n',
    );
    expect(await importer.undo(1)).toMatchObject({ linesLeft: 1 });
    const report = await home().refresh();
    expect(report).toMatchObject({ ok: true, drift: 0, healedToSqlite: 0 });
    expect(home().query(EVENTS)).toEqual([]);
  });

  it('come back from their lines when the database is lost, and are known then', async () => {
    const pipeline = createOldPipeline();
    for (const call of oldCalls(3)) pipeline.hook(call, 'sqlite-only');
    addOldPipeline(home(), pipeline);
    addLines(home(), 'tool-usage', ['{"ts":1769300000,"tool":"Glob","source":"hook"}']);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    await home().refresh();
    const before = home().query(`${EVENTS.replace('ORDER', "WHERE tool = 'Read' ORDER")}`);
    for (const end of ['', '-wal', '-shm']) rmSync(home().paths.database + end, { force: true });
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0, healedToSqlite: 3 });
    expect(home().query(EVENTS)).toEqual(before);
    expect(home().query('SELECT * FROM tool_events')).toEqual([]);
    expect(importer.plan().verdicts).toMatchObject({ new: 1, known: 0 });
  });

  it('have no line in the projections, whose lines the old pipeline wrote itself', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', '{"command": null, "exit_code": 1}']]);
    await importerOf(home()).apply({ again: false });
    await home().refresh();
    const { toolUsage, activityEvents, toolSuccess, errors } = home().paths.journals;
    expect(home().text(toolUsage)).not.toBe('');
    expect([activityEvents, toolSuccess, errors].map(home().text)).toEqual(['', '', '']);
  });

  it('are imported and taken back from the command line', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    importerOf(home());
    expect(await runVerb(home(), ['import', '--yes'])).toMatchObject({ code: 0 });
    expect(home().query(EVENTS)).toHaveLength(1);
    expect(await runVerb(home(), ['import', '--undo', '1', '--yes'])).toMatchObject({ code: 0 });
    expect(home().query(EVENTS)).toEqual([]);
    expect(await runVerb(home(), ['import', '--yes', '--again'])).toMatchObject({ code: 0 });
    expect(home().query(EVENTS)).toHaveLength(1);
  });
});
