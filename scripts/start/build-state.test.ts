import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { explainBuild, readBuildNeed } from './build-state.ts';

const RESULTS = [
  'out/main/index.js',
  'out/preload/preload.cjs',
  'out/renderer/glance/index.html',
  'out/hook/hook.cjs',
  'out/cli/hookline.js',
];
let root = '';

function put(path: string, seconds: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  utimesSync(join(root, path), seconds, seconds);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hookline-build-'));
  put('src-core/event/parse.ts', 100);
  for (const path of RESULTS) put(path, 200);
});

describe('readBuildNeed', () => {
  it('is content with results newer than all sources', () => {
    expect(readBuildNeed(root)).toBeUndefined();
  });

  it.each(RESULTS)('misses %s', (path) => {
    rmSync(join(root, path));
    expect(readBuildNeed(root)).toBe('missing');
  });

  it('sees that one result is older than a source', () => {
    put('src-renderer/features/live/live-view.tsx', 150);
    put('out/hook/hook.cjs', 120);
    expect(readBuildNeed(root)).toBe('stale');
  });

  it('does not build for a changed test', () => {
    put('src-core/event/parse.test.ts', 300);
    expect(readBuildNeed(root)).toBeUndefined();
  });
});

describe('explainBuild', () => {
  it('names the first error among what the build said', () => {
    const said = 'node:internal:1568\n  throw err;\n\nError: Cannot find module x\n    at y\n';
    expect(explainBuild(said)).toBe(
      'The build failed: Error: Cannot find module x. To see all of it: npm run build',
    );
  });

  it('still says that it failed when nothing was said', () => {
    expect(explainBuild('\n')).toBe('The build failed. To see all of it: npm run build');
  });
});
