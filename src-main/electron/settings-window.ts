/** The settings: a window of its own, made when it is wanted and gone when it is closed. */
import { BrowserWindow, nativeTheme, type WebContents } from 'electron';
import type { Logger } from '../../src-core/base/logger.ts';
import { dashboardColour } from './look.ts';
import { pageUrl } from './page-origin.ts';
import { settingsOptions, type WindowSetting } from './window-options.ts';

const FROM = 'settings';

/** What the window needs to know. */
export interface SettingsWindowOptions extends Omit<WindowSetting, 'isDark'> {
  readonly iconFile: string;
  readonly log: Logger;
  /** Called when it comes and goes, so that the Dock icon can follow. */
  readonly onShown: () => void;
  readonly onClosed: () => void;
}

/** The settings, whether their window is there or not. */
export interface SettingsWindow {
  /** Brings the window to the front. */
  open(): void;
  isOpen(): boolean;
  /** The page, while there is one. */
  contents(): WebContents | undefined;
  /** The window, for a dialog that belongs to it. */
  window(): BrowserWindow | undefined;
  stop(): void;
}

/** Prepares the settings; their window is made by the first `open`. */
export function createSettingsWindow(options: SettingsWindowOptions): SettingsWindow {
  const { log } = options;
  let window: BrowserWindow | undefined;

  function create(): BrowserWindow {
    const isDark = nativeTheme.shouldUseDarkColors;
    const made = new BrowserWindow(settingsOptions({ ...options, isDark }, options.iconFile));
    made.once('ready-to-show', () => made.show());
    made.on('page-title-updated', (event) => event.preventDefault());
    made.on('closed', () => {
      window = undefined;
      options.onClosed();
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error(FROM, `the page has ended: ${reason}`);
      made.close();
    });
    made.loadURL(pageUrl('settings')).catch((error: unknown) => {
      log.error(FROM, 'the settings cannot be loaded', error);
      if (!made.isDestroyed()) made.close();
    });
    return made;
  }

  const repaint = (): void =>
    window?.setBackgroundColor(dashboardColour(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', repaint);

  return {
    open() {
      options.onShown();
      if (window === undefined) {
        window = create();
        return;
      }
      if (window.isMinimized()) window.restore();
      if (!window.webContents.isLoading()) window.show();
    },
    isOpen: () => window !== undefined,
    contents: () => window?.webContents,
    window: () => window,
    stop() {
      nativeTheme.removeListener('updated', repaint);
      window?.close();
    },
  };
}
