import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arbitraryEvent } from '../../test/support/arbitrary-event.ts';
import { callPayload, captureText, eventOf } from '../../test/support/capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from '../../test/support/claude-fixtures.ts';
import { DRIVERS, openTestStore, rowsOf } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { recordOf } from '../event/record.ts';
import { expectedBits } from '../journal/streams.ts';
import { sumOf } from '../journal/sum.ts';
import type { WritableDb } from './driver.ts';
import { transaction } from './driver.ts';
import { countByKind, createEventWriter, OLD_ROW_BIT } from './events.ts';

const folder = tempFolderPerTest();
const call = (members = {}) => eventOf(callPayload(members));

describe.each(DRIVERS)('EventWriter with $name', ({ open }) => {
  let db: WritableDb;
  beforeEach(() => {
    db = openTestStore(join(folder(), 'a.db'), open);
  });
  afterEach(() => db.close());
  const oldRows = () => rowsOf(db, 'SELECT ts, tool, file_path, metadata FROM tool_events');

  it.each(HOOK_FIXTURES)('gives back the events of %s', (name) => {
    const writer = createEventWriter(db);
    for (const event of captureText(hookPayload(name)).events) {
      expect(writer.insert(event, 'direct')).toBe(true);
      expect(writer.find(event.id)).toEqual(event);
    }
  });

  it('gives back any event, whose record keeps its sum', () => {
    const writer = createEventWriter(db);
    fc.assert(
      fc.property(arbitraryEvent, (event) => {
        db.exec('DELETE FROM hookline_event');
        writer.insert(event, 'direct');
        const found = writer.find(event.id);
        expect(found).toEqual(event);
        const [row] = rowsOf(db, 'SELECT sum, expected FROM hookline_event');
        expect(row).toEqual({
          sum: found && sumOf(recordOf(found)),
          expected: expectedBits(event),
        });
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('stores an id once, with one old row', () => {
    const writer = createEventWriter(db);
    expect(writer.insert(call(), 'direct')).toBe(true);
    expect(writer.insert(call({ tool_name: 'Read' }), 'journal')).toBe(false);
    expect(writer.find('toolu_01')?.tool).toBe('Bash');
    expect(oldRows()).toHaveLength(1);
    expect(countByKind(db)).toEqual({ tool: 1, session: 0, other: 0 });
  });

  it('gives events growing numbers, also after a deletion', () => {
    const writer = createEventWriter(db);
    writer.insert(call(), 'direct');
    db.exec('DELETE FROM hookline_event');
    writer.insert(call(), 'direct');
    expect(rowsOf(db, 'SELECT seq FROM hookline_event')).toEqual([{ seq: 2 }]);
  });

  it('replaces an event, its sum and the streams it belongs to', () => {
    const writer = createEventWriter(db);
    writer.insert(call(), 'direct');
    const failed = { ...call(), outcome: 'failed', error: 'no', exitCode: 1 } as const;
    writer.replace(failed);
    expect(writer.find('toolu_01')).toEqual(failed);
    expect(rowsOf(db, 'SELECT sum, expected FROM hookline_event')).toEqual([
      { sum: sumOf(recordOf(failed)), expected: expectedBits(failed) | OLD_ROW_BIT },
    ]);
    expect(expectedBits(failed)).not.toBe(expectedBits(call()));
  });

  it('finds a twin in the same session within the time, never itself', () => {
    const writer = createEventWriter(db);
    const stop = eventOf(hookPayload('Stop'));
    const twin = (more: object) => writer.findTwin({ ...stop, id: 'ev_other', ...more }, 1000);
    writer.insert(stop, 'direct');
    expect(writer.findTwin(stop, 1000)).toBeNull();
    expect(twin({})).toBe(stop.id);
    expect([twin({ at: stop.at + 1000 }), twin({ at: stop.at - 1000 })]).toEqual([
      stop.id,
      stop.id,
    ]);
    const strangers = [
      { at: stop.at + 1001 },
      { sessionId: 'b' },
      { sessionId: null },
      { hookEvent: 'X' },
      { payloadSum: 'x' },
      { payloadSum: null },
    ];
    expect(strangers.map(twin)).toEqual(strangers.map(() => null));
  });

  it('keeps a running call until it is cleared', () => {
    const writer = createEventWriter(db);
    const { running } = captureText(hookPayload('PreToolUse-Bash'));
    if (!running) throw new Error('the fixture tells no running call');
    writer.setRunning(running);
    writer.setRunning(running);
    expect(rowsOf(db, 'SELECT tool, detail FROM hookline_running')).toEqual([
      { tool: 'Bash', detail: 'echo hello && echo warn >&2' },
    ]);
    writer.clearRunning(running.toolUseId);
    expect(rowsOf(db, 'SELECT * FROM hookline_running')).toEqual([]);
  });

  it('stores two edits of one file in one second where the old table takes one (D16)', () => {
    db.exec(`DROP TABLE tool_events;
      CREATE TABLE tool_events (id INTEGER PRIMARY KEY, ts, tool, file_path, metadata, UNIQUE(ts, tool, file_path))`);
    const writer = createEventWriter(db);
    const edit = { tool_name: 'Edit', tool_input: { file_path: '/w/a.ts' } };
    writer.insert(call({ ...edit, tool_use_id: 'toolu_1' }), 'direct');
    writer.insert(call({ ...edit, tool_use_id: 'toolu_2' }), 'direct');
    expect(countByKind(db).tool).toBe(2);
    expect(oldRows()).toHaveLength(1);
  });

  it.each([
    ['refuses rows by a check', "CREATE TABLE tool_events (ts, tool CHECK (tool = 'x'), metadata)"],
    ['wants a column that we do not know', 'CREATE TABLE tool_events (ts, tool, who NOT NULL)'],
    ['is strict about a type', 'CREATE TABLE tool_events (ts TEXT, tool INTEGER) STRICT'],
    [
      'refers to a row that is not there',
      'CREATE TABLE p (a UNIQUE); CREATE TABLE tool_events (ts, tool REFERENCES p (a))',
    ],
    [
      'refers to a row that must be there at the commit',
      `CREATE TABLE p (a UNIQUE);
       CREATE TABLE tool_events (ts, tool REFERENCES p (a) DEFERRABLE INITIALLY DEFERRED)`,
    ],
    [
      'has a trigger that aborts',
      `CREATE TABLE tool_events (ts, tool);
       CREATE TRIGGER t BEFORE INSERT ON tool_events BEGIN SELECT RAISE(ABORT, 'no'); END`,
    ],
    [
      'has a trigger that names what is gone',
      `CREATE TABLE tool_events (ts, tool);
       CREATE TRIGGER t AFTER INSERT ON tool_events BEGIN INSERT INTO gone VALUES (1); END`,
    ],
    ['has none of the columns', 'CREATE TABLE tool_events (x)'],
    ['is a view', 'CREATE VIEW tool_events AS SELECT 1 AS ts, 2 AS tool'],
    ['is not there', ''],
  ])('stores the event where the old table %s', (_, sql) => {
    db.exec(`DROP TABLE tool_events; ${sql}`);
    transaction(db, () => {
      const writer = createEventWriter(db);
      expect(writer.insert(call(), 'direct')).toBe(true);
    });
    expect(countByKind(db).tool).toBe(1);
  });

  it('throws, and stores nothing, where the disk of the old table is full', () => {
    const writer = createEventWriter(db);
    db.exec('PRAGMA max_page_count = 1');
    const fill = () => {
      for (let i = 0; i < 500; i++) writer.insert(call({ tool_use_id: `toolu_${i}` }), 'direct');
    };
    expect(() => transaction(db, fill)).toThrow('full');
    expect(countByKind(db).tool).toBe(0);
  });
});
