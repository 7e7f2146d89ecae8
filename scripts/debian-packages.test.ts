import { describe, expect, it } from 'vitest';
import { installCommand, isDebianLike, selectMissing } from './debian-packages.ts';

describe('selectMissing', () => {
  it('counts only what dpkg has fully installed', () => {
    const lines = 'ii xvfb\nrc openbox\niU xdotool\n';
    expect(selectMissing([['xvfb'], ['openbox'], ['xdotool'], ['unzip']], lines)).toEqual([
      ['openbox'],
      ['xdotool'],
      ['unzip'],
    ]);
  });

  it('takes either name of a package that was renamed', () => {
    expect(selectMissing([['libasound2', 'libasound2t64']], 'ii libasound2t64\n')).toEqual([]);
  });

  it('finds all missing where there is no dpkg', () => {
    expect(selectMissing([['xvfb']], '')).toEqual([['xvfb']]);
  });
});

it('the command for a person names each missing package', () => {
  expect(installCommand([['make'], ['libgtk-3-0', 'libgtk-3-0t64']])).toBe(
    'sudo apt-get install -y make libgtk-3-0',
  );
});

it.each([
  ['ID=debian\n', true],
  ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', true],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['ID=fedora\n', false],
  ['NAME="not debian"\nID=arch\n', false],
  ['', false],
])('os-release %j is Debian-like: %s', (text, expected) => {
  expect(isDebianLike(text)).toBe(expected);
});
