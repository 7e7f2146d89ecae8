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
  addSixCalls,
  importerOf,
  oldCalls,
  THEN_S,
} from '../../test/support/old-record.ts';

const home = homePerTest();
const EVENTS = 'SELECT id, tool, at_ms, source FROM hookline_event ORDER BY id';

function loseDatabase(): void {
  for (const end of ['', '-wal', '-shm']) rmSync(home().paths.database + end, { force: true });
}

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

  it('come back when the database is lost: from lines of ours, and from the old ones by the consent given', async () => {
    const pipeline = createOldPipeline();
    for (const call of oldCalls(3)) pipeline.hook(call, 'sqlite-only');
    addOldPipeline(home(), pipeline);
    addLines(home(), 'tool-usage', ['{"ts":1769300000,"tool":"Glob","source":"hook"}']);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    await home().refresh();
    const before = home().query(EVENTS);
    loseDatabase();
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0, healedToSqlite: 3 });
    expect(home().query(EVENTS)).toEqual(before);
    expect(home().query('SELECT * FROM tool_events')).toEqual([]);
    expect(importer.plan().verdicts).toMatchObject({ new: 0, known: 1 });
    expect(importer.runs()).toMatchObject([{ id: 1, undoneAt: null, events: 1 }]);
    expect(await home().refresh()).toMatchObject({ drift: 0, healedToJsonl: 0 });
  });

  it('are listed again under their imports, so that one of them can be taken back', async () => {
    addLines(home(), 'tool-usage', ['{"ts":1769300000,"tool":"Glob","source":"hook"}']);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    home().clock.advance(3 * 3_600_000);
    const later = Math.floor(home().clock.now() / 1000) - 3600;
    addLines(home(), 'tool-usage', [`{"ts":${later},"tool":"Read","source":"hook"}`]);
    await home().refresh();
    loseDatabase();
    await home().refresh();
    // Nobody has asked for what came after the import.
    expect(home().query('SELECT tool FROM hookline_event')).toEqual([{ tool: 'Glob' }]);
    expect(importer.plan().verdicts).toMatchObject({ new: 1, known: 1 });
    expect(await importer.undo(1)).toMatchObject({ kind: 'undone', events: 1 });
    expect(home().query(EVENTS)).toEqual([]);
  });

  it('stay away when they were taken back and the database was lost, and keep their number', async () => {
    addSixCalls(home());
    const importer = importerOf(home());
    await importer.apply({ again: false });
    await home().refresh();
    await importer.undo(1);
    loseDatabase();
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 0 });
    expect(home().query(EVENTS)).toEqual([]);
    // Two of the seven stood in the old table alone, and are lost with it.
    expect(importer.plan().verdicts).toMatchObject({ new: 0, takenBack: 5 });
    expect(await importer.apply({ again: false })).toEqual({ kind: 'nothing-new' });
    expect(await importer.apply({ again: true })).toMatchObject({ run: 2, events: 5 });
    loseDatabase();
    await home().refresh();
    expect(home().query(EVENTS)).toHaveLength(5);
  });

  it('that were broken off are completed by the next refresh', async () => {
    addSixCalls(home());
    const importer = importerOf(home());
    await importer.apply({ again: false });
    home().withStore((db) =>
      db.exec(
        'DELETE FROM hookline_event WHERE id IN (SELECT id FROM hookline_event ORDER BY id LIMIT 3); UPDATE hookline_import_run SET finished_at_ms = NULL',
      ),
    );
    await home().refresh();
    expect(home().query(EVENTS)).toHaveLength(7);
    expect(importer.runs()).toMatchObject([{ id: 1, finishedAt: home().clock.now() }]);
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
