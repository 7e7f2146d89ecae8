import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../test/support/temp-folder.ts';
import { installedPaths } from './installed-root.ts';

const folder = tempFolderPerTest();
const record = (value: unknown) =>
  writeFileSync(
    join(folder(), 'root.json'),
    typeof value === 'string' ? value : JSON.stringify(value),
  );

describe('installedPaths', () => {
  it('gives the root that install wrote down, whatever the environment says', () => {
    record({ version: '0.1.0', home: '/home/a', claudeConfigDir: null });
    expect(installedPaths(folder())).toMatchObject({
      claude: '/home/a/.claude',
      isSharedDatabase: true,
      database: '/home/a/.agent-core/storage/antigravity.db',
    });
  });

  it('keeps another configuration folder apart from the shared database', () => {
    record({ home: '/home/a', claudeConfigDir: '/work/claude' });
    expect(installedPaths(folder())).toMatchObject({
      claude: '/work/claude',
      isSharedDatabase: false,
      database: '/work/claude/data/hookline/hookline.db',
    });
  });

  it.each(['', '{', 'null', '[]', '{}', '{"home":""}', '{"home":7}'])(
    'throws for the damaged record %j rather than guess a root',
    (text) => {
      record(text);
      expect(() => installedPaths(folder())).toThrow();
    },
  );

  it('throws where there is no record', () => {
    expect(() => installedPaths(folder())).toThrow('ENOENT');
  });
});
