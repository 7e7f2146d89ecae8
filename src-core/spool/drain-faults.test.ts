import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callPayload, TEST_TIME } from '../../test/support/capture-text.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { drain, idsByStream, recordsIn, spoolEntry } from '../../test/support/spool.ts';
import { openByNode, openTestStore, queryFile } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths } from '../files/paths.ts';
import { quarantineFile } from '../journal/quarantine.ts';
import type { DrainStep } from './drain.ts';
import { forgetUnstored } from './unstored.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const spool = (payload: string | Buffer, options = {}) => spoolEntry(paths(), payload, options);
const left = () => readdirSync(paths().spool);
const stored = () =>
  queryFile(paths().database, 'SELECT id FROM hookline_event ORDER BY id').map(({ id }) => id);
const call = (id: string, members = {}) => callPayload({ tool_use_id: id, ...members });

/** What the process does at a step is over at once. */
function crashAt(step: DrainStep): (name: DrainStep) => void {
  return (name) => {
    if (name === step) throw new Error(`killed when ${step}`);
  };
}

describe('drainSpool without SQLite', () => {
  it('writes every line once, also when the entries come again', () => {
    spool(call('toolu_1'));
    spool(hookPayload('Stop'), { at: TEST_TIME });
    expect(drain(paths(), { db: null })).toMatchObject({ entries: 2, events: 2 });
    const once = idsByStream(paths());
    spool(call('toolu_1'));
    spool(hookPayload('Stop'), { at: TEST_TIME + 900 });
    expect(drain(paths(), { db: null })).toMatchObject({ entries: 2, events: 0 });
    expect(idsByStream(paths())).toEqual(once);
  });

  it('amends once what a later telling knows better', () => {
    const calls = [
      { tool_name: 'Bash', tool_input: {}, tool_use_id: 'toolu_1', tool_response: '' },
    ];
    spool(callPayload({ hook_event_name: 'PostToolBatch', tool_calls: calls }));
    drain(paths(), { db: null });
    for (let i = 0; i < 2; i++) {
      spool(call('toolu_1'));
      drain(paths(), { db: null });
    }
    const fields = recordsIn(paths().journals.amendments).map(({ field }) => field);
    expect(fields).toContain('outcome');
    expect(new Set(fields).size).toBe(fields.length);
    expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
  });
});

describe('drainSpool with a store that fails', () => {
  it('knows a call again that only the files took, when its batch comes', () => {
    const calls = [
      { tool_name: 'Bash', tool_input: {}, tool_use_id: 'toolu_1', tool_response: '' },
    ];
    spool(call('toolu_1'));
    spool(hookPayload('Stop'), { at: TEST_TIME });
    drain(paths(), { db: null });
    spool(callPayload({ hook_event_name: 'PostToolBatch', tool_calls: calls }));
    spool(hookPayload('Stop'), { at: TEST_TIME + 700 });
    expect(drain(paths())).toMatchObject({ entries: 2, events: 0 });
    expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
    expect(idsByStream(paths()).events).toHaveLength(1);
    const rows = queryFile(
      paths().database,
      'SELECT outcome, duration_ms, via FROM hookline_event',
    );
    expect(rows).toEqual([{ outcome: 'succeeded', duration_ms: 12, via: 'journal' }]);
  });

  it('loses nothing while another program holds the database (D09c)', () => {
    const db = openTestStore(paths().database);
    const other = openByNode(paths().database);
    other.exec('BEGIN IMMEDIATE');
    spool(call('toolu_1'));
    const report = drain(paths(), { db });
    expect(report).toMatchObject({ entries: 1, events: 1 });
    expect(report.problems).toEqual([expect.stringContaining('SQLite (busy)')]);
    expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
    other.exec('ROLLBACK');
    spool(call('toolu_2'));
    expect(drain(paths(), { db }).problems).toEqual([]);
    expect(stored()).toEqual(['toolu_2']);
    other.close();
    db.close();
  });

  it('loses nothing when the table is gone (D09b)', () => {
    const db = openTestStore(paths().database);
    db.exec('DROP TABLE hookline_event');
    spool(call('toolu_1'));
    expect(drain(paths(), { db }).problems).toHaveLength(1);
    expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
    db.close();
  });

  it('asks a store that failed not again for the other batches', () => {
    const db = openTestStore(paths().database);
    db.exec('DROP TABLE hookline_event');
    for (let i = 0; i < 450; i++) spool(call(`toolu_${i}`));
    const report = drain(paths(), { db });
    expect(report).toMatchObject({ entries: 450, events: 450 });
    expect(report.problems).toHaveLength(1);
    expect(new Set(idsByStream(paths())['tool-usage']).size).toBe(450);
    db.close();
  });

  it('stores nothing half when the disk of the database is full', () => {
    const db = openTestStore(paths().database);
    db.exec('PRAGMA max_page_count = 1');
    for (let i = 0; i < 150; i++) spool(call(`toolu_${i}`));
    expect(drain(paths(), { db }).problems).toEqual([expect.stringContaining('SQLite (full)')]);
    expect(stored()).toEqual([]);
    expect(idsByStream(paths())['tool-usage']).toHaveLength(150);
    db.close();
  });
});

