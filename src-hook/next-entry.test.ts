import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../test/support/temp-folder.ts';
import { nextEntry } from './next-entry.ts';

const folder = tempFolderPerTest();

describe('nextEntry', () => {
  it('is true as soon as an entry comes', async () => {
    const entry = nextEntry(folder(), 20_000);
    writeFileSync(join(folder(), '1-0.event'), '');
    expect(await entry).toBe(true);
  });

  it('is false when nothing comes in time', async () => {
    expect(await nextEntry(folder(), 1)).toBe(false);
  });

  it('is false at once where there is no folder to watch', async () => {
    expect(await nextEntry(join(folder(), 'none'), 20_000)).toBe(false);
  });
});
