import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { callPayload } from '../support/capture-text.ts';
import { changedPayload } from '../support/claude-fixtures.ts';
import { type HookHome, makeHookHome } from '../support/hook-home.ts';
import { recordsIn } from '../support/spool.ts';
import { queryFile } from '../support/sqlite.ts';

const SILENT = { code: 0, signal: null, output: '' };
let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});
const events = () =>
  queryFile(home.paths.database, 'SELECT kind, hook_event, tool FROM hookline_event');

const WRONG: readonly [string, string | Buffer, string][] = [
  ['nothing', '', 'empty'],
  ['half a JSON', callPayload({}).slice(0, 80), 'not JSON'],
  ['10 MB that are no JSON', Buffer.alloc(10 * 1024 * 1024, 'word '), 'not JSON'],
  ['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, i) => i)), 'not JSON'],
  ['NULs', Buffer.alloc(64), 'not JSON'],
  ['null', 'null\n', 'not a JSON object'],
  ['a list', '[]', 'not a JSON object'],
  ['an object that names no event', '{}', 'no hook_event_name'],
];

describe('the installed hook, given what it cannot understand', () => {
  it.each(WRONG)('is silent and keeps %s in quarantine', async (_, input, reason) => {
    expect(await home.launch(input)).toEqual(SILENT);
    await home.drained();
    const bytes = Buffer.byteLength(input);
    expect(recordsIn(quarantineFile(home.paths))).toMatchObject([{ reason, bytes }]);
    expect(events()).toEqual([]);
  });

  it('is silent where its stdin is closed', async () => {
    const by = ['sh', '-c', '"$0" <&-'];
    expect(await home.launch('', { by })).toEqual(SILENT);
    await home.drained();
    expect(recordsIn(quarantineFile(home.paths))).toMatchObject([{ bytes: 0 }]);
  });

  it('goes on with what comes after', async () => {
    await home.launch('{"half');
    await home.launch(callPayload({}));
    await home.drained();
    expect(events()).toEqual([{ kind: 'tool', hook_event: 'PostToolUse', tool: 'Bash' }]);
  });
});

describe('the installed hook, given what it does not know', () => {
  it('keeps an unknown event as another event', async () => {
    const unknown = { hook_event_name: 'SomethingNew', detail: { a: [1] } };
    expect(await home.launch(changedPayload('Stop', unknown))).toEqual(SILENT);
    await home.drained();
    expect(events()).toEqual([{ kind: 'other', hook_event: 'SomethingNew', tool: null }]);
    expect(recordsIn(home.paths.journals.events)).toMatchObject([{ event: 'SomethingNew' }]);
  });

  it('keeps a call of an unknown tool as a call', async () => {
    const unknown = { tool_name: 'mcp__new__tool', tool_input: [1, 2], tool_response: null };
    expect(await home.launch(callPayload(unknown))).toEqual(SILENT);
    await home.drained();
    expect(events()).toEqual([{ kind: 'tool', hook_event: 'PostToolUse', tool: 'mcp__new__tool' }]);
  });

  it('keeps a call with 10 MB of output', async () => {
    const stdout = 'x'.repeat(10 * 1024 * 1024);
    expect(await home.launch(callPayload({ tool_response: { stdout } }))).toEqual(SILENT);
    await home.drained();
    const [row] = queryFile(home.paths.database, 'SELECT output_bytes FROM hookline_event');
    expect(row?.output_bytes).toBe(stdout.length + 13);
  });
});
