import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { type FolderWatch, watchFolders } from './watch.ts';

const folder = tempFolderPerTest();
let watching: FolderWatch | null = null;
afterEach(() => watching?.stop());

/** Watches, and gives the promise of the next change after each call of `next`. */
function watchOne(...names: readonly string[]) {
  let tell: (changed: string) => void = () => undefined;
  watching = watchFolders(
    names.map((name) => join(folder(), name)),
    (changed) => tell(changed),
  );
  return {
    rearm: () => watching?.rearm(),
    next: () =>
      new Promise<string>((resolve) => {
        tell = resolve;
      }),
  };
}
const touch = (name: string): void => writeFileSync(join(folder(), name), 'x');

describe('a watch of folders', () => {
  it('tells in which of them something changed', async () => {
    mkdirSync(join(folder(), 'a'));
    mkdirSync(join(folder(), 'b'));
    const { next } = watchOne('a', 'b');
    const change = next();
    touch('b/file');
    expect(await change).toBe(join(folder(), 'b'));
  });

  it('tells of a file that goes', async () => {
    mkdirSync(join(folder(), 'a'));
    touch('a/file');
    const { next } = watchOne('a');
    const change = next();
    rmSync(join(folder(), 'a', 'file'));
    expect(await change).toBe(join(folder(), 'a'));
  });

  it('takes up a folder that was missing, once it is asked to look again', async () => {
    const { next, rearm } = watchOne('later');
    mkdirSync(join(folder(), 'later'));
    rearm();
    const change = next();
    touch('later/file');
    expect(await change).toBe(join(folder(), 'later'));
  });

  it('follows a folder that was replaced', async () => {
    mkdirSync(join(folder(), 'a'));
    const { next, rearm } = watchOne('a');
    renameSync(join(folder(), 'a'), join(folder(), 'old'));
    mkdirSync(join(folder(), 'a'));
    rearm();
    const change = next();
    touch('a/file');
    expect(await change).toBe(join(folder(), 'a'));
  });

  it('is not disturbed by a file in the place of a folder', () => {
    touch('a');
    expect(() => watchOne('a').rearm()).not.toThrow();
  });
});
