import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { pauseCapture, readPauses, resumeCapture } from './pause.ts';

const folder = tempFolderPerTest();
let paths: Paths;
beforeEach(() => {
  paths = createPaths({ home: folder() });
});

describe('a pause', () => {
  it('lasts until it is ended, and its time is kept', () => {
    expect(readPauses(paths)).toEqual([]);
    expect(pauseCapture(paths, 1000)).toBe(true);
    expect(existsSync(paths.pauseMarker)).toBe(true);
    expect(readPauses(paths)).toEqual([{ fromAt: 1000, toAt: null }]);
    expect(resumeCapture(paths, 5000)).toBe(true);
    expect(existsSync(paths.pauseMarker)).toBe(false);
    expect(readPauses(paths)).toEqual([{ fromAt: 1000, toAt: 5000 }]);
    pauseCapture(paths, 7000);
    expect(readPauses(paths)).toEqual([
      { fromAt: 1000, toAt: 5000 },
      { fromAt: 7000, toAt: null },
    ]);
  });

  it('asked for twice is one, and so is its end', () => {
    expect(resumeCapture(paths, 1000)).toBe(false);
    pauseCapture(paths, 1000);
    expect(pauseCapture(paths, 2000)).toBe(false);
    expect(readPauses(paths)).toEqual([{ fromAt: 1000, toAt: null }]);
    resumeCapture(paths, 3000);
    expect(resumeCapture(paths, 4000)).toBe(false);
    expect(readPauses(paths)).toEqual([{ fromAt: 1000, toAt: 3000 }]);
  });

  it('appears whole and for nobody else', () => {
    pauseCapture(paths, 1000);
    expect(statSync(paths.pauseMarker).mode & 0o777).toBe(0o600);
    expect(readdirSync(paths.own)).toEqual(['paused']);
    resumeCapture(paths, 1001);
    expect(statSync(paths.pauses).mode & 0o777).toBe(0o600);
  });

  it('that was ended by a crash half-way is one pause', () => {
    pauseCapture(paths, 1000);
    appendFileSync(paths.pauses, '{"fromAt":1000,"toAt":2000}\n');
    expect(readPauses(paths)).toEqual([{ fromAt: 1000, toAt: null }]);
    resumeCapture(paths, 3000);
    expect(readPauses(paths)).toEqual([{ fromAt: 1000, toAt: 3000 }]);
  });

  it('made by hand began when its marker was made; damaged lines are no pause', () => {
    mkdirSync(paths.own, { recursive: true });
    writeFileSync(paths.pauseMarker, '');
    utimesSync(paths.pauseMarker, 50, 50);
    writeFileSync(paths.pauses, 'null\n{"fromAt":1}\n{"fromAt":"1","toAt":2}\n{"ha');
    expect(readPauses(paths)).toEqual([{ fromAt: 50_000, toAt: null }]);
  });

  it('has no end before its beginning, whatever the clock did', () => {
    pauseCapture(paths, 5000);
    resumeCapture(paths, 1000);
    expect(readPauses(paths)).toEqual([{ fromAt: 5000, toAt: 5000 }]);
  });
});
