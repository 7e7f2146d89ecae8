import { appendFileSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { addRows, addSixCalls, importerOf, THEN_S } from '../../test/support/old-record.ts';

const home = homePerTest();
const EVENTS = 'SELECT * FROM hookline_event ORDER BY seq';

describe('taking an import back', () => {
  it('removes its events and its lines, to the byte', async () => {
    addSixCalls(home());
    const importer = importerOf(home());
    await home().refresh();
    const before = readFileSync(home().paths.journals.toolUsage);
    await importer.apply({ again: false });
    await home().refresh();
    expect(await importer.undo(1)).toEqual({
      kind: 'undone',
      run: 1,
      events: 7,
      lines: 2,
      linesLeft: 0,
    });
    expect(readFileSync(home().paths.journals.toolUsage)).toEqual(before);
    expect(home().query(EVENTS)).toEqual([]);
    await home().refresh();
    expect(readFileSync(home().paths.journals.toolUsage)).toEqual(before);
    expect(home().query(EVENTS)).toEqual([]);
  });

  it('keeps the events away until they are asked for', async () => {
    addSixCalls(home());
    const importer = importerOf(home());
    await importer.apply({ again: false });
    const before = home()
      .query(EVENTS)
      .map(({ seq, ...event }) => event);
    await importer.undo(1);
    expect(importer.plan().verdicts).toMatchObject({ new: 0, takenBack: 7 });
    expect(await importer.apply({ again: false })).toEqual({ kind: 'nothing-new' });
    expect(await importer.apply({ again: true })).toMatchObject({
      kind: 'imported',
      run: 2,
      events: 7,
    });
    expect(
      home()
        .query(EVENTS)
        .map(({ seq, ...event }) => event),
    ).toEqual(before);
    expect(await importer.undo(1)).toMatchObject({ kind: 'refused' });
  });

  it('removes what that run added, and no other', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    addRows(home(), [[THEN_S + 60, 'Edit', '/w/a.ts', '/w', null]]);
    await importer.apply({ again: false });
    await importer.undo(1);
    expect(home().query('SELECT tool FROM hookline_event')).toEqual([{ tool: 'Edit' }]);
  });

  it('leaves its lines where somebody wrote behind them', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    await home().refresh();
    appendFileSync(
      home().paths.journals.toolUsage,
      '{"ts":1769300000,"tool":"Read","source":"hook"}\n',
    );
    const before = readFileSync(home().paths.journals.toolUsage);
    expect(await importer.undo(1)).toMatchObject({ events: 1, lines: 0, linesLeft: 1 });
    expect(readFileSync(home().paths.journals.toolUsage)).toEqual(before);
  });

  it('refuses a run that there is not', async () => {
    expect(await importerOf(home()).undo(7)).toEqual({
      kind: 'refused',
      reason: 'There is no import 7.',
    });
  });
});
