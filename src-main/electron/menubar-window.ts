/**
 * The tray icon with the glance under it.
 *
 * `menubar` owns the window and knows when to show it. What it does not do is added here: it would
 * put the window into a corner on Linux, open it again on the click that is meant to close it, and
 * keep it for ever.
 */
import type { BrowserWindow, WebContents } from 'electron';
import { Menu, nativeTheme, screen } from 'electron';
import { menubar } from 'menubar';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import { createClickGuard } from './click-guard.ts';
import type { Anchor } from './glance-place.ts';
import { anchorAt, centreOf, fitHeight, placeGlance, usualAnchor } from './glance-place.ts';
import { GLANCE_FIRST_HEIGHT, GLANCE_KEPT_MS, GLANCE_WIDTH, glanceColour } from './look.ts';
import type { MenuActions, Recording } from './menu.ts';
import { buildTrayMenu } from './menu.ts';
import { pageUrl } from './page-origin.ts';
import type { TrayIcon } from './tray-icon.ts';
import type { WindowSetting } from './window-options.ts';
import { glanceOptions } from './window-options.ts';

const FROM = 'glance';

/** What the glance needs to know. */
export interface MenubarWindowOptions extends Omit<WindowSetting, 'isDark'> {
  readonly icon: TrayIcon;
  readonly actions: MenuActions;
  /** Asked whenever the menu is shown. */
  readonly recording: () => Recording;
  readonly clock: Clock;
  readonly log: Logger;
  /** The glance was closed by the user. */
  readonly onClosed: () => void;
}

/** The glance, whether its window is there or not. */
export interface MenubarWindow {
  /** Shows the glance under the icon; resolves when that is done, never rejects. */
  open(): Promise<void>;
  close(): void;
  /** Gives the window the height of its content, capped to the screen. */
  fit(heightPx: number): void;
  /** The page, while there is one. */
  contents(): WebContents | undefined;
  stop(): void;
}

/** Wires icon and glance; the window itself is made at the first click. */
export function createMenubarWindow(options: MenubarWindowOptions): MenubarWindow {
  const { icon, platform, clock, log } = options;
  const guard = createClickGuard();
  let wantedHeight = GLANCE_FIRST_HEIGHT;
  let anchor: Anchor | undefined;
  let opening: Promise<void> | undefined;
  let forgetting: NodeJS.Timeout | undefined;
  let isPageMissing = false;

  const bar = menubar({
    tray: icon.tray,
    tooltip: icon.label(),
    index: pageUrl('glance'),
    // Not used, as tray and index are given, but looked up by the app's path when it is absent.
    dir: import.meta.dirname,
    activateWithApp: false,
    browserWindow: glanceOptions({ ...options, isDark: nativeTheme.shouldUseDarkColors }),
  });

  const isOpen = (): boolean => bar.window?.isVisible() ?? false;

  /** Remembers where the icon is; the pointer is at the icon only while it is being clicked. */
  function findIcon(): void {
    const bounds = icon.tray.getBounds();
    // Linux panels do not say where they put the icon; the pointer that clicked it does.
    const point = bounds.width > 0 ? centreOf(bounds) : screen.getCursorScreenPoint();
    anchor = anchorAt(point, screen.getDisplayNearestPoint(point)) ?? anchor;
  }

  function boundsNow() {
    const display =
      anchor === undefined ? screen.getPrimaryDisplay() : screen.getDisplayNearestPoint(anchor);
    const size = { width: GLANCE_WIDTH, height: fitHeight(wantedHeight, display) };
    return { ...placeGlance(anchor ?? usualAnchor(display), display, size), ...size };
  }

  async function open(): Promise<void> {
    findIcon();
    opening ??= bar
      .showWindow()
      .catch((error: unknown) => {
        log.error(FROM, 'the glance cannot be shown', error);
        // A window without its page would be shown empty by the next click.
        bar.window?.close();
      })
      .finally(() => {
        opening = undefined;
      });
    await opening;
  }

  function handleClick(): void {
    switch (guard.clicked(isOpen(), clock.now())) {
      case 'open':
        void open();
        return;
      case 'close':
        bar.hideWindow();
        return;
      case 'stay-closed':
        return;
    }
  }

  function handleBlur(window: BrowserWindow): void {
    if (window.webContents.isDevToolsOpened()) return;
    if (isOpen()) guard.closedByBlur(clock.now());
    bar.hideWindow();
  }

  function setUpWindow(window: BrowserWindow): void {
    if (platform === 'darwin') {
      window.setAlwaysOnTop(true, 'pop-up-menu');
      window.setVisibleOnAllWorkspaces(true, {
        visibleOnFullScreen: true,
        // Else the Dock icon comes and goes with every glance.
        skipTransformProcessType: true,
      });
    }
    window.on('blur', () => handleBlur(window));
    window.webContents.on('did-navigate', (_event, _url, status) => {
      isPageMissing = status >= 400;
      if (isPageMissing) log.error(FROM, `the page is missing: ${status}`);
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error(FROM, `the page has ended: ${reason}`);
      window.close();
    });
  }

  bar.on('before-load', () => {
    if (bar.window !== undefined) setUpWindow(bar.window);
  });
  // Emitted just before `menubar` places the window, at x and y where they are given.
  bar.on('show', () => {
    const { x, y, width, height } = boundsNow();
    bar.setOption('browserWindow', { ...bar.getOption('browserWindow'), x, y });
    bar.window?.setBounds({ x, y, width, height });
  });
  bar.on('after-show', () => {
    clearTimeout(forgetting);
    // X11 forgets this wish for a window that is not on the screen yet, where `menubar` makes it.
    if (platform !== 'darwin') bar.window?.setVisibleOnAllWorkspaces(true);
  });
  bar.on('after-hide', () => {
    clearTimeout(forgetting);
    // A page that is missing is asked for anew by the next click.
    if (isPageMissing) bar.window?.close();
    else forgetting = setTimeout(() => bar.window?.close(), GLANCE_KEPT_MS);
    options.onClosed();
  });
  bar.on('ready', () => {
    // The icon's clicks are answered here, not by `menubar`, which would open and close in turns.
    icon.tray.removeAllListeners('click');
    icon.tray.removeAllListeners('double-click');
    icon.tray.setToolTip(icon.label());
    icon.tray.on('click', handleClick);
    if (platform === 'darwin') setUpMacIcon();
  });

  function setUpMacIcon(): void {
    // Else the second of two fast clicks would be a double click, and do nothing.
    icon.tray.setIgnoreDoubleClickEvents(true);
    icon.tray.on('mouse-down', () => guard.pressed(isOpen()));
    icon.tray.on('right-click', () => {
      bar.hideWindow();
      icon.tray.popUpContextMenu(
        Menu.buildFromTemplate(buildTrayMenu(options.actions, options.recording())),
      );
    });
  }

  const repaint = (): void =>
    bar.window?.setBackgroundColor(glanceColour(platform, nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', repaint);

  return {
    open,
    close: () => bar.hideWindow(),
    fit(heightPx) {
      wantedHeight = heightPx;
      bar.window?.setBounds(boundsNow());
    },
    contents: () => bar.window?.webContents,
    stop() {
      clearTimeout(forgetting);
      nativeTheme.removeListener('updated', repaint);
      bar.window?.close();
    },
  };
}
