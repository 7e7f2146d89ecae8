import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecordSegment } from '../../src-core/contract/views.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { pauseCapture, resumeCapture } from '../capture/pause.ts';
import { recordBreaks, recordSegments } from './record.ts';

const folder = tempFolderPerTest();
const SPAN = { fromAt: 1000, toAt: 2000 };
const line = (breaks: readonly RecordSegment[]) =>
  recordSegments(SPAN, breaks).map(({ kind, fromAt, toAt }) => `${kind} ${fromAt}-${toAt}`);
const paused = (fromAt: number, toAt: number): RecordSegment => ({ fromAt, toAt, kind: 'paused' });

describe('the record line', () => {
  it('is unbroken where nothing broke it', () => {
    expect(line([])).toEqual(['hook 1000-2000']);
    expect(line([paused(0, 900), paused(2000, 2100)])).toEqual(['hook 1000-2000']);
  });

  it('shows breaks where they were, cut to the span', () => {
    expect(line([paused(500, 1100), paused(1500, 1600), paused(1900, 9000)])).toEqual([
      'paused 1000-1100',
      'hook 1100-1500',
      'paused 1500-1600',
      'hook 1600-1900',
      'paused 1900-2000',
    ]);
    expect(line([paused(0, 5000)])).toEqual(['paused 1000-2000']);
  });

  it('shows no moment twice where breaks overlap', () => {
    const missing = { fromAt: 1200, toAt: 1400, kind: 'missing' } as const;
    expect(line([paused(1100, 1300), missing, paused(1250, 1350)])).toEqual([
      'hook 1000-1100',
      'paused 1100-1300',
      'missing 1300-1400',
      'hook 1400-2000',
    ]);
  });

  it('takes breaks from what pauses and the launcher left behind', () => {
    const paths = createPaths({ home: folder() });
    mkdirSync(paths.own, { recursive: true });
    pauseCapture(paths, 2_000_000);
    resumeCapture(paths, 3_000_000);
    pauseCapture(paths, 9_000_000);
    writeFileSync(paths.gapCount, '.');
    utimesSync(paths.gapCount, 1000, 1000);
    expect(recordBreaks(paths, 9_500_000)).toEqual([
      { fromAt: 1_000_000, toAt: 1_000_001, kind: 'missing' },
      paused(2_000_000, 3_000_000),
      paused(9_000_000, 9_500_001),
    ]);
  });
});
