import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundsOnDisplays, readWindowPlace, writeWindowPlace } from './window-place.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hookline-place-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const place = { x: 40, y: 60, width: 1000, height: 700, isMaximized: false };

describe('the file of the place', () => {
  it('gives back what was written and leaves nothing else behind', () => {
    const file = join(root, 'app', 'window.json');
    writeWindowPlace(file, place);
    writeWindowPlace(file, { ...place, isMaximized: true });
    expect(readWindowPlace(file)).toEqual({ ...place, isMaximized: true });
    expect(readdirSync(join(root, 'app'))).toEqual(['window.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"x":1}',
    '{"x":1,"y":1,"width":0,"height":9,"isMaximized":false}',
    '{"x":"1","y":1,"width":10,"height":9,"isMaximized":false}',
  ])('takes a file with %j for none', (text) => {
    const file = join(root, 'window.json');
    writeFileSync(file, text);
    expect(readWindowPlace(file)).toBeUndefined();
  });

  it('takes a missing file for none', () => {
    expect(readWindowPlace(join(root, 'window.json'))).toBeUndefined();
  });
});

describe('boundsOnDisplays', () => {
  const screen = { x: 0, y: 26, width: 1280, height: 774 };
  const second = { x: 1280, y: 0, width: 1920, height: 1080 };

  it('keeps a place that is on a display', () => {
    expect(boundsOnDisplays(place, [screen])).toEqual({ x: 40, y: 60, width: 1000, height: 700 });
    const right = { ...place, x: 1500 };
    expect(boundsOnDisplays(right, [screen, second])?.x).toBe(1500);
  });

  it('forgets a place on a display that is gone', () => {
    expect(boundsOnDisplays({ ...place, x: 1500 }, [screen])).toBeUndefined();
    expect(boundsOnDisplays({ ...place, x: -990 }, [screen])).toBeUndefined();
    expect(boundsOnDisplays({ ...place, y: 790 }, [screen])).toBeUndefined();
    expect(boundsOnDisplays(place, [])).toBeUndefined();
  });

  it('never hides the title bar under the panel', () => {
    expect(boundsOnDisplays({ ...place, y: 0 }, [screen])?.y).toBe(26);
  });

  it('fits the size to the display and to the minimum', () => {
    expect(boundsOnDisplays({ ...place, width: 3000, height: 2000 }, [screen])).toMatchObject({
      width: 1280,
      height: 774,
    });
    expect(boundsOnDisplays({ ...place, width: 200, height: 100 }, [screen])).toMatchObject({
      width: 900,
      height: 620,
    });
  });

  it('has no wish when nothing is remembered', () => {
    expect(boundsOnDisplays(undefined, [screen])).toBeUndefined();
  });
});