describe('drainSpool with a file that cannot be written', () => {
  it.each(['toolUsage', 'activityEvents', 'errors'] as const)(
    'has the event in SQLite where a folder stands in the place of %s',
    (journal) => {
      mkdirSync(paths().journals[journal], { recursive: true });
      spool(call('toolu_1', { hook_event_name: 'PostToolUseFailure', error: 'Exit code 1' }));
      const report = drain(paths());
      expect(report.problems).toEqual([expect.stringContaining('EISDIR')]);
      expect(stored()).toEqual(['toolu_1']);
      expect(left()).toEqual([]);
    },
  );

  it('keeps the entry when neither store takes it, and says so', () => {
    mkdirSync(paths().journals.toolUsage, { recursive: true });
    const path = spool(call('toolu_1'));
    const before = readFileSync(path);
    const report = drain(paths(), { db: null });
    expect(report.entries).toBe(0);
    expect(report.left.size).toBe(1);
    expect(readFileSync(path)).toEqual(before);
  });

  it('keeps what one stream refused, and doubles nothing of the others once it is drained', () => {
    mkdirSync(paths().journals.sessionEvents, { recursive: true });
    spool(call('toolu_1'));
    spool(hookPayload('SessionStart-startup'));
    for (let i = 0; i < 3; i++) expect(drain(paths(), { db: null }).entries).toBe(0);
    rmSync(paths().journals.sessionEvents, { recursive: true });
    // A full disk takes no such note.
    forgetUnstored(paths());
    // Now with the store, which has never seen the events: their lines are there nevertheless.
    expect(drain(paths()).entries).toBe(2);
    expect(left()).toEqual([]);
    for (const [stream, ids] of Object.entries(idsByStream(paths()))) {
      expect([stream, new Set(ids).size]).toEqual([stream, ids.length]);
    }
    expect(idsByStream(paths())['session-events']).toHaveLength(1);
    expect(stored()).toHaveLength(2);
  });

  it('keeps what is malformed in the spool until quarantine takes it, once', () => {
    mkdirSync(quarantineFile(paths()), { recursive: true });
    spool('{"half');
    spool(call('toolu_1'));
    for (let i = 0; i < 3; i++) expect(drain(paths()).entries).toBe(0);
    expect(stored()).toEqual(['toolu_1']);
    rmSync(quarantineFile(paths()), { recursive: true });
    expect(drain(paths()).entries).toBe(2);
    expect(recordsIn(quarantineFile(paths()))).toHaveLength(1);
    expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
  });

  it('quarantines the same damage once while the stores refuse the rest of its batch', () => {
    mkdirSync(paths().journals.toolUsage, { recursive: true });
    spool('{"half');
    spool(call('toolu_1'));
    for (let i = 0; i < 3; i++) drain(paths(), { db: null });
    expect(recordsIn(quarantineFile(paths()))).toHaveLength(1);
  });

  it('does not need the activity log', () => {
    mkdirSync(paths().activityLog, { recursive: true });
    spool(call('toolu_1'));
    expect(drain(paths())).toMatchObject({ entries: 1, events: 1 });
    expect(left()).toEqual([]);
  });

  it('reports a spool that is no folder', () => {
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().spool, '');
    expect(drain(paths(), { db: null }).problems).toEqual([expect.stringContaining('ENOTDIR')]);
  });

  it('is not stopped by a folder that has the name of an entry', () => {
    spool(call('toolu_1'));
    mkdirSync(join(paths().spool, '1-0.event'));
    expect(drain(paths())).toMatchObject({ entries: 1, events: 1, problems: [] });
    expect(statSync(join(paths().spool, '1-0.event')).isDirectory()).toBe(true);
  });

  it('is not stopped by a payload that nobody could measure', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    spool(call('toolu_1').replace('"tool_response":', `"tool_response":${deep},"x":`));
    spool(call('toolu_2', { tool_input: { command: `sk-${'a'.repeat(20_000_000)}` } }));
    spool(call('toolu_3'));
    expect(drain(paths())).toMatchObject({ entries: 3, events: 3, problems: [] });
    expect(stored()).toEqual(['toolu_1', 'toolu_2', 'toolu_3']);
  });
});

describe.each<DrainStep>(['gathered', 'stored', 'journaled', 'removed'])(
  'drainSpool after a crash when %s',
  (step) => {
    const hasStore = [true, false];

    it.each(hasStore)('has everything once (with a store: %j)', (isStored) => {
      const db = isStored ? {} : { db: null };
      spool(call('toolu_1', { hook_event_name: 'PostToolUseFailure', error: 'Exit code 1' }));
      spool(hookPayload('SessionStart-startup'));
      spool(hookPayload('Stop'));
      spool('{"half');
      expect(() => drain(paths(), { ...db, step: crashAt(step) })).toThrow(step);
      drain(paths(), { ...db, isAfterCrash: true });
      expect(left()).toEqual([]);
      expect(Object.values(idsByStream(paths())).map((ids) => ids.length)).toEqual([
        1, 1, 1, 2, 1, 1, 1,
      ]);
      for (const ids of Object.values(idsByStream(paths()))) {
        expect(new Set(ids).size).toBe(ids.length);
      }
      if (isStored) expect(stored()).toHaveLength(3);
      expect(recordsIn(quarantineFile(paths()))).toHaveLength(1);
    });

    it('has everything once where SQLite fails only after the crash', () => {
      spool(call('toolu_1'));
      expect(() => drain(paths(), { step: crashAt(step) })).toThrow(step);
      drain(paths(), { db: null, isAfterCrash: true });
      expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
    });

    it('has everything once where SQLite answers only after the crash', () => {
      spool(call('toolu_1'));
      expect(() => drain(paths(), { db: null, step: crashAt(step) })).toThrow(step);
      drain(paths(), { isAfterCrash: true });
      expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_1']);
      expect(idsByStream(paths())['command-usage']).toEqual(['toolu_1']);
    });
  },
);
