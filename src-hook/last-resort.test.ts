import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../test/support/temp-folder.ts';
import { noteFailure } from './last-resort.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'logs', 'hook-errors.log');

describe('noteFailure', () => {
  it('writes one line with its time, for nobody else', () => {
    noteFailure(file(), 0, 'SQLite (busy):\ndatabase is locked\u001b[31m');
    expect(readFileSync(file(), 'utf8')).toBe(
      '1970-01-01T00:00:00.000Z SQLite (busy): database is locked [31m\n',
    );
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file())).mode & 0o777).toBe(0o700);
  });

  it('never grows beyond its bound: the full log makes room for a new one', () => {
    mkdirSync(dirname(file()));
    writeFileSync(file(), 'x'.repeat(256 * 1024 + 1));
    noteFailure(file(), 0, 'y'.repeat(10_000));
    expect(readFileSync(file(), 'utf8').length).toBeLessThan(600);
    expect(existsSync(`${file()}.1`)).toBe(true);
  });

  it('does not throw where nothing can be written', () => {
    writeFileSync(dirname(file()), '');
    expect(() => noteFailure(file(), 0, 'x')).not.toThrow();
  });
});
