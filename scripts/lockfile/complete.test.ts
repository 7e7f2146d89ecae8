import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findMissingEntries, findUnmarkedPrebuilt, type LockPackages } from './complete.ts';

const withOptional = (optionalDependencies: Record<string, string>): LockPackages => ({
  '': {},
  'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies },
});

describe('findMissingEntries', () => {
  it('describes a binary by its name, for development if its user is', () => {
    expect(findMissingEntries(withOptional({ '@tool/cli-darwin-arm64': '1.2.3' }))).toEqual({
      'node_modules/@tool/cli-darwin-arm64': {
        version: '1.2.3',
        cpu: ['arm64'],
        dev: true,
        optional: true,
        os: ['darwin'],
      },
    });
  });

  it.each([
    ['@tool/core-linux-x64-gnu', ['glibc']],
    ['@tool/binding-linux-arm-musleabihf', ['musl']],
    ['@tool/cli-linux-x64-musl', ['musl']],
  ])('reads from %s the C library %j', (name, libc) => {
    const [entry] = Object.values(findMissingEntries(withOptional({ [name]: '1.0.0' })));
    expect(entry).toMatchObject({ os: ['linux'], libc });
  });

  it('takes an entry beside the user or in a folder above as present', () => {
    const nested = 'node_modules/a/node_modules/tool';
    const packages: LockPackages = {
      [nested]: { optionalDependencies: { 'x-linux-x64': '1.0.0', 'y-linux-x64': '1.0.0' } },
      [`${nested}/node_modules/x-linux-x64`]: {},
      'node_modules/a/node_modules/y-linux-x64': {},
    };
    expect(findMissingEntries(packages)).toEqual({});
  });

  it.each([
    ['fsevents', '2.3.3'],
    ['@tool/cli-darwin-arm64', '^1.0.0'],
  ])('refuses to guess an entry for %s at %s', (name, version) => {
    expect(() => findMissingEntries(withOptional({ [name]: version }))).toThrow(name);
  });
});

describe('findUnmarkedPrebuilt', () => {
  const packages: LockPackages = {
    '': {},
    'node_modules/marked': { gypfile: false },
    'node_modules/prebuilt': {},
    'node_modules/built-here': {},
    'node_modules/of-another-system': {},
  };
  const manifests: Record<string, { gypfile?: boolean }> = {
    'node_modules/marked': { gypfile: false },
    'node_modules/prebuilt': { gypfile: false },
    'node_modules/built-here': {},
  };

  it('finds the packages that want no build and are not marked so', () => {
    expect(findUnmarkedPrebuilt(packages, (place) => manifests[place])).toEqual([
      'node_modules/prebuilt',
    ]);
  });
});

describe('the project’s own lockfile', () => {
  const root = join(import.meta.dirname, '..', '..');
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: LockPackages;
  };

  it('lists every optional package, so that npm ci takes it', () => {
    expect(Object.keys(findMissingEntries(packages))).toEqual([]);
  });

  it('lets npm ci install better-sqlite3 without python3 and a compiler', () => {
    expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
  });
});
