import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedPayload, hookPayload } from '../../test/support/claude-fixtures.ts';
import { plantedSecret } from '../../test/support/planted-secrets.ts';
import { drain, entryBytes, recordsIn, spoolEntry } from '../../test/support/spool.ts';
import { queryFile } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths, type Paths } from '../files/paths.ts';
import { quarantineFile } from '../journal/quarantine.ts';
import { parseEntry } from './entry.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const { text: token } = plantedSecret('GitHub personal token', 1);
const DAY = 86_400_000;
const THEN = 1_800_000_000_500;

/** Nothing takes anything: SQLite is not to be had, and folders stand where files should be. */
function breakStores(home: Paths): void {
  for (const path of brokenFiles(home)) mkdirSync(path, { recursive: true });
}
function mendStores(home: Paths): void {
  for (const path of brokenFiles(home)) rmdirSync(path);
}
const brokenFiles = (home: Paths) => [
  home.journals.toolUsage,
  home.journals.events,
  home.journals.sessionEvents,
  quarantineFile(home),
];
const drainInVain = (now: number) => drain(paths(), { db: null, now: () => now });
const entryOf = (path: string) => parseEntry(readFileSync(path));
const payloadOf = (path: string) => JSON.parse(entryOf(path).payload.toString('utf8'));

describe('an entry that nobody can drain', () => {
  it('stays as it is for a day', () => {
    breakStores(paths());
    const text = changedPayload('PostToolUse-Bash', { tool_input: { command: token } });
    const path = spoolEntry(paths(), text, { at: THEN });
    drainInVain(THEN + DAY - 1);
    expect(readFileSync(path)).toEqual(entryBytes(text));
  });

  it('is redacted where it lies after a day, with its header, its end mark, its time and its mode', () => {
    breakStores(paths());
    const text = changedPayload('PostToolUse-Bash', {
      tool_input: { command: `echo ${token}`, password: 'hunter2' },
      tool_response: { stdout: `${token}\n`, interrupted: false },
    });
    const path = spoolEntry(paths(), text, { at: THEN });
    drainInVain(THEN + DAY);
    expect(readFileSync(path, 'utf8')).not.toContain(token);
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
    expect(entryOf(path)).toMatchObject({
      isFinished: true,
      project: '/Users/dev/project',
      entrypoint: 'cli',
      launcherVersion: '1',
    });
    expect(payloadOf(path)).toMatchObject({
      hook_event_name: 'PostToolUse',
      tool_use_id: JSON.parse(text).tool_use_id,
      session_id: JSON.parse(text).session_id,
    });
    expect(Math.floor(statSync(path).mtimeMs)).toBe(THEN);
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(readdirSync(dirname(path))).toHaveLength(1);
  });

  it('keeps its millisecond, whatever fraction its time has', () => {
    breakStores(paths());
    const at = [0, 1, 499_999, 999_999].map((nanoseconds, i) => {
      const path = spoolEntry(paths(), hookPayload('Stop'), { at: THEN });
      const seconds = (THEN + i) / 1000 + nanoseconds / 1e9;
      utimesSync(path, seconds, seconds);
      return { path, before: statSync(path, { bigint: true }).mtimeMs };
    });
    drainInVain(THEN + 2 * DAY);
    for (const { path, before } of at) {
      expect(payloadOf(path).hook_event_name).toBe('Stop');
      expect(statSync(path, { bigint: true }).mtimeMs).toBe(before);
    }
  });

  it('is redacted once', () => {
    breakStores(paths());
    const path = spoolEntry(paths(), changedPayload('Stop', { a: token }), { at: THEN });
    drainInVain(THEN + DAY);
    const bytes = readFileSync(path);
    const { ino } = statSync(path);
    drainInVain(THEN + 2 * DAY);
    expect(readFileSync(path)).toEqual(bytes);
    expect(statSync(path).ino).toBe(ino);
  });

  it('becomes the event that it is as soon as a store answers', () => {
    breakStores(paths());
    const text = changedPayload('PostToolUseFailure-Bash-exit3', {
      tool_input: { command: `deploy ${token}` },
    });
    spoolEntry(paths(), text, { at: THEN, name: '7-0.event' });
    spoolEntry(paths(), changedPayload('Stop', { a: token }), {
      at: THEN + 1000,
      name: '8-0.event',
    });
    drainInVain(THEN + DAY);
    expect(drain(paths()).events).toBe(2);
    expect(readdirSync(paths().spool)).toEqual([]);
    const [call, stop] = queryFile(
      paths().database,
      'SELECT id, at_ms, outcome, exit_code, command FROM hookline_event ORDER BY at_ms',
    );
    expect(call).toMatchObject({
      id: JSON.parse(text).tool_use_id,
      at_ms: THEN,
      outcome: 'failed',
      exit_code: 3,
      command: expect.stringMatching(/^deploy \[redacted:\w{8}\]$/),
    });
    expect(stop?.at_ms).toBe(THEN + 1000);
  });

  it('has the substitute that a fresh one would have had', () => {
    const text = changedPayload('PostToolUse-Bash', { tool_input: { command: token } });
    breakStores(paths());
    spoolEntry(paths(), text, { at: THEN });
    drainInVain(THEN + DAY);
    drain(paths());
    const other = createPaths({ home: join(folder(), 'other') });
    spoolEntry(other, text, { at: THEN });
    drain(other);
    const commandIn = (home: Paths) =>
      queryFile(home.database, 'SELECT command FROM hookline_event');
    expect(commandIn(paths())).toEqual(commandIn(other));
  });

  it.each([
    ['is cut off', `{"hook_event_name":"Stop","a":"${token}\\npassword: hunter2 x","b`, true],
    ['is no JSON', `password=hunter2 ${token}`, true],
    ['was never finished', `{"hook_event_name":"Stop","a":"${token}"`, false],
  ])('is redacted as text where it %s', (_, text, isFinished) => {
    breakStores(paths());
    const path = spoolEntry(paths(), text, { at: THEN, isFinished });
    drainInVain(THEN + DAY);
    expect(readFileSync(path, 'utf8')).not.toMatch(new RegExp(`${token}|hunter2`));
    expect(entryOf(path).isFinished).toBe(isFinished);
    mendStores(paths());
    drain(paths());
    expect(readdirSync(paths().spool)).toEqual([]);
    expect(recordsIn(quarantineFile(paths()))).toHaveLength(1);
  });

  it('is redacted also where it is nested without end', () => {
    breakStores(paths());
    const deep = `${'['.repeat(100_000)}"${token}"${']'.repeat(100_000)}`;
    const text = hookPayload('Stop').replace('{', `{"deep":${deep},"a":"${token}",`);
    const path = spoolEntry(paths(), text, { at: THEN });
    drainInVain(THEN + DAY);
    expect(readFileSync(path, 'utf8')).not.toContain(token);
    expect(payloadOf(path).hook_event_name).toBe('Stop');
  });

  it('is reported where it cannot be rewritten, and lies there as it was', () => {
    breakStores(paths());
    const text = changedPayload('Stop', { a: token });
    const path = spoolEntry(paths(), text, { at: THEN });
    mkdirSync(`${path}.redacted`);
    const { problems } = drainInVain(THEN + DAY);
    expect(problems.some((problem) => problem.startsWith('spool:'))).toBe(true);
    expect(readFileSync(path)).toEqual(entryBytes(text));
  });
});
