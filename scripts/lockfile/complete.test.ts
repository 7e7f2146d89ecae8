import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findMissingEntries, type LockPackages } from './complete.ts';

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

it('the project’s own lockfile is complete, so that npm ci takes it', () => {
  const file = join(import.meta.dirname, '..', '..', 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: LockPackages };
  expect(Object.keys(findMissingEntries(lock.packages))).toEqual([]);
});
