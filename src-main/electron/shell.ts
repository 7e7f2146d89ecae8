/**
 * The native side of the app as one object: icon, windows, menus, pages and IPC, closed to
 * everything foreign. It knows nothing of what the calls do; the engine supplies that.
 */
import { join } from 'node:path';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import {
  app,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import type { Handlers, Payload, PushName } from '../../src-core/contract/ipc.ts';
import type { AppState } from '../views/app-state.ts';
import { createAppPlace } from './app-place.ts';
import { registerAppScheme, serveAppPages } from './app-protocol.ts';
import { createDashboardWindow } from './dashboard-window.ts';
import { HOOKS_REFERENCE_URL, openExternalUrl } from './external-url.ts';
import { createShortcut } from './global-shortcut.ts';
import { pushTo, serveContract } from './ipc.ts';
import type { MenuActions, Recording } from './menu.ts';
import { buildApplicationMenu } from './menu.ts';
import { createMenubarWindow } from './menubar-window.ts';
import { createNotifications } from './notifications.ts';
import { isOwnPage } from './page-origin.ts';
import { watchPower } from './power.ts';
import { closeBeforeQuit } from './quit.ts';
import { hardenApp, hardenSession } from './security.ts';
import { createSettingsWindow } from './settings-window.ts';
import { texts } from './texts.ts';
import { createTrayIcon } from './tray-icon.ts';
import { trayViewOf } from './tray-view.ts';

/** The calls that are about windows; the shell answers them itself. */
type ShellCall =
  | 'glance.fit'
  | 'glance.close'
  | 'dashboard.open'
  | 'settings.open'
  | 'settings.chooseFolder'
  | 'app.place'
  | 'app.move'
  | 'app.quit';
/** The calls that are about data; the engine answers them. */
export type EngineHandlers = Omit<Handlers, ShellCall>;

/** What the shell needs to know. */
export interface ShellOptions {
  readonly engine: EngineHandlers;
  /** Folder of the built pages. */
  readonly pagesFolder: string;
  /** The built preload, an absolute path. */
  readonly preload: string;
  /** Folder with `tray/` and `icons/`. */
  readonly resourcesFolder: string;
  /** Where the dashboard's place is kept; nothing is kept without it. */
  readonly placeFile: string | undefined;
  /** Where it is kept which notifications were shown. */
  readonly noticesFile: string;
  /** `XDG_CURRENT_DESKTOP`. */
  readonly desktop: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onSleep: () => void;
  readonly onWake: () => void;
  /** Closes the engine before the app ends. */
  readonly onQuit: () => Promise<void>;
}

/** The running shell. */
export interface Shell {
  /** Takes a new state: icon, title, menu, keys and notifications follow it. */
  showState(state: AppState): void;
  openDashboard(): void;
  /** Sends a push to every open page. */
  push<N extends PushName>(name: N, payload: Payload<N>): void;
}

const FROM = 'shell';

/** What must happen before the app is ready: the sandbox for all, the scheme of our pages. */
export function prepareShell(log: Logger): void {
  app.setName(texts.appName);
  hardenApp(app, log);
  registerAppScheme(protocol);
}

/** Opens the shell; the app must be ready, and prepared by `prepareShell`. */
export function openShell(options: ShellOptions): Shell {
  const { engine, resourcesFolder, log } = options;
  const { platform } = process;
  const { isPackaged } = app;
  const iconFile = join(resourcesFolder, 'icons', 'hookline-512.png');

  hardenSession(session.defaultSession, isPackaged, log);
  serveAppPages(session.defaultSession.protocol, options.pagesFolder);
  app.setAboutPanelOptions({
    applicationName: texts.appName,
    applicationVersion: app.getVersion(),
    iconPath: iconFile,
  });

  const setting = { preload: options.preload, isPackaged, platform, log };
  const followDock = (): void => {
    const isAnyOpen = dashboard.isOpen() || settings.isOpen();
    if (!isAnyOpen) app.dock?.hide();
  };
  const showDock = (): void => {
    // Rejects only when the Dock is not there to show anything.
    app.dock?.show().catch((error: unknown) => log.warn(FROM, 'no Dock icon', error));
  };
  const coming = { onShown: showDock, onClosed: followDock };
  const dashboard = createDashboardWindow({
    ...setting,
    ...coming,
    placeFile: options.placeFile,
    iconFile,
  });
  const settings = createSettingsWindow({ ...setting, ...coming, iconFile });
  const place = createAppPlace(app, log);
  const actions: MenuActions = {
    openDashboard: () => dashboard.open(),
    openSettings: () => settings.open(),
    refresh: () => {
      engine['refresh.run']({}).catch((error: unknown) => log.error(FROM, 'refresh', error));
    },
    pause: () => {
      engine['capture.pause']({}).catch((error: unknown) => log.error(FROM, 'pause', error));
    },
    resume: () => {
      engine['capture.resume']({}).catch((error: unknown) => log.error(FROM, 'resume', error));
    },
    showAbout: () => app.showAboutPanel(),
    openHooksReference: () => {
      openExternalUrl(HOOKS_REFERENCE_URL, (url) => shell.openExternal(url)).catch(
        (error: unknown) => log.error(FROM, 'no browser', error),
      );
    },
    quit: () => app.quit(),
  };
  const icon = createTrayIcon({
    folder: join(resourcesFolder, 'tray'),
    platform,
    desktop: options.desktop,
    locale: app.getLocale(),
  });
  let recording: Recording = null;
  const glance = createMenubarWindow({
    ...setting,
    icon,
    actions,
    recording: () => recording,
    clock: options.clock,
    onClosed: () => {
      // Hands the focus back to the app that had it, unless a window of ours is still wanted.
      if (platform === 'darwin' && !dashboard.isOpen() && !settings.isOpen()) app.hide();
    },
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(buildApplicationMenu(actions, { platform, isPackaged })),
  );

  const windowCalls: Pick<Handlers, ShellCall> = {
    'glance.fit': async ({ height }) => {
      glance.fit(height);
      return null;
    },
    'glance.close': async () => {
      glance.close();
      return null;
    },
    'dashboard.open': async (target) => {
      glance.close();
      dashboard.open(target);
      return null;
    },
    'settings.open': async () => {
      glance.close();
      settings.open();
      return null;
    },
    'settings.chooseFolder': async () => ({ folder: await chooseFolder(settings.window()) }),
    'app.place': async () => ({ canMove: place.canMove() }),
    'app.move': async () => place.move(),
    'app.quit': async () => {
      app.quit();
      return null;
    },
  };
  serveContract({
    ipcMain,
    handlers: { ...engine, ...windowCalls },
    isOwnPage,
    log,
    isResultChecked: !isPackaged,
  });

  const stopPower = watchPower(powerMonitor, options);
  closeBeforeQuit(
    app,
    async () => {
      stopPower();
      globalShortcut.unregisterAll();
      glance.stop();
      dashboard.stop();
      settings.stop();
      icon.stop();
      await options.onQuit();
    },
    log,
  );

  const notify = createNotifications({
    make: Notification.isSupported() ? (text) => new Notification(text) : null,
    open: (page) => dashboard.open({ page, session: null }),
    file: options.noticesFile,
    log,
  });
  const followShortcut = createShortcut(globalShortcut, () => void glance.open(), log);

  return {
    showState(state) {
      recording = recordingOf(state);
      icon.show(trayViewOf(state, app.getLocale()));
      followShortcut(state.settings.shortcut);
      notify(state);
    },
    openDashboard: () => dashboard.open(),
    push(name, payload) {
      const pages = [glance.contents(), dashboard.contents(), settings.contents()];
      pushTo(
        pages.filter((page) => page !== undefined),
        name,
        payload,
      );
    },
  };
}

function recordingOf({ health, isPaused }: AppState): Recording {
  if (health.state === 'not-installed') return null;
  return isPaused ? 'paused' : 'on';
}

/** The folder that the user chose in the system's own dialog; null when none was chosen. */
async function chooseFolder(parent: BrowserWindow | undefined): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: texts.chooseFolder,
    buttonLabel: texts.chooseFolderButton,
    properties: ['openDirectory', 'showHiddenFiles'],
  };
  const { filePaths } =
    parent === undefined
      ? await dialog.showOpenDialog(options)
      : await dialog.showOpenDialog(parent, options);
  return filePaths[0] ?? null;
}
