import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type SettingName, SettingsView } from '../../src-core/contract/settings.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { changeSetting, settingsView } from './settings-view.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const settings = () => readSettings(paths().settings).settings;

/** Changes a setting; what it took besides writing, in order, and how it ended. */
async function change(name: SettingName, value: unknown, obstacle: string | null = null) {
  const done: string[] = [];
  const effect = (what: string) => async () => {
    done.push(what);
    return obstacle;
  };
  const effects = { reinstall: effect('reinstall'), followLogin: effect('followLogin') };
  return { ...(await changeSetting(paths(), { name, value }, effects)), done };
}

describe('a change of a setting', () => {
  it('is written, and carried out where that takes more', async () => {
    const fine = { isApplied: true, problem: null };
    expect(await change('privacy', 'full')).toEqual({ ...fine, done: [] });
    expect(await change('preToolUse', true)).toEqual({ ...fine, done: ['reinstall'] });
    expect(await change('launchAtLogin', false)).toEqual({ ...fine, done: ['followLogin'] });
    // Nothing is carried out twice.
    expect(await change('preToolUse', true)).toEqual({ ...fine, done: [] });
    expect(settings()).toMatchObject({ privacy: 'full', preToolUse: true, launchAtLogin: false });
  });

  it('is taken back when it cannot be carried out, and says why', async () => {
    const answer = await change('preToolUse', true, 'settings.json is read-only');
    expect(answer).toMatchObject({ isApplied: false, problem: 'settings.json is read-only' });
    expect(settings().preToolUse).toBe(false);
  });

  it.each<[SettingName, unknown]>([
    ['privacy', 'everything'],
    ['timeZone', 'Mars/Base'],
    ['shortcut', 'H'],
    ['excludedFolders', '/a'],
    ['notifications', ['rain']],
  ])('of %s to %j is refused, with its reason, and writes nothing', async (name, value) => {
    const { isApplied, problem } = await change(name, value);
    expect([isApplied, problem === null]).toEqual([false, false]);
    expect(settings()[name]).toEqual(readSettings('/nowhere').settings[name]);
  });
});

describe('the settings for a page', () => {
  it('say which part of the file is wrong', () => {
    const { settings: file } = paths();
    mkdirSync(dirname(file), { recursive: true });
    const shown = () => v.parse(SettingsView, settingsView(paths(), { now: 1, isInstalled: true }));
    writeFileSync(file, '{"privacy":"all","trayTitle":"calls"}');
    expect(shown().problems.map(({ name }) => name)).toEqual(['privacy']);
    expect(shown().settings).toMatchObject({ privacy: 'metadata', trayTitle: 'calls' });
    writeFileSync(file, '{');
    expect(shown().problems).toMatchObject([{ name: null }]);
  });
});
