import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { defaultSettings } from '../contract/settings.ts';
import { readSettings } from './settings.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'settings.json');

function readText(text: string) {
  writeFileSync(file(), text);
  return readSettings(file());
}

describe('readSettings', () => {
  it('gives the defaults where there is no file', () => {
    expect(readSettings(file())).toEqual({ settings: defaultSettings, problems: [] });
    expect(defaultSettings).toEqual({
      privacy: 'metadata',
      timeZone: null,
      preToolUse: false,
      excludedFolders: [],
      launchAtLogin: true,
      trayTitle: 'none',
      notifications: ['capture', 'drift', 'purge', 'disk'],
      shortcut: null,
    });
  });

  it('gives what was chosen', () => {
    const chosen = {
      privacy: 'full',
      timeZone: 'Asia/Kolkata',
      preToolUse: true,
      excludedFolders: ['/a'],
      launchAtLogin: false,
      trayTitle: 'errors',
      notifications: ['disk'],
      shortcut: 'CommandOrControl+Shift+H',
    };
    expect(readText(JSON.stringify({ ...chosen, later: 1 }))).toEqual({
      settings: chosen,
      problems: [],
    });
  });

  it('replaces what is wrong by its default and keeps the rest', () => {
    const { settings, problems } = readText(
      '{"privacy":"all","timeZone":"Mars/Base","preToolUse":true,"excludedFolders":{}}',
    );
    expect(settings).toEqual({ ...defaultSettings, preToolUse: true });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'setting privacy',
      'setting timeZone',
      'setting excludedFolders',
    ]);
  });

  it.each(['H', 'Shift+H', 'Command+', 'Control+Nonsense', 'Hyper+K', ''])(
    'takes %j for no shortcut',
    (shortcut) => {
      const { settings, problems } = readText(JSON.stringify({ shortcut }));
      expect(settings.shortcut).toBeNull();
      expect(problems).toHaveLength(1);
    },
  );

  it('keeps the good ones among the excluded folders: a mistake must not record the others', () => {
    const { settings, problems } = readText('{"excludedFolders":["/a",7,null,"/b"]}');
    expect(settings.excludedFolders).toEqual(['/a', '/b']);
    expect(problems).toHaveLength(1);
  });

  it.each(['', '{', '[]', 'null', '"x"', '\0'])(
    'gives the defaults and a problem for %j',
    (text) => {
      const { settings, problems } = readText(text);
      expect(settings).toEqual(defaultSettings);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(file());
    },
  );

  it('says that a file cannot be read', () => {
    mkdirSync(file());
    expect(readSettings(file()).problems[0]).toContain('cannot be read');
  });
});
