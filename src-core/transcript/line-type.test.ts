import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, isKnownType, typeOfHead } from './line-type.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'transcripts');

/** All lines that the client wrote. */
const LINES = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.jsonl'))
  .flatMap((path) => readFileSync(join(FIXTURES, path), 'utf8').split('\n'))
  .filter((line) => line !== '');

describe('the type of a line by its beginning', () => {
  it('is that of the whole line, or not known, for each recorded line', () => {
    for (const line of LINES) {
      const { type } = JSON.parse(line) as { type: string };
      expect([type, null]).toContain(typeOfHead(line.slice(0, HEAD_BYTES)));
      expect(isKnownType(type)).toBe(true);
    }
  });

  it('is known for each recorded line that nobody reads', () => {
    const unread = LINES.filter((line) => typeOfHead(line.slice(0, HEAD_BYTES)) === null)
      .map((line) => (JSON.parse(line) as { type: string }).type)
      .filter((type) => type !== 'user' && type !== 'assistant' && type !== 'system');
    expect(unread).toEqual([]);
  });

  it('is no type that stands inside of a message, or inside of a text', () => {
    const message = '{"isSidechain":false,"message":{"type":"message"},"type":"assistant"}';
    expect(typeOfHead(message)).toBeNull();
    const text =
      '{"parentUuid":null,"message":{"content":"\\"attachment\\":{\\"type\\":"},"type":"user"}';
    expect(typeOfHead(text)).toBeNull();
    expect(typeOfHead('{"userType":"external","type":"user","message":{}}')).toBe('user');
  });
});
