import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { readOrMakeKey } from './redaction-key.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'own', 'redaction.key');

describe('readOrMakeKey', () => {
  it('makes a key once, for nobody else', () => {
    const key = readOrMakeKey(file());
    expect(key).toHaveLength(32);
    expect(readOrMakeKey(file())).toEqual(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file())).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(file()))).toEqual(['redaction.key']);
  });

  it.each(['', 'abc', 'z'.repeat(64), '0'.repeat(63)])('replaces a damaged key %j', (damaged) => {
    mkdirSync(dirname(file()));
    writeFileSync(file(), damaged);
    const key = readOrMakeKey(file());
    expect(Buffer.from(key).toString('hex')).toBe(readFileSync(file(), 'utf8'));
    expect(readOrMakeKey(file())).toEqual(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('reads a key to which an editor added a line end', () => {
    const key = readOrMakeKey(file());
    writeFileSync(file(), '\n', { flag: 'a' });
    expect(readOrMakeKey(file())).toEqual(key);
  });

  it('throws where a folder stands in its place', () => {
    mkdirSync(file(), { recursive: true });
    expect(() => readOrMakeKey(file())).toThrow('EISDIR');
  });
});
