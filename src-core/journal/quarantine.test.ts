import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../../test/support/capture-text.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths } from '../files/paths.ts';
import {
  quarantine,
  quarantinedIds,
  quarantineFile,
  type Rejected,
  rejectedId,
} from './quarantine.ts';
import { hasRightSum } from './sum.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const rejected = (text: string | Buffer, more: Partial<Rejected> = {}): Rejected => ({
  at: 5,
  from: '1-0.event',
  offset: null,
  reason: 'not JSON',
  bytes: Buffer.from(text),
  ...more,
});
const kept = () =>
  readFileSync(quarantineFile(paths()), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('quarantine', () => {
  it('keeps what was rejected, why, and from where, in a file of mode 0600', () => {
    quarantine(paths(), TEST_REDACTOR, [rejected('{"a":'), rejected('x', { offset: 7 })]);
    expect(kept()).toMatchObject([
      { at: 5, from: '1-0.event', reason: 'not JSON', bytes: 5, text: '{"a":' },
      { offset: 7, bytes: 1, text: 'x' },
    ]);
    expect(kept()[0]).not.toHaveProperty('offset');
    expect(kept().every(hasRightSum)).toBe(true);
    expect(statSync(quarantineFile(paths())).mode & 0o777).toBe(0o600);
  });

  it('redacts what it keeps', () => {
    quarantine(paths(), TEST_REDACTOR, [rejected(`{"prompt":"ghp_${'a'.repeat(36)}`)]);
    expect(kept()[0].text).toMatch(/^\{"prompt":"\[redacted:\w{8}\]$/);
  });

  it('keeps the beginning of what is long, and how long it was', () => {
    quarantine(paths(), TEST_REDACTOR, [rejected('é'.repeat(1_000_000))]);
    expect(kept()[0].bytes).toBe(2_000_000);
    expect(kept()[0].text).toHaveLength(32 * 1024);
  });

  it('keeps bytes that are no text', () => {
    quarantine(paths(), TEST_REDACTOR, [rejected(Buffer.from([0, 0xff, 0x0a, 0x80]))]);
    expect(kept()[0].text).toBe('\0\ufffd\n\ufffd');
  });

  it('throws where it cannot keep', () => {
    mkdirSync(quarantineFile(paths()), { recursive: true });
    expect(() => quarantine(paths(), TEST_REDACTOR, [rejected('x')])).toThrow('EISDIR');
  });
});

describe('quarantinedIds', () => {
  it('knows the same damage again, and nothing else', () => {
    expect(quarantinedIds(paths())).toEqual(new Set());
    const one = rejected('x', { offset: 7 });
    quarantine(paths(), TEST_REDACTOR, [one]);
    const ids = quarantinedIds(paths());
    const moved = { ...one, at: 99, offset: 8, reason: 'other' };
    expect(ids.has(rejectedId(moved))).toBe(true);
    for (const other of [{ from: 'b' }, { bytes: Buffer.of(1) }]) {
      expect(ids.has(rejectedId({ ...one, ...other }))).toBe(false);
    }
  });

  it('tells bytes apart that are the same broken text', () => {
    const [a, b] = [Buffer.of(0xff), Buffer.of(0xfe)].map((bytes) => rejectedId(rejected(bytes)));
    expect(a).not.toBe(b);
  });
});
