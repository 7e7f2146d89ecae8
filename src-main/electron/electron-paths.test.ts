import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setElectronPaths } from './electron-paths.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hookline-paths-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('setElectronPaths', () => {
  it('moves every place of Electron below our folder, readable by the owner alone', () => {
    const places = new Map<string, string>();
    const folder = join(root, 'deep', 'app');
    setElectronPaths(
      {
        setPath: (name, path) => places.set(name, path),
        setAppLogsPath: (path) => places.set('logs', path),
      },
      folder,
    );
    expect(Object.fromEntries(places)).toEqual({
      userData: folder,
      sessionData: join(folder, 'session'),
      crashDumps: join(folder, 'crashes'),
      logs: join(folder, 'logs'),
    });
    for (const place of places.values()) expect(statSync(place).mode & 0o777).toBe(0o700);
  });
});
