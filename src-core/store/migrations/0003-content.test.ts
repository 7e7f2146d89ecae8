import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolCall } from '../../../test/support/make-event.ts';
import { DRIVERS, openTestStore, rowsOf } from '../../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../../test/support/temp-folder.ts';
import { createEventWriter } from '../events.ts';
import { events } from './0001-events.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'antigravity.db');

/** A store as the first version left it, with one event in it. */
const VERSION_1 = `${events.sql}
  CREATE TABLE hookline_migration (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_ms INTEGER NOT NULL);
  INSERT INTO hookline_migration VALUES (1, 'events', 0);
  INSERT INTO hookline_event
    (id, kind, hook_event, at_ms, source, via, tool, outcome, sum, expected)
    VALUES ('toolu_1', 'tool', 'PostToolUse', 5, 'hook', 'direct', 'Bash', 'succeeded', 'abc', 1);`;

describe.each(DRIVERS)('the migration of content with $name', ({ open }) => {
  it('leaves the events of version 1 as they are, without content', () => {
    const old = open(file());
    old.exec(VERSION_1);
    old.close();
    const db = openTestStore(file(), open);
    const [row] = rowsOf(db, 'SELECT id, tool, sum, content FROM hookline_event');
    expect(row).toEqual({ id: 'toolu_1', tool: 'Bash', sum: 'abc', content: null });
    expect(createEventWriter(db).find('toolu_1')).toMatchObject({ tool: 'Bash', content: null });
    db.close();
  });

  it('lets new events have content beside them', () => {
    const old = open(file());
    old.exec(VERSION_1);
    old.close();
    const db = openTestStore(file(), open);
    const writer = createEventWriter(db);
    const event = toolCall({ content: { tool_input: { command: 'ls', list: [1, null, 'é'] } } });
    expect(writer.insert(event, 'direct')).toBe(true);
    expect(writer.find(event.id)).toEqual(event);
    const [row] = rowsOf(db, `SELECT content FROM hookline_event WHERE id = '${event.id}'`);
    expect(row?.content).toBe('{"tool_input":{"command":"ls","list":[1,null,"é"]}}');
    db.close();
  });
});
