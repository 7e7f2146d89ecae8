import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { type Decide, rewriteJournal } from './rewrite-journal.ts';

const folder = tempFolderPerTest();
const file = (text: string): string => {
  const path = join(folder(), 'lines.jsonl');
  writeFileSync(path, text, { mode: 0o640 });
  return path;
};
const without =
  (unwanted: string): Decide =>
  (bytes) =>
    bytes.toString() === unwanted ? 'remove' : 'keep';

describe('rewriting a file of lines', () => {
  it('leaves out what is to go, keeps the order of the rest, and the mode', () => {
    const path = file('a\nb\nc\n');
    expect(rewriteJournal(path, without('b'))).toMatchObject({ removed: 1, changed: 0 });
    expect(readFileSync(path, 'utf8')).toBe('a\nc\n');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(existsSync(`${path}.repair`)).toBe(false);
  });

  it('touches nothing where nothing changes', () => {
    const path = file('a\nb\n');
    const before = statSync(path);
    expect(rewriteJournal(path, without('x'))).toBeNull();
    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('carries over what a program appended while the new file was made', () => {
    const path = file('a\nb\n');
    const decide: Decide = (bytes) => {
      if (bytes.toString() === 'b') appendFileSync(path, 'late\n');
      return bytes.toString() === 'a' ? 'remove' : 'keep';
    };
    rewriteJournal(path, decide)?.close();
    expect(readFileSync(path, 'utf8')).toBe('b\nlate\n');
  });

  it('carries over what comes through a file that was opened before', () => {
    const path = file('a\nb\n');
    const theirs = openSync(path, 'a');
    const rewritten = rewriteJournal(path, without('a'));
    writeSync(theirs, 'theirs\n');
    closeSync(theirs);
    rewritten?.close();
    expect(readFileSync(path, 'utf8')).toBe('b\ntheirs\n');
  });

  it('waits for the end of a line that somebody is still writing', () => {
    const path = file('a\n{"half":');
    const theirs = openSync(path, 'a');
    const rewritten = rewriteJournal(path, (_, { isTail }) => (isTail ? 'remove' : 'keep'));
    expect(readFileSync(path, 'utf8')).toBe('a\n');
    writeSync(theirs, '1}\n');
    closeSync(theirs);
    rewritten?.close();
    expect(readFileSync(path, 'utf8')).toBe('a\n{"half":1}\n');
  });
});
