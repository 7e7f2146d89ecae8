import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedPayload } from '../../test/support/claude-fixtures.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';

const home = homePerTest();
const paths = () => home().paths;

describe('what stopped or misled the old bridge', () => {
  it('loses no event of the second in which it ran before', async () => {
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    home().addToStore(toolCall({ at: NOON + 1 }), toolCall({ at: NOON + 999 }));
    await home().refresh();
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(3);
  });

  it('exports an event that is stored late, or under a clock that was set back', async () => {
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    home().clock.set(NOON - 3_600_000);
    home().addToStore(toolCall({ at: NOON - 3_600_000 }));
    expect(await home().refresh()).toMatchObject({ ok: true, healedToJsonl: 4 });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(2);
  });

  it('is not stopped by a blank command', async () => {
    home().spool(changedPayload('PostToolUse-Bash', { tool_input: { command: '   ' } }));
    home().addToStore(toolCall());
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
    expect(await home().refresh()).toMatchObject({ ok: true, healedToJsonl: 0 });
    expect(JSON.parse(home().text(paths().stats.commands))).toMatchObject({ total_commands: 2 });
  });

  it('is not stopped by rows of the old table that hold odd metadata', async () => {
    home().withStore((db) =>
      db.exec(
        `INSERT INTO tool_events (ts, tool, metadata) VALUES (1, 'Bash', '[1]'), (1, 'Bash', 'torn {'), (2, 'Read', NULL)`,
      ),
    );
    home().add(toolCall());
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
  });

  it('keeps both of two edits of one file in one second, whatever the old table allows', async () => {
    mkdirSync(dirname(paths().database), { recursive: true });
    const db = home().open(paths().database);
    db.exec(
      'CREATE TABLE tool_events (id INTEGER PRIMARY KEY, ts INTEGER, tool TEXT, file_path TEXT, metadata TEXT, UNIQUE (ts, tool, file_path))',
    );
    db.close();
    const edit = { tool: 'Edit', command: null, filePath: '/a.ts' };
    home().addToJournals([toolCall({ ...edit, at: NOON }), toolCall({ ...edit, at: NOON + 5 })]);
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 2, drift: 0 });
    expect(home().query('SELECT * FROM hookline_event')).toHaveLength(2);
    expect(home().query('SELECT * FROM tool_events')).toHaveLength(1);
  });

  it('exports nothing twice when its cursor is lost', async () => {
    home().add(toolCall(), toolCall());
    await home().refresh();
    home().withStore((db) => db.exec('UPDATE hookline_cursor SET value = substr(value, 1, 5)'));
    expect(await home().refresh()).toMatchObject({ ok: true, healedToJsonl: 0, duplicates: 0 });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(2);
  });

  it('exports nothing twice when two of them run at once', async () => {
    home().addToStore(...Array.from({ length: 30 }, () => toolCall()));
    const reports = await Promise.all([
      home().refresh({ waitMs: 30_000 }),
      home().refresh({ waitMs: 30_000 }),
    ]);
    expect(reports.map(({ healedToJsonl }) => healedToJsonl).sort()).toEqual([0, 120]);
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(30);
  });
});
