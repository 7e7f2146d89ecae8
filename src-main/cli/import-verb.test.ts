import { describe, expect, it } from 'vitest';
import { createFakeTerminal } from '../../test/support/fake-terminal.ts';
import { type Home, homePerTest } from '../../test/support/home.ts';
import { addRows, importerOf, THEN_S } from '../../test/support/old-record.ts';
import { createImporter } from '../import/importer.ts';
import { type ImportRequest, importOld } from './import-verb.ts';

const home = homePerTest();

const PLAIN: ImportRequest = { json: false, yes: false, dryRun: false, again: false, undo: null };

/** Runs the verb; `answer` is what a person at the terminal says, null for nobody there. */
async function run(
  at: Home,
  request: Partial<ImportRequest>,
  { answer = null, isInstalled = true }: { answer?: boolean | null; isInstalled?: boolean } = {},
) {
  let refreshed = 0;
  const terminal = createFakeTerminal(answer);
  const code = await importOld(
    {
      importer: isInstalled ? importerOf(at) : createImporter({ ...at, waitMs: 0 }),
      terminal,
      refresh: async () => {
        refreshed++;
      },
    },
    { ...PLAIN, ...request },
  );
  const { printed, warned } = terminal;
  return { code, printed: printed.join('\n'), warned: warned.join('\n'), refreshed };
}

const stored = () => Number(home().query('SELECT count(*) AS n FROM hookline_event')[0]?.n);

describe('hookline import', () => {
  it('ends well where there is nothing to import, installed or not', async () => {
    const nothing = { code: 0, printed: 'There is nothing to import.' };
    expect(await run(home(), {}, { isInstalled: false })).toMatchObject(nothing);
    expect(await run(home(), { yes: true })).toMatchObject(nothing);
  });

  it('shows the plan and does nothing with --dry-run, not even a refresh', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const { code, printed, refreshed } = await run(home(), { dryRun: true });
    expect({ code, refreshed }).toEqual({ code: 0, refreshed: 0 });
    expect(printed).toContain('To import: 1 events');
    expect(stored()).toBe(0);
  });

  it('refreshes first, imports with --yes and says how to take it back', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const { code, printed, refreshed } = await run(home(), { yes: true });
    expect({ code, refreshed }).toEqual({ code: 0, refreshed: 1 });
    expect(printed).toContain('Imported 1 events. "hookline import --undo 1" takes them back.');
    expect(stored()).toBe(1);
  });

  it('does nothing without consent: nobody there, or a no', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    expect(await run(home(), {})).toMatchObject({
      code: 1,
      warned: expect.stringContaining('--yes'),
    });
    expect(await run(home(), {}, { answer: false })).toMatchObject({ code: 1 });
    expect(stored()).toBe(0);
    expect(await run(home(), {}, { answer: true })).toMatchObject({ code: 0 });
    expect(stored()).toBe(1);
  });

  it('refuses where the hook is not installed', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const { code, warned } = await run(home(), { yes: true }, { isInstalled: false });
    expect(code).toBe(1);
    expect(warned).toContain('hookline install');
  });

  it('takes a run back, and imports it again when asked', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    await run(home(), { yes: true });
    expect(await run(home(), { undo: '1', dryRun: true })).toMatchObject({
      code: 0,
      printed: 'Import 1: 1 events would be taken back.',
    });
    expect(await run(home(), { undo: '1', yes: true })).toMatchObject({
      code: 0,
      printed: 'Took back 1 events.',
    });
    expect(stored()).toBe(0);
    expect(await run(home(), { yes: true })).toMatchObject({
      code: 0,
      printed: expect.stringContaining('add --again'),
    });
    expect(await run(home(), { yes: true, again: true })).toMatchObject({ code: 0 });
    expect(stored()).toBe(1);
  });

  it.each(['2', 'all', ''])(
    'refuses to take back import "%s", which there is not',
    async (undo) => {
      expect(await run(home(), { undo, yes: true })).toMatchObject({ code: 1, printed: '' });
    },
  );

  it('prints one JSON object with --json, whatever becomes of it', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const kindOf = async (request: Partial<ImportRequest>, isInstalled = true) =>
      JSON.parse((await run(home(), { json: true, ...request }, { isInstalled })).printed).kind;
    expect(await kindOf({ dryRun: true }, false)).toBe('plan');
    expect(await kindOf({ yes: true }, false)).toBe('refused');
    expect(await kindOf({ yes: true })).toBe('imported');
    expect(await kindOf({ yes: true })).toBe('plan');
    expect(await kindOf({ undo: '9', yes: true })).toBe('refused');
    expect(await kindOf({ undo: '1', yes: true })).toBe('undone');
  });
});
