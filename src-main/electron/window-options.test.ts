import { describe, expect, it } from 'vitest';
import { dashboardOptions, glanceOptions, type WindowSetting } from './window-options.ts';

const setting = (some: Partial<WindowSetting> = {}): WindowSetting => ({
  preload: '/out/preload/preload.cjs',
  isPackaged: true,
  platform: 'linux',
  isDark: false,
  ...some,
});

describe.each(['linux', 'darwin'] as const)('on %s', (platform) => {
  it('both windows keep their pages in the sandbox', () => {
    const safe = { contextIsolation: true, sandbox: true, nodeIntegration: false };
    expect(glanceOptions(setting({ platform })).webPreferences).toMatchObject(safe);
    expect(dashboardOptions(setting({ platform }), '/icon.png').webPreferences).toMatchObject(safe);
  });

  it('both windows stay hidden until their page is drawn', () => {
    expect(glanceOptions(setting({ platform })).show).toBe(false);
    expect(dashboardOptions(setting({ platform }), '/icon.png').show).toBe(false);
  });
});

describe('glanceOptions', () => {
  it('is a frameless popover of the width of the design', () => {
    expect(glanceOptions(setting())).toMatchObject({
      width: 350,
      frame: false,
      resizable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
    });
  });

  it('has the material of the system on macOS and a solid ground elsewhere', () => {
    const mac = glanceOptions(setting({ platform: 'darwin' }));
    expect(mac).toMatchObject({ vibrancy: 'popover', backgroundColor: '#00000000' });
    const linux = glanceOptions(setting());
    expect(linux.vibrancy).toBeUndefined();
    expect(linux.backgroundColor).toBe('#f6f7f8');
    expect(glanceOptions(setting({ isDark: true })).backgroundColor).toBe('#25292c');
  });
});

describe('dashboardOptions', () => {
  it('opens at the size of the design and never gets smaller than its layout allows', () => {
    expect(dashboardOptions(setting(), '/icon.png')).toMatchObject({
      width: 1180,
      height: 760,
      minWidth: 900,
      minHeight: 620,
    });
  });

  it('has the ground of the theme before its page is drawn', () => {
    expect(dashboardOptions(setting(), '/i.png').backgroundColor).toBe('#f5f6f7');
    expect(dashboardOptions(setting({ isDark: true }), '/i.png').backgroundColor).toBe('#1a1d1f');
  });
});
