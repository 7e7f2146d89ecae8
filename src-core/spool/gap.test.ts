import { appendFileSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths, type Paths } from '../files/paths.ts';
import { closeGap, readGaps } from './gap.ts';

const folder = tempFolderPerTest();
let paths: Paths;
beforeEach(() => {
  paths = createPaths({ home: folder() });
  mkdirSync(paths.own, { recursive: true });
});

/** What the launcher leaves: a file for the beginning, and one that grows. */
function leaveGap(count: number, fromS: number, toS: number): void {
  writeFileSync(paths.gapBegin, '');
  utimesSync(paths.gapBegin, fromS, fromS);
  writeFileSync(paths.gapCount, '.'.repeat(count));
  utimesSync(paths.gapCount, toS, toS);
}

describe('a gap of the launcher', () => {
  it('is none where nothing was left out', () => {
    closeGap(paths);
    expect(readGaps(paths)).toEqual([]);
    expect(existsSync(paths.gaps)).toBe(false);
  });

  it('is open until the spool is drained, and kept from then on', () => {
    leaveGap(3, 1000, 1060);
    writeFileSync(paths.spoolFull, '');
    const gap = { fromAt: 1_000_000, toAt: 1_060_000, count: 3 };
    expect(readGaps(paths)).toEqual([{ ...gap, isOpen: true }]);
    closeGap(paths);
    expect(existsSync(paths.spoolFull)).toBe(false);
    expect(readGaps(paths)).toEqual([{ ...gap, isOpen: false }]);
    closeGap(paths);
    expect(readGaps(paths)).toHaveLength(1);
  });

  it('is followed by others, each with its own time', () => {
    leaveGap(1, 1000, 1000);
    closeGap(paths);
    leaveGap(2, 2000, 2100);
    expect(readGaps(paths).map(({ fromAt, count }) => [fromAt, count])).toEqual([
      [1_000_000, 1],
      [2_000_000, 2],
    ]);
  });

  it('is not lost when whoever closed it was killed half-way', () => {
    writeFileSync(`${paths.gapCount}.closing`, '..');
    leaveGap(5, 3000, 3000);
    closeGap(paths);
    expect(readGaps(paths).map(({ count }) => count)).toEqual([2, 5]);
  });

  it('is known in spite of damaged lines, and of a beginning that is missing or later', () => {
    leaveGap(4, 5000, 4000);
    appendFileSync(paths.gaps, 'null\n{"fromAt":1}\n{"half\n');
    expect(readGaps(paths)).toEqual([
      { fromAt: 4_000_000, toAt: 4_000_000, count: 4, isOpen: true },
    ]);
  });
});
