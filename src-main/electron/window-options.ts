/** How the windows are made, as plain values. */
import type { BrowserWindowConstructorOptions } from 'electron';
import {
  DASHBOARD,
  dashboardColour,
  GLANCE_FIRST_HEIGHT,
  GLANCE_WIDTH,
  glanceColour,
  SETTINGS,
} from './look.ts';
import { pagePreferences } from './security.ts';
import { texts } from './texts.ts';

/** What both windows need to know of the app and the machine. */
export interface WindowSetting {
  readonly preload: string;
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly isDark: boolean;
}

/** The glance: frameless, above everything, on macOS over the system's own material. */
export function glanceOptions(setting: WindowSetting): BrowserWindowConstructorOptions {
  // Deliberately not `transparent`: such a window has no shadow and no material on macOS, and is
  // black on a Linux desktop without a compositor.
  const material: BrowserWindowConstructorOptions =
    setting.platform === 'darwin'
      ? { vibrancy: 'popover', visualEffectState: 'active', acceptFirstMouse: true }
      : {};
  return {
    title: texts.appName,
    width: GLANCE_WIDTH,
    height: GLANCE_FIRST_HEIGHT,
    show: false,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    backgroundColor: glanceColour(setting.platform, setting.isDark),
    ...material,
    webPreferences: pagePreferences(setting.preload, setting.isPackaged),
  };
}

/** The dashboard: an ordinary window that is shown once it is drawn. */
export function dashboardOptions(
  setting: WindowSetting,
  iconFile: string,
): BrowserWindowConstructorOptions {
  return { title: texts.dashboardTitle, ...DASHBOARD, ...ordinaryWindow(setting, iconFile) };
}

/** The settings: an ordinary window too, which stays a window of its own. */
export function settingsOptions(
  setting: WindowSetting,
  iconFile: string,
): BrowserWindowConstructorOptions {
  return {
    title: texts.settingsTitle,
    ...SETTINGS,
    maximizable: false,
    fullscreenable: false,
    ...ordinaryWindow(setting, iconFile),
  };
}

function ordinaryWindow(setting: WindowSetting, iconFile: string): BrowserWindowConstructorOptions {
  return {
    show: false,
    autoHideMenuBar: true,
    backgroundColor: dashboardColour(setting.isDark),
    // macOS takes the icon from the app's bundle.
    ...(setting.platform === 'darwin' ? {} : { icon: iconFile }),
    webPreferences: pagePreferences(setting.preload, setting.isPackaged),
  };
}
