import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { readHookSettings } from './hook-settings.ts';
import { readSettings } from './settings.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'settings.json');

const TEXTS = [
  '{}',
  '{"privacy":"full","excludedFolders":["/a","/b"]}',
  '{"privacy":"redacted"}',
  '{"privacy":"metadata","timeZone":null}',
  '{"privacy":"all"}',
  '{"privacy":null}',
  '{"privacy":["full"],"excludedFolders":"/a"}',
  '{"excludedFolders":["/a",1,null,"/b"]}',
  '{"excludedFolders":{}}',
  '{"excludedFolders":null}',
  '{"privacy":"full",',
  '[]',
  'null',
  '',
];

describe('readHookSettings', () => {
  it.each(TEXTS)('makes of %j what the app makes of it', (text) => {
    writeFileSync(file(), text);
    const { settings, problems } = readSettings(file());
    const { privacy, excludedFolders, problems: found } = readHookSettings(file());
    expect({ privacy, excludedFolders }).toEqual({
      privacy: settings.privacy,
      excludedFolders: settings.excludedFolders,
    });
    expect(found).toHaveLength(problems.length);
  });

  it('gives the defaults where there is no file', () => {
    expect(readHookSettings(file())).toEqual({
      privacy: 'metadata',
      excludedFolders: [],
      problems: [],
    });
  });

  it('says why where the file cannot be read', () => {
    mkdirSync(file());
    expect(readHookSettings(file()).problems).toEqual([expect.stringContaining('EISDIR')]);
  });
});
