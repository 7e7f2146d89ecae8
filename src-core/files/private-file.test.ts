import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { makePrivateFile } from './private-file.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'a');

describe('makePrivateFile', () => {
  it('makes an empty file for nobody else', () => {
    makePrivateFile(file());
    expect(readFileSync(file(), 'utf8')).toBe('');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('leaves a file that is there, and a link to one that is not', () => {
    writeFileSync(file(), 'kept', { mode: 0o644 });
    makePrivateFile(file());
    expect([readFileSync(file(), 'utf8'), statSync(file()).mode & 0o777]).toEqual(['kept', 0o644]);
    symlinkSync(join(folder(), 'gone'), join(folder(), 'link'));
    expect(() => makePrivateFile(join(folder(), 'link'))).not.toThrow();
  });

  it('throws where it cannot make one', () => {
    expect(() => makePrivateFile(join(folder(), 'none', 'a'))).toThrow('ENOENT');
  });
});
