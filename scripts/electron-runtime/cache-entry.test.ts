import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { cacheEntry } from './cache-entry.ts';

let entry = '';
beforeEach(() => {
  entry = join(mkdtempSync(join(tmpdir(), 'hookline-cache-')), 'electron-1');
});

const write = (text: string) => async (folder: string) =>
  writeFileSync(join(folder, 'electron'), text);

it('an entry is made once and then used', async () => {
  expect(await cacheEntry(entry, write('first'))).toBe(entry);
  expect(await cacheEntry(entry, write('second'))).toBe(entry);
  expect(readFileSync(join(entry, 'electron'), 'utf8')).toBe('first');
});

it('is not there until it is whole', async () => {
  await cacheEntry(entry, async (folder) => {
    await write('half')(folder);
    expect(existsSync(entry)).toBe(false);
  });
});

it('leaves nothing behind when making it fails', async () => {
  const failing = async (folder: string): Promise<void> => {
    await write('half')(folder);
    throw new Error('no space');
  };
  await expect(cacheEntry(entry, failing)).rejects.toThrow('no space');
  expect(readdirSync(dirname(entry))).toEqual([]);
});

it('of two makers at once the first to finish wins, and both can go on', async () => {
  let finishFirst = (): void => {};
  const firstFinished = new Promise<void>((resolve) => {
    finishFirst = resolve;
  });
  const slow = cacheEntry(entry, async (folder) => {
    await firstFinished;
    await write('slow')(folder);
  });
  await cacheEntry(entry, write('quick'));
  finishFirst();
  expect(await slow).toBe(entry);
  expect(readFileSync(join(entry, 'electron'), 'utf8')).toBe('quick');
  expect(readdirSync(dirname(entry))).toEqual([basename(entry)]);
});

it('clears away what a maker that was killed left an hour ago, not what one is making now', async () => {
  for (const name of ['old', 'new']) mkdirSync(`${entry}.draft-${name}`, { recursive: true });
  utimesSync(`${entry}.draft-old`, 1, 1);
  await cacheEntry(entry, write('whole'));
  expect(readdirSync(dirname(entry)).sort()).toEqual(['electron-1', 'electron-1.draft-new']);
});
