/**
 * The native side of the app as one object: icon, windows, menus, pages and IPC, closed to
 * everything foreign. It knows nothing of what the calls do; the engine supplies that.
 */
import { join } from 'node:path';
import { app, ipcMain, Menu, powerMonitor, protocol, session, shell } from 'electron';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import type { DashboardPage, Handlers, Payload, PushName } from '../../src-core/contract/ipc.ts';
import { registerAppScheme, serveAppPages } from './app-protocol.ts';
import { createDashboardWindow } from './dashboard-window.ts';
import { HOOKS_REFERENCE_URL, openExternalUrl } from './external-url.ts';
import { pushTo, serveContract } from './ipc.ts';
import type { MenuActions, Recording } from './menu.ts';
import { buildApplicationMenu } from './menu.ts';
import { createMenubarWindow } from './menubar-window.ts';
import { isOwnPage } from './page-origin.ts';
import { watchPower } from './power.ts';
import { closeBeforeQuit } from './quit.ts';
import { hardenApp, hardenSession } from './security.ts';
import { texts } from './texts.ts';
import { createTrayIcon } from './tray-icon.ts';
import type { TrayView } from './tray-view.ts';

/** The calls that are about windows; the shell answers them itself. */
type ShellCall = 'glance.fit' | 'glance.close' | 'dashboard.open' | 'app.quit';
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
  /** Shows state, count and who waits in the tray. */
  showTray(view: TrayView): void;
  /** Says what the tray's menu offers: to pause or to go on. */
  showRecording(recording: Recording): void;
  openDashboard(page?: DashboardPage): void;
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
  const dashboard = createDashboardWindow({
    ...setting,
    app,
    placeFile: options.placeFile,
    iconFile,
  });
  const actions: MenuActions = {
    openDashboard: () => dashboard.open(),
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
      if (platform === 'darwin' && !dashboard.isOpen()) app.hide();
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
    'dashboard.open': async ({ page }) => {
      glance.close();
      dashboard.open(page);
      return null;
    },
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
      glance.stop();
      dashboard.stop();
      icon.stop();
      await options.onQuit();
    },
    log,
  );

  return {
    showTray: (view) => icon.show(view),
    showRecording: (now) => {
      recording = now;
    },
    openDashboard: (page) => dashboard.open(page),
    push(name, payload) {
      const pages = [glance.contents(), dashboard.contents()].filter((page) => page !== undefined);
      pushTo(pages, name, payload);
    },
  };
}
