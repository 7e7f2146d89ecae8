import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMadeHome } from './made-home.ts';

const folder = (): string => mkdtempSync(join(homedir(), 'made-home-'));

describe('a home for made-up records', () => {
  it('is never a real home, nor a folder around one', () => {
    const real = userInfo().homedir;
    const own = folder();
    for (const refused of [real, dirname(real), '/', own, dirname(own)]) {
      expect(openMadeHome({ folder: refused, ownHome: own }).kind).toBe('refused');
    }
  });

  it('is never a real home by another name', () => {
    const own = folder();
    const link = join(folder(), 'link');
    symlinkSync(own, link);
    expect(openMadeHome({ folder: link, ownHome: own }).kind).toBe('refused');
  });

  it('is never inside a .claude folder', () => {
    const inside = join(folder(), '.claude', 'demo');
    expect(openMadeHome({ folder: inside, ownHome: undefined }).kind).toBe('refused');
    expect(existsSync(inside)).toBe(false);
  });

  it.each(['.claude', '.agent-core'])(
    'is refused, and left alone, where it holds a foreign %s',
    (name) => {
      const home = folder();
      mkdirSync(join(home, name));
      writeFileSync(join(home, name, 'kept'), 'mine');
      const opened = openMadeHome({ folder: home, ownHome: undefined });
      expect(opened).toMatchObject({ kind: 'refused' });
      expect(existsSync(join(home, name, 'kept'))).toBe(true);
    },
  );

  it('may be made anew, and then loses what was made before', () => {
    const home = join(folder(), 'demo');
    const made = { folder: home, ownHome: undefined };
    expect(openMadeHome(made).kind).toBe('ready');
    mkdirSync(join(home, '.claude'));
    expect(openMadeHome(made).kind).toBe('ready');
    expect(existsSync(join(home, '.claude'))).toBe(false);
  });
});
