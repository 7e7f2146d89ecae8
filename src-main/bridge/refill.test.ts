import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bridge, expectNothingToDo, linesOf, morning } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { saveCursor } from './cursor.ts';
import { EMPTY_CURSOR, readCursor } from './scan.ts';

const home = homePerTest();
const paths = () => home().paths;

describe('a deleted file', () => {
  it('is written again without a change of any row', () => {
    home().add(...morning());
    bridge(home());
    home().withStore((db) =>
      db.exec(
        "CREATE TRIGGER watch AFTER UPDATE ON hookline_event BEGIN SELECT raise(ABORT, 'a row was changed'); END",
      ),
    );
    const before = home().text(paths().journals.toolUsage);
    rmSync(paths().journals.toolUsage);
    expect(bridge(home())).toMatchObject({ healedToJsonl: 4, drift: 0 });
    expect(home().text(paths().journals.toolUsage)).toBe(before);
    home().withStore((db) => db.exec('DROP TRIGGER watch'));
    expectNothingToDo(home());
  });

  it('is written again over more rows than one chunk, in their order', () => {
    const calls = Array.from({ length: 2500 }, () => toolCall());
    home().add(...calls);
    bridge(home());
    const before = home().text(paths().journals.toolSuccess);
    rmSync(paths().journals.toolSuccess);
    expect(bridge(home())).toMatchObject({ healedToJsonl: 2500, drift: 0 });
    expect(home().text(paths().journals.toolSuccess)).toBe(before);
    expectNothingToDo(home());
  });

  it('gives lines also to rows that never had one there', () => {
    home().add(...morning());
    bridge(home());
    rmSync(paths().journals.toolUsage);
    home().addToStore(toolCall());
    expect(bridge(home())).toMatchObject({ drift: 0, healedToSqlite: 0 });
    expect(linesOf(home(), paths().journals.toolUsage)).toHaveLength(5);
    expectNothingToDo(home());
  });

  it('of which a killed run wrote more than it noted has each line once', () => {
    const calls = Array.from({ length: 30 }, () => toolCall());
    home().add(...calls);
    bridge(home());
    const file = paths().journals.toolUsage;
    const lines = linesOf(home(), file);
    rmSync(file);
    home().withStore((db) =>
      saveCursor(db, 'tool-usage', { ...EMPTY_CURSOR, refill: { after: 0, upTo: 30 } }),
    );
    appendFileSync(file, `${lines.slice(0, 10).join('\n')}\n${lines[10]?.slice(0, 40)}`);
    expect(bridge(home())).toMatchObject({ duplicates: 0, drift: 0 });
    const after = linesOf(home(), file).filter((line) => line.endsWith('}'));
    expect(after.toSorted()).toEqual(lines.toSorted());
    expectNothingToDo(home());
  });

  it('that cannot be made is named, and made when it can be', () => {
    home().add(...morning());
    bridge(home());
    const { journals } = paths();
    rmSync(journals.toolSuccess);
    // Missing when it is looked at, and of a folder that cannot be made when it is written.
    home().withStore((db) =>
      saveCursor(db, 'tool-success', { ...EMPTY_CURSOR, refill: { after: 0, upTo: 99 } }),
    );
    mkdirSync(journals.toolSuccess);
    expect(bridge(home()).problems).toMatchObject([{ store: 'tool-success' }]);
    rmSync(journals.toolSuccess, { recursive: true });
    expect(bridge(home())).toMatchObject({ drift: 0, problems: [] });
    expect(linesOf(home(), journals.toolSuccess)).toHaveLength(4);
    home().withStore((db) => expect(readCursor(db, 'tool-success')?.refill).toBeNull());
    expectNothingToDo(home());
  });

  it('gets no line of a row that is not what was written', async () => {
    const event = toolCall({ id: 'toolu_sound' });
    home().add(event, toolCall({ id: 'toolu_damaged' }));
    bridge(home());
    rmSync(home().paths.journals.toolUsage);
    home().withStore((db) =>
      db.exec("UPDATE hookline_event SET command = 'made up' WHERE id = 'toolu_damaged'"),
    );
    bridge(home());
    expect(home().text(home().paths.journals.toolUsage)).toContain('toolu_sound');
    expect(home().text(home().paths.journals.toolUsage)).not.toContain('toolu_damaged');
  });
});
