import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { MenuActions } from './menu.ts';
import { buildApplicationMenu, buildTrayMenu } from './menu.ts';

function recordActions() {
  const done: string[] = [];
  const actions: MenuActions = {
    openDashboard: () => done.push('openDashboard'),
    openSettings: () => done.push('openSettings'),
    refresh: () => done.push('refresh'),
    pause: () => done.push('pause'),
    resume: () => done.push('resume'),
    showAbout: () => done.push('showAbout'),
    openHooksReference: () => done.push('openHooksReference'),
    quit: () => done.push('quit'),
  };
  return { actions, done };
}

function itemsBelow(menu: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsBelow(item.submenu) : []),
  ]);
}

function choose(menu: MenuItemConstructorOptions[], label: string): void {
  const item = itemsBelow(menu).find((each) => each.label === label);
  item?.click?.({} as never, undefined, {} as never);
}

const labelsAndRoles = (menu: MenuItemConstructorOptions[]) =>
  menu.map((item) => item.label ?? item.role ?? item.type);

describe('buildTrayMenu', () => {
  it('has the items in the order of the design', () => {
    expect(labelsAndRoles(buildTrayMenu(recordActions().actions, 'on'))).toEqual([
      'Open Dashboard',
      'Refresh Now',
      'Pause Recording',
      'separator',
      'Settings…',
      'About Hookline',
      'Quit Hookline',
    ]);
  });

  it.each([
    ['Open Dashboard', 'openDashboard'],
    ['Settings…', 'openSettings'],
    ['Refresh Now', 'refresh'],
    ['Pause Recording', 'pause'],
    ['About Hookline', 'showAbout'],
    ['Quit Hookline', 'quit'],
  ])('does at %s its own action and no other', (label, action) => {
    const { actions, done } = recordActions();
    choose(buildTrayMenu(actions, 'on'), label);
    expect(done).toEqual([action]);
  });

  it('offers to go on while recording is paused, and neither where nothing is installed', () => {
    const { actions, done } = recordActions();
    choose(buildTrayMenu(actions, 'paused'), 'Resume Recording');
    choose(buildTrayMenu(actions, 'paused'), 'Pause Recording');
    expect(done).toEqual(['resume']);
    const labels = labelsAndRoles(buildTrayMenu(actions, null));
    expect(labels.filter((label) => label?.endsWith('Recording'))).toEqual([]);
  });
});

describe.each(['darwin', 'linux'] as const)('buildApplicationMenu on %s', (platform) => {
  const build = (actions: MenuActions, isPackaged = true) =>
    buildApplicationMenu(actions, { platform, isPackaged });

  it.each([
    ['Open Dashboard', 'openDashboard'],
    ['Settings…', 'openSettings'],
    ['Refresh Now', 'refresh'],
    ['About Hookline', 'showAbout'],
    ['Claude Code Hooks Reference', 'openHooksReference'],
    ['Quit Hookline', 'quit'],
  ])('does at %s its own action and no other', (label, action) => {
    const { actions, done } = recordActions();
    choose(build(actions), label);
    expect(done).toEqual([action]);
  });

  it('gives no key to two items', () => {
    const keys = itemsBelow(build(recordActions().actions))
      .map((item) => item.accelerator)
      .filter((key) => key !== undefined)
      .map((key) => key.replace(/CommandOrControl|Command|Control/, 'Main'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining(['Main+R', 'Main+W', 'Main+Q', 'Main+D', 'Main+,']),
    );
  });

  it('never reloads the page', () => {
    const roles = itemsBelow(build(recordActions().actions, false)).map((item) => item.role);
    expect(roles).not.toContain('reload');
    expect(roles).not.toContain('forceReload');
    expect(roles).not.toContain('viewMenu');
  });

  it('offers developer tools outside packaged builds only', () => {
    const roles = (isPackaged: boolean) =>
      itemsBelow(build(recordActions().actions, isPackaged)).map((item) => item.role);
    expect(roles(false)).toContain('toggleDevTools');
    expect(roles(true)).not.toContain('toggleDevTools');
  });
});
