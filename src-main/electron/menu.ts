/** The menus as plain templates, so that tests choose their items without a menu bar. */
import type { MenuItemConstructorOptions } from 'electron';
import { texts } from './texts.ts';

/** What the items do. */
export interface MenuActions {
  openDashboard(): void;
  openSettings(): void;
  refresh(): void;
  pause(): void;
  resume(): void;
  showAbout(): void;
  openHooksReference(): void;
  quit(): void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** Whether events are recorded; null where the hook is not installed and nothing can be paused. */
export type Recording = 'on' | 'paused' | null;

/** The menu of the tray icon's right click; macOS only, other panels would give it the left click. */
export function buildTrayMenu(
  actions: MenuActions,
  recording: Recording,
): MenuItemConstructorOptions[] {
  return [
    {
      label: texts.openDashboard,
      accelerator: 'CommandOrControl+D',
      click: () => actions.openDashboard(),
    },
    {
      label: texts.refreshNow,
      accelerator: 'CommandOrControl+R',
      click: () => actions.refresh(),
    },
    ...pauseItem(actions, recording),
    SEPARATOR,
    settingsItem(actions),
    { label: texts.about, click: () => actions.showAbout() },
    { label: texts.quit, accelerator: 'CommandOrControl+Q', click: () => actions.quit() },
  ];
}

function settingsItem(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: texts.settings,
    accelerator: 'CommandOrControl+,',
    click: () => actions.openSettings(),
  };
}

function pauseItem(actions: MenuActions, recording: Recording): MenuItemConstructorOptions[] {
  if (recording === null) return [];
  return recording === 'paused'
    ? [{ label: texts.resume, click: () => actions.resume() }]
    : [{ label: texts.pause, click: () => actions.pause() }];
}

/** The menu of the application, which also carries the keys that work in every window. */
export function buildApplicationMenu(
  actions: MenuActions,
  about: { readonly platform: NodeJS.Platform; readonly isPackaged: boolean },
): MenuItemConstructorOptions[] {
  return [
    about.platform === 'darwin' ? macAppMenu(actions) : fileMenu(actions),
    { label: texts.edit, role: 'editMenu' },
    viewMenu(actions, about.isPackaged),
    windowMenu(about.platform),
    helpMenu(actions, about.platform),
  ];
}

function macAppMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: texts.appName,
    submenu: [
      { label: texts.about, click: () => actions.showAbout() },
      SEPARATOR,
      settingsItem(actions),
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { label: texts.quit, accelerator: 'Command+Q', click: () => actions.quit() },
    ],
  };
}

function fileMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: texts.file,
    submenu: [
      settingsItem(actions),
      { label: texts.closeWindow, role: 'close', accelerator: 'Control+W' },
      SEPARATOR,
      { label: texts.quit, accelerator: 'Control+Q', click: () => actions.quit() },
    ],
  };
}

function viewMenu(actions: MenuActions, isPackaged: boolean): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [SEPARATOR, { role: 'toggleDevTools' }];
  return {
    label: texts.view,
    submenu: [
      {
        label: texts.openDashboard,
        accelerator: 'CommandOrControl+D',
        click: () => actions.openDashboard(),
      },
      // This key reads the stores again; the role of that name would only reload the page.
      {
        label: texts.refreshNow,
        accelerator: 'CommandOrControl+R',
        click: () => actions.refresh(),
      },
      SEPARATOR,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      SEPARATOR,
      { role: 'togglefullscreen' },
      ...developer,
    ],
  };
}

function windowMenu(platform: NodeJS.Platform): MenuItemConstructorOptions {
  const front: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [
          { role: 'zoom' },
          { label: texts.closeWindow, role: 'close', accelerator: 'Command+W' },
          SEPARATOR,
          { role: 'front' },
        ]
      : [];
  return { label: texts.window, role: 'window', submenu: [{ role: 'minimize' }, ...front] };
}

function helpMenu(actions: MenuActions, platform: NodeJS.Platform): MenuItemConstructorOptions {
  const about: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? []
      : [SEPARATOR, { label: texts.about, click: () => actions.showAbout() }];
  return {
    label: texts.help,
    role: 'help',
    submenu: [{ label: texts.hooksReference, click: () => actions.openHooksReference() }, ...about],
  };
}
