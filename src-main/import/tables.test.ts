/** Tables as users have them: other columns, other types, no row numbers, or no table at all. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../src-core/store/driver.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  addRows,
  claudeDb,
  fill,
  importerOf,
  planOf,
  THEN_S,
} from '../../test/support/old-record.ts';

const home = homePerTest();

function table(schema: string, columns: string, rows: readonly (readonly SqlValue[])[]): void {
  fill(home(), home().paths.database, schema, `tool_events (${columns})`, rows);
}

describe('antigravity.db', () => {
  it.each([
    [
      'of two columns',
      'CREATE TABLE tool_events (ts INTEGER, tool TEXT)',
      'ts, tool',
      [THEN_S, 'Read'],
    ],
    [
      'without row numbers',
      'CREATE TABLE tool_events (ts INTEGER, tool TEXT, PRIMARY KEY (ts, tool)) WITHOUT ROWID',
      'ts, tool',
      [THEN_S, 'Read'],
    ],
    [
      'with names in capitals',
      'CREATE TABLE Tool_Events (TS INTEGER, TOOL TEXT)',
      'ts, tool',
      [THEN_S, 'Read'],
    ],
    [
      'with times as text',
      'CREATE TABLE tool_events (ts TEXT, tool TEXT)',
      'ts, tool',
      ['2026-01-20 09:00:00', 'Read'],
    ],
    [
      'with times in milliseconds',
      'CREATE TABLE tool_events (ts INTEGER, tool TEXT)',
      'ts, tool',
      [THEN_S * 1000, 'Read'],
    ],
    [
      'with a path as a blob',
      'CREATE TABLE tool_events (ts INTEGER, tool TEXT, file_path BLOB)',
      'ts, tool, file_path',
      [THEN_S, 'Read', Buffer.from('/w/caf\u00e9', 'latin1')],
    ],
    [
      'with a trigger and a reference',
      "CREATE TABLE s (id PRIMARY KEY); CREATE TABLE tool_events (ts INTEGER, tool TEXT, s REFERENCES s(id)); CREATE TRIGGER t BEFORE DELETE ON tool_events BEGIN SELECT RAISE(ABORT, 'no'); END",
      'ts, tool',
      [THEN_S, 'Read'],
    ],
  ])('is read from a table %s', async (_, schema, columns, row) => {
    table(schema, columns, [row]);
    expect(planOf(home())).toMatchObject({ problems: [], events: { calls: 1 } });
    expect(await importerOf(home()).apply({ again: false })).toMatchObject({ events: 1 });
    expect(home().query('SELECT at_ms, tool FROM hookline_event')).toEqual([
      { at_ms: THEN_S * 1000, tool: 'Read' },
    ]);
  });

  it('is read from a view', () => {
    table(
      "CREATE TABLE mine (ts INTEGER, tool TEXT); INSERT INTO mine VALUES (1768900000, 'Read'); CREATE VIEW tool_events AS SELECT * FROM mine",
      'ts',
      [],
    );
    expect(planOf(home())).toMatchObject({ problems: [], events: { calls: 1 } });
  });

  it('has rows that cannot be understood, and says so', () => {
    table('CREATE TABLE tool_events (ts, tool)', 'ts, tool', [
      [null, 'Read'],
      [THEN_S, null],
      [THEN_S, ''],
      ['soon', 'Read'],
      [THEN_S, 'session_pause'],
      [THEN_S, 'session_start'],
    ]);
    expect(planOf(home()).files).toMatchObject([
      {
        read: 6,
        bad: { 'no tool': 2, 'no time': 2 },
        asides: { 'row of kind session_pause': 1 },
        variants: [{ variant: 'bare-row', outcomes: { new: 1 } }],
      },
    ]);
  });
});

describe('claude.db', () => {
  const SCHEMA = `CREATE TABLE tool_events (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, tool_name TEXT NOT NULL, success INTEGER NOT NULL, duration_ms INTEGER, error_message TEXT, context TEXT);
    CREATE TABLE activity_events (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, event_type TEXT NOT NULL, data TEXT, session_id TEXT)`;

  it('tells by the context of a row who wrote it', () => {
    fill(home(), claudeDb(home()), SCHEMA, 'tool_events (timestamp, tool_name, success, context)', [
      [THEN_S, 'Read', 1, '/Users/dev/my-project'],
      [
        THEN_S + 60,
        'Bash',
        0,
        '{"file_path": "", "command": "npm test", "session": "17695903", "model": "sonnet"}',
      ],
      [THEN_S + 120, 'Read', 1, null],
      [THEN_S + 180, 'Read', 1, '{}'],
    ]);
    expect(planOf(home()).files).toMatchObject([
      {
        name: 'claude.db: tool_events',
        variants: [
          { variant: 'dashboard-row', outcomes: { new: 1 } },
          { variant: 'post-tool-row', outcomes: { new: 1 } },
          { variant: 'migrated-row', outcomes: { new: 2 } },
        ],
      },
    ]);
  });

  it('is read in the shape of the old table too', () => {
    fill(
      home(),
      claudeDb(home()),
      'CREATE TABLE tool_events (ts INTEGER, tool TEXT, session_pwd TEXT)',
      'tool_events',
      [[THEN_S, 'Read', '/w']],
    );
    expect(planOf(home())).toMatchObject({ problems: [], events: { calls: 1 } });
  });

  it('mixes texts, milliseconds and seconds in one column of activity', () => {
    const at = new Date(THEN_S * 1000).toISOString();
    fill(home(), claudeDb(home()), SCHEMA, 'activity_events (timestamp, event_type, data)', [
      [at, 'query', '{"query": "fix it", "source": "transcript"}'],
      [THEN_S * 1000, 'query', '{"query": "fix it", "source": "transcript"}'],
      [THEN_S, 'session_start', '{"pwd": "/w"}'],
      [THEN_S, 'tool_use', null],
      [THEN_S, 'routing', '{}'],
    ]);
    expect(planOf(home())).toMatchObject({
      events: { calls: 0, sessions: 1, prompts: 1 },
      files: [
        {
          name: 'claude.db: activity_events',
          bad: { 'no tool': 1 },
          asides: { 'activity of type routing': 1 },
        },
      ],
    });
  });

  it('hinders the import while somebody else holds it, and nothing of the rest is imported', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home(), { busyMs: 10 });
    fill(
      home(),
      claudeDb(home()),
      'CREATE TABLE tool_events (timestamp INTEGER, tool_name TEXT, success INTEGER)',
      'tool_events',
      [[THEN_S + 60, 'Read', 1]],
    );
    const other = home().open(claudeDb(home()));
    other.exec('BEGIN EXCLUSIVE');
    expect(importer.plan().problems).toMatchObject([{ kind: 'busy' }, { kind: 'busy' }]);
    expect(await importer.apply({ again: false })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('in use'),
    });
    other.close();
    expect(home().query('SELECT count(*) AS n FROM hookline_event')).toEqual([{ n: 0 }]);
  });

  it('that is no database is named as what is wrong, and the rest is read and imported', async () => {
    mkdirSync(home().paths.data, { recursive: true });
    writeFileSync(
      claudeDb(home()),
      'this is no database, and long enough to be asked. '.repeat(40),
    );
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    expect(importer.plan().problems).toMatchObject([{ kind: 'corrupt' }, { kind: 'corrupt' }]);
    expect(await importer.apply({ again: false })).toMatchObject({ events: 1 });
  });
});
