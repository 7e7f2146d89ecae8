/**
 * A home as large as that of the old pipeline's author: 56,423 lines of tool usage, 17,056 of
 * activity, 817 of sessions and 9,398 rows, in all formats, doubled lines and all.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { FULL_SIZE, makeOldHome, type OldHome } from '../../scripts/old-home/old-home.ts';
import { writeOldHome } from '../../scripts/old-home/write-old-home.ts';
import type { Importer } from '../../src-main/import/importer.ts';
import type { ImportPlan } from '../../src-main/import/plan.ts';
import { type Home, makeHome } from '../support/home.ts';
import { importerOf, planOf, unaccounted } from '../support/old-record.ts';
import { removeFolder } from '../support/temp-folder.ts';

let home: Home;
let made: OldHome;
let preview: ImportPlan;
let importer: Importer;
let before = '';

beforeAll(() => {
  home = makeHome();
  home.clock.set(Date.UTC(2026, 1, 20));
  made = makeOldHome(FULL_SIZE, '1');
  writeOldHome(made, home.paths, home.open);
  preview = planOf(home);
  importer = importerOf(home);
  before = home.text(home.paths.journals.toolUsage);
  return () => removeFolder(home.folder);
});

const linesOf = (name: string): number =>
  preview.files.find((file) => file.name === name)?.read ?? 0;
const countEvents = (where: string): number =>
  Number(home.query(`SELECT count(*) AS n FROM hookline_event WHERE ${where}`)[0]?.n);

describe('the home of the old pipeline, taken over', () => {
  it('is previewed with every line explained', () => {
    expect({
      toolLines: linesOf('tool-usage.jsonl'),
      activityLines: linesOf('activity-events.jsonl'),
      sessionLines: linesOf('session-events.jsonl'),
      rows: linesOf('antigravity.db: tool_events'),
    }).toEqual(FULL_SIZE);
    expect(unaccounted(preview)).toEqual(preview.files.map(() => 0));
    expect(preview.problems).toEqual([]);
  });

  it('holds after the import what really happened, and the long calls twice, as the preview says', async () => {
    const { calls, callsByTool, longCalls, sessions, prompts } = made.truth;
    await importer.apply({ again: false });
    expect(countEvents("kind = 'tool'")).toBe(calls + longCalls);
    expect(countEvents("kind = 'session'")).toBe(sessions);
    expect(countEvents("kind = 'other'")).toBe(prompts);
    const byTool = home
      .query("SELECT tool, count(*) AS n FROM hookline_event WHERE kind = 'tool' GROUP BY 1")
      .map(({ tool, n }): [string, number] => [String(tool), Number(n)]);
    expect(Object.fromEntries(byTool)).toEqual({
      ...callsByTool,
      Bash: (callsByTool.Bash ?? 0) + longCalls,
    });
    expect(preview.perhapsTwice).toBe(longCalls);
  });

  it('is not changed by a second import, nor by a refresh after it', async () => {
    expect((await home.refresh()).healedToJsonl).toBeGreaterThan(0);
    const after = [countEvents('true'), home.text(home.paths.journals.toolUsage)];
    expect(await importer.apply({ again: false })).toEqual({ kind: 'nothing-new' });
    expect((await home.refresh()).drift).toBe(0);
    expect([countEvents('true'), home.text(home.paths.journals.toolUsage)]).toEqual(after);
  });

  it('keeps no secret of the old files', () => {
    expect(countEvents("command LIKE '%hunter2%' OR command LIKE '%sk-ant-made-up%'")).toBe(0);
    expect(countEvents("command LIKE '%[redacted%'")).toBeGreaterThan(0);
  });

  it('comes back to the byte when the import is taken back', async () => {
    expect(await importer.undo(1)).toMatchObject({ kind: 'undone', linesLeft: 0 });
    expect(countEvents('true')).toBe(0);
    expect(home.text(home.paths.journals.toolUsage)).toBe(before);
    expect(planOf(home).files.find(({ name }) => name === 'tool-usage.jsonl')?.own).toBe(0);
  });
});
