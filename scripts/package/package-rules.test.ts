import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  ARCHIVE_LIMIT_BYTES,
  checkFiles,
  checkFuses,
  FUSES,
  type PackedFile,
} from './package-rules.ts';

const file = (path: string, isUnpacked = false, bytes = 10): PackedFile => ({
  path,
  bytes,
  isUnpacked,
});
const ADDON = 'node_modules/better-sqlite3/prebuilds/linux-x64.node';
const WHOLE = [
  file('package.json', true),
  file('out/main/index.js'),
  file('out/hook/hook.cjs', true),
  file('resources/hookline-hook', true),
  file(ADDON, true),
];
const check = (...more: readonly PackedFile[]) => checkFiles([...WHOLE, ...more], 'linux-x64');

describe('the files of a package', () => {
  it('may be these', () => {
    expect(check()).toEqual([]);
    expect(check(file('out/renderer/assets/glance-CNFW7FgY.css'))).toEqual([]);
    expect(check(file('resources/tray/trayIdleTemplate@2x.png'))).toEqual([]);
  });

  it.each([
    'src-main/index.ts',
    'out/main/index.js.map',
    'node_modules/react/index.js',
    'node_modules/better-sqlite3/deps/sqlite3/sqlite3.c',
    'test/fixtures/claude/payload.json',
    '.env',
  ])('may not hold %s', (path) => {
    expect(check(file(path))[0]).toBe(`${path} does not belong into the package`);
  });

  it('hold the addon of this system alone', () => {
    const other = 'node_modules/better-sqlite3/prebuilds/darwin-arm64.node';
    expect(check(file(other, true))).toEqual([`${other} does not belong into the package`]);
    const without = WHOLE.filter(({ path }) => path !== ADDON);
    expect(checkFiles(without, 'linux-x64')).toEqual([`${ADDON} is missing`]);
  });

  it('lie where the program that needs them can read them', () => {
    expect(check(file('out/cli/hookline.js'))).toEqual([
      'out/cli/hookline.js lies in the archive, unreadable',
    ]);
    expect(check(file('out/preload/preload.cjs', true))).toEqual([
      'out/preload/preload.cjs lies outside the archive',
    ]);
  });

  it('stay within their size', () => {
    const large = file('out/main/worker.js', false, ARCHIVE_LIMIT_BYTES);
    expect(check(large)).toEqual([expect.stringContaining(`more than ${ARCHIVE_LIMIT_BYTES}`)]);
  });
});

describe('the fuses of a package', () => {
  const asWanted = Object.fromEntries(
    [...FUSES].map(([fuse, state]) => [fuse, (state === 'on' ? '1' : '0').charCodeAt(0)]),
  );

  it('are as they must be, or are complained of by name', () => {
    expect(checkFuses(asWanted, { isTestBuild: false })).toEqual([]);
    const open = { ...asWanted, [FuseV1Options.RunAsNode]: '1'.charCodeAt(0) };
    expect(checkFuses(open, { isTestBuild: false })).toEqual(['fuse RunAsNode is on, not off']);
    expect(checkFuses({}, { isTestBuild: false })).toHaveLength(FUSES.size);
  });

  it('let a test build alone be steered', () => {
    const steered = {
      ...asWanted,
      [FuseV1Options.EnableNodeCliInspectArguments]: '1'.charCodeAt(0),
    };
    expect(checkFuses(steered, { isTestBuild: true })).toEqual([]);
    expect(checkFuses(steered, { isTestBuild: false })).toHaveLength(1);
  });

  it('are configured as they are checked', () => {
    const configuration = join(import.meta.dirname, '..', '..', 'build', 'electron-builder.yml');
    const { electronFuses } = parse(readFileSync(configuration, 'utf8')) as {
      electronFuses: Record<string, boolean>;
    };
    const names = [...FUSES].map(([fuse, state]): [string, boolean] => {
      const name = FuseV1Options[fuse] ?? '';
      return [`${name[0]?.toLowerCase()}${name.slice(1)}`, state === 'on'];
    });
    expect(electronFuses).toEqual(Object.fromEntries(names));
  });
});
