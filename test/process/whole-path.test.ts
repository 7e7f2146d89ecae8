/**
 * A whole recorded session goes through the installed launcher; afterwards every store and every
 * statistics file tells the same of it.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';
import type { Row } from '../../src-core/store/driver.ts';
import { capture, hookline } from '../support/built-cli.ts';
import { sequencePayloads } from '../support/claude-fixtures.ts';
import { changedPaths, readFootprint } from '../support/footprint.ts';
import { readJsonLines } from '../support/jsonl.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

interface Payload {
  readonly hook_event_name: string;
  readonly tool_use_id?: string;
  readonly tool_calls?: readonly { readonly tool_use_id: string }[];
}

const payloads = sequencePayloads('headless-main');
const told = payloads.map((text) => JSON.parse(text) as Payload);
/** Every call of the session, Batch-only failures included. */
const callIds = [
  ...new Set(
    told.flatMap(({ hook_event_name, tool_use_id, tool_calls }) =>
      hook_event_name === 'PostToolBatch'
        ? (tool_calls ?? []).map((call) => call.tool_use_id)
        : (tool_use_id ?? []),
    ),
  ),
].sort();

let home = '';
let paths: Paths;

beforeAll(async () => {
  home = makeTempFolder();
  paths = createPaths({ home });
  await hookline(home, 'install', '--yes');
  for (const payload of payloads)
    expect(await capture(home, payload)).toEqual({ code: 0, output: '' });
  await hookline(home, 'refresh', '--json');
  return () => removeFolder(home);
});

function query(sql: string): readonly Row[] {
  const open = betterSqlite();
  if (open === null) throw new Error('these tests need a runtime with better-sqlite3');
  const db = open(paths.database, { readonly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

function stats(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('a recorded headless session through the installed launcher', () => {
  it('puts every tool call exactly once into SQLite and into tool-usage.jsonl', () => {
    expect(callIds).toHaveLength(22);
    const rows = query("SELECT id FROM hookline_event WHERE kind = 'tool' ORDER BY id");
    expect(rows.map(({ id }) => id)).toEqual(callIds);
    const lines = readJsonLines(paths.journals.toolUsage);
    expect(lines.map(({ id }) => id).sort()).toEqual(callIds);
    expect(lines.every(hasRightSum)).toBe(true);
    const old = query(
      "SELECT json_extract(metadata, '$.hookline_id') AS id FROM tool_events ORDER BY 1",
    );
    expect(old.map(({ id }) => id).filter((id) => callIds.includes(String(id)))).toEqual(callIds);
  });

  it('knows the failures that only a batch tells', () => {
    const rows = query(
      "SELECT tool, error_class FROM hookline_event WHERE hook_event = 'PostToolBatch' ORDER BY at_ms",
    );
    expect(rows).toEqual([
      { tool: 'Edit', error_class: 'string_not_found' },
      { tool: 'TodoWrite', error_class: 'tool_not_found' },
      { tool: 'NoSuchTool', error_class: 'tool_not_found' },
      { tool: 'Bash', error_class: 'invalid_input' },
    ]);
  });

  it('puts the session into session-events.jsonl and the old table', () => {
    const events = readJsonLines(paths.journals.sessionEvents).map(({ event, session_id }) => ({
      event,
      session_id,
    }));
    const session_id = '8f02f044-711f-4043-a0dd-c64620db6969';
    expect(events).toEqual([
      { event: 'session_start', session_id },
      { event: 'session_end', session_id },
    ]);
    const rows = query("SELECT tool FROM tool_events WHERE tool LIKE 'session_%' ORDER BY id");
    expect(rows).toEqual([{ tool: 'session_start' }, { tool: 'session_end' }]);
  });

  it('keeps the events that no one has a table for', () => {
    const names = readJsonLines(paths.journals.events).map(({ hook_event }) => hook_event);
    expect(names.filter((name) => name === 'UserPromptSubmit')).toHaveLength(2);
    expect(names.filter((name) => name === 'SubagentStop')).toHaveLength(2);
    expect(names).toContain('InstructionsLoaded');
    expect(names).not.toContain('PreToolUse');
  });

  it('writes seven statistics that agree with the stores', () => {
    const success = query(
      "SELECT sum(outcome IN ('succeeded', 'expected')) AS good, count(*) AS calls FROM hookline_event WHERE kind = 'tool'",
    )[0];
    const rate = Math.round((Number(success?.good) / Number(success?.calls)) * 1000) / 10;
    expect(stats(paths.stats.toolUsage)).toMatchObject({
      total_calls: 22,
      by_model: { unknown: 22 },
    });
    expect(stats(paths.stats.toolSuccess)).toMatchObject({
      overall_success_rate: rate,
      sample: 22,
    });
    expect(stats(paths.stats.errors)).toMatchObject({ total_errors: 6 });
    expect(stats(paths.stats.activity)).toMatchObject({
      total_events: 24,
      by_type: { tool_use: 22, session_start: 1, session_end: 1 },
    });
    expect(stats(paths.stats.commands)).toMatchObject({
      total_commands: readJsonLines(paths.journals.commandUsage).length,
    });
    expect(stats(paths.stats.recovery)).toMatchObject({
      total_recoveries: 6,
      recovered: 2,
      abandoned: 4,
      open: 0,
    });
    const windows = stats(paths.stats.flow).recent_windows as { calls: number }[];
    expect(windows.reduce((sum, { calls }) => sum + calls, 0)).toBe(22);
  });

  it('says that nothing is missing', async () => {
    const status = JSON.parse(await hookline(home, 'status', '--json'));
    expect(status).toMatchObject({
      total: 40,
      bySource: { journal: 0, transcript: 0, old: 0 },
      health: { state: 'capturing', drift: 0, findings: [] },
      spool: { waiting: 0 },
      quarantine: 0,
      hookErrors: { today: 0 },
    });
  });

  it('changes nothing with a second refresh', async () => {
    const watched = [
      ...Object.values(paths.journals),
      ...Object.values(paths.stats),
      paths.database,
    ];
    const before = readFootprint(watched);
    const report = JSON.parse(await hookline(home, 'refresh', '--json'));
    expect(report).toMatchObject({
      ok: true,
      drained: 0,
      healedToSqlite: 0,
      healedToJsonl: 0,
      statsWritten: [],
    });
    expect(changedPaths(before, readFootprint(watched))).toEqual([]);
  });
});
