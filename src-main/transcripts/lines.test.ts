import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createLineReader } from './lines.ts';

const folder = tempFolderPerTest();
const BLOCK = 512 * 1024;

function read(text: string, from = 0, wants: (type: string | null) => boolean = () => true) {
  const path = join(folder(), 'x.jsonl');
  writeFileSync(path, text);
  const lines: { offset: number; type: string | null; text: string | null }[] = [];
  const reading = createLineReader().read(path, from, wants);
  let next = reading.next();
  for (; !next.done; next = reading.next()) {
    const { offset, type, bytes } = next.value;
    lines.push({ offset, type, text: bytes?.toString('utf8') ?? null });
  }
  return { lines, readTo: next.value };
}

describe('reading lines', () => {
  it('gives the complete ones with their places, and leaves the last one that has no end', () => {
    expect(read('{"type":"a"}\nbc\nd')).toEqual({
      lines: [
        { offset: 0, type: 'a', text: '{"type":"a"}' },
        { offset: 13, type: null, text: 'bc' },
      ],
      readTo: 16,
    });
  });

  it('goes on from any line', () => {
    expect(read('aa\nbb\ncc\n', 3).lines.map(({ text }) => text)).toEqual(['bb', 'cc']);
  });

  it('gives lines whole that are longer than its buffer, and drops those that nobody wants', () => {
    const long = 'é'.repeat(BLOCK);
    const text = `{"type":"blob","x":"${long}"}\n{"type":"user","x":"${long}"}\nlast\n`;
    const { lines, readTo } = read(text, 0, (type) => type !== 'blob');
    expect(lines.map(({ type, text: line }) => [type, line?.length ?? null])).toEqual([
      ['blob', null],
      ['user', long.length + 22],
      [null, 4],
    ]);
    expect(readTo).toBe(Buffer.byteLength(text));
  });

  it('finds the same lines wherever the blocks end', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
      fc.integer({ min: BLOCK - 40, max: BLOCK + 40 }).map((length) => 'x'.repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (all) => {
        const kept = all.map((text) => text.replaceAll('\n', ' '));
        const { lines } = read(kept.map((text) => `${text}\n`).join(''));
        expect(lines.map(({ text }) => text)).toEqual(kept);
      }),
      { numRuns: 30 },
    );
  });
});
