import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { executableIn, findOverride, isRecent } from './official-electron.ts';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'hookline-official-'));

it('an override that is not set is no answer', () => {
  expect(findOverride(undefined)).toBeUndefined();
  expect(findOverride('')).toBeUndefined();
});

it('an override without Electron in it is refused by name', () => {
  const folder = temporary();
  expect(findOverride(folder)).toEqual({
    kind: 'missing',
    reason: `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no Electron in it.`,
  });
});

it('an override is used with the version its folder states', () => {
  const folder = temporary();
  const executable = executableIn(folder, process.platform);
  mkdirSync(join(executable, '..'), { recursive: true });
  writeFileSync(executable, '');
  writeFileSync(join(folder, 'version'), 'v45.4.1\n');
  const runtime = { source: 'override', folder, executable, version: '45.4.1', environment: {} };
  expect(findOverride(folder)).toEqual({ kind: 'found', runtime });
});

it('a download that failed is tried again after a day', () => {
  const stamp = join(temporary(), 'unreachable');
  expect(isRecent(stamp)).toBe(false);
  writeFileSync(stamp, '');
  utimesSync(stamp, 1_000, 1_000);
  const dayMs = 24 * 60 * 60 * 1000;
  expect(isRecent(stamp, 1_000_000 + dayMs - 1)).toBe(true);
  expect(isRecent(stamp, 1_000_000 + dayMs)).toBe(false);
});
