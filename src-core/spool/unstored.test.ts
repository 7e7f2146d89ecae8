import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths } from '../files/paths.ts';
import { forgetUnstored, hasUnstored, noteUnstored } from './unstored.ts';

const HOUR_MS = 3_600_000;
const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const file = () => join(paths().own, 'unstored');
beforeEach(() => {
  mkdirSync(paths().own, { recursive: true });
});

describe('hasUnstored', () => {
  it('is false until something was noted, and again when it was forgotten', () => {
    expect(hasUnstored(paths(), 5)).toBe(false);
    noteUnstored(paths(), 5);
    expect(hasUnstored(paths(), 6)).toBe(true);
    forgetUnstored(paths());
    expect(hasUnstored(paths(), 6)).toBe(false);
  });

  it('lasts an hour, whichever way the clock was moved', () => {
    noteUnstored(paths(), 10 * HOUR_MS);
    expect(hasUnstored(paths(), 11 * HOUR_MS)).toBe(true);
    expect(hasUnstored(paths(), 11 * HOUR_MS + 1)).toBe(false);
    expect(() => readFileSync(file())).toThrow('ENOENT');
    noteUnstored(paths(), 10 * HOUR_MS);
    expect(hasUnstored(paths(), HOUR_MS)).toBe(false);
  });

  it('believes in doubt that something is missing', () => {
    writeFileSync(file(), '');
    expect(hasUnstored(paths(), 5)).toBe(true);
    forgetUnstored(paths());
    mkdirSync(file());
    expect(hasUnstored(paths(), 5)).toBe(true);
  });

  it('keeps its note for nobody else', () => {
    noteUnstored(paths(), 5);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });
});
