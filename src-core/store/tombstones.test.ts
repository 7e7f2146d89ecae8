import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NOON } from '../../test/support/make-event.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths } from '../files/paths.ts';
import { addTombstones, liftTombstones, openTombstones } from './tombstones.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const WHY = { reason: 'asked for', at: NOON };
const event = (id: string, sessionId: string | null = null, at = NOON) => ({ id, sessionId, at });

describe('tombstones', () => {
  it('cover nothing where there are none, and make no file', () => {
    expect(openTombstones(paths()).covers(event('a'))).toBe(false);
    expect(() => statSync(paths().tombstones)).toThrow('ENOENT');
  });

  it('cover events by id, by session and by time, and no others', () => {
    addTombstones(paths(), { ids: ['a', 'b'] }, WHY);
    addTombstones(paths(), { sessionId: 's' }, WHY);
    addTombstones(paths(), { fromAt: 10, toAt: 20 }, WHY);
    const { covers, coversId } = openTombstones(paths());
    expect(['a', 'b', 'c'].map((id) => covers(event(id)))).toEqual([true, true, false]);
    expect([coversId('a'), coversId('c')]).toEqual([true, false]);
    expect([covers(event('c', 's')), covers(event('c', 't'))]).toEqual([true, false]);
    expect([9, 10, 20, 21].map((at) => covers(event('c', null, at)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('cannot be lifted where they are for good', () => {
    addTombstones(paths(), { ids: ['a'], isForGood: true }, WHY);
    addTombstones(paths(), { ids: ['a', 'b'] }, WHY);
    liftTombstones(paths(), ['a', 'b'], WHY);
    const { covers, coversId, isForGood } = openTombstones(paths());
    expect([covers(event('a')), coversId('a'), isForGood('a')]).toEqual([true, true, true]);
    expect([covers(event('b')), isForGood('b')]).toEqual([false, false]);
  });

  it('are lifted by a later line, and laid again by one still later', () => {
    addTombstones(paths(), { ids: ['a', 'b'] }, WHY);
    liftTombstones(paths(), ['a'], WHY);
    expect(['a', 'b'].map(openTombstones(paths()).coversId)).toEqual([false, true]);
    addTombstones(paths(), { ids: ['a'] }, WHY);
    expect(openTombstones(paths()).coversId('a')).toBe(true);
  });

  it('take thousands of ids in a few lines, for nobody else to read', () => {
    const ids = Array.from({ length: 1200 }, (_, i) => `old_${i}`);
    addTombstones(paths(), { ids }, WHY);
    expect(readFileSync(paths().tombstones, 'utf8').trim().split('\n')).toHaveLength(3);
    expect(statSync(paths().tombstones).mode & 0o777).toBe(0o600);
    expect(ids.every(openTombstones(paths()).coversId)).toBe(true);
  });

  it('count lines that are damaged, and believe the others', () => {
    addTombstones(paths(), { ids: ['a'] }, WHY);
    const text = readFileSync(paths().tombstones, 'utf8');
    writeFileSync(paths().tombstones, text + text.replace('"a"', '"z"'));
    appendFileSync(paths().tombstones, '\nnot JSON\n{"at":1}\n');
    const opened = openTombstones(paths());
    expect(['a', 'z'].map(opened.coversId)).toEqual([true, false]);
    expect(opened.damaged()).toBe(3);
  });

  it('refuse to answer when their file cannot be read', () => {
    mkdirSync(paths().tombstones, { recursive: true });
    expect(() => openTombstones(paths()).coversId('a')).toThrow('EISDIR');
  });
});
