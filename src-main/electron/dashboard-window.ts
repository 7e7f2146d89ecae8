/** The dashboard: one titled window, made when it is wanted and gone when it is closed. */
import type { WebContents } from 'electron';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '../../src-core/base/logger.ts';
import type { DashboardTarget } from '../../src-core/contract/ipc.ts';
import { pushTo } from './ipc.ts';
import { dashboardColour } from './look.ts';
import { pageUrl } from './page-origin.ts';
import type { WindowSetting } from './window-options.ts';
import { dashboardOptions } from './window-options.ts';
import { boundsOnDisplays, readWindowPlace, writeWindowPlace } from './window-place.ts';

const FROM = 'dashboard';

/** What the dashboard needs to know. */
export interface DashboardOptions extends Omit<WindowSetting, 'isDark'> {
  /** Where the window's place is kept; nothing is kept without it. */
  readonly placeFile: string | undefined;
  readonly iconFile: string;
  readonly log: Logger;
  /** Called when it comes and goes, so that the Dock icon can follow. */
  readonly onShown: () => void;
  readonly onClosed: () => void;
}

/** The dashboard, whether its window is there or not. */
export interface DashboardWindow {
  /** Brings the window to the front, on a page when one is named. */
  open(target?: DashboardTarget): void;
  isOpen(): boolean;
  /** The page, while there is one. */
  contents(): WebContents | undefined;
  stop(): void;
}

const FIRST: DashboardTarget = { page: 'overview', session: null };

/** Prepares the dashboard; its window is made by the first `open`. */
export function createDashboardWindow(options: DashboardOptions): DashboardWindow {
  const { log } = options;
  let window: BrowserWindow | undefined;

  function create(target: DashboardTarget): BrowserWindow {
    const made = makeWindow(options);
    made.on('close', () => keepPlace(made, options));
    made.on('closed', () => {
      window = undefined;
      options.onClosed();
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error(FROM, `the page has ended: ${reason}`);
      made.close();
    });
    // The page's own title would replace ours.
    made.on('page-title-updated', (event) => event.preventDefault());
    tellPage(made.webContents, target);
    made.loadURL(pageUrl('dashboard', target.page)).catch((error: unknown) => {
      log.error(FROM, 'the dashboard cannot be loaded', error);
      if (!made.isDestroyed()) made.close();
    });
    return made;
  }

  function show(existing: BrowserWindow, target: DashboardTarget | undefined): void {
    if (existing.isMinimized()) existing.restore();
    // While the page is still loading, `ready-to-show` shows it.
    if (!existing.webContents.isLoading()) existing.show();
    if (target !== undefined) tellPage(existing.webContents, target);
  }

  const repaint = (): void =>
    window?.setBackgroundColor(dashboardColour(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', repaint);

  return {
    open(target) {
      options.onShown();
      if (window === undefined) window = create(target ?? FIRST);
      else show(window, target);
    },
    isOpen: () => window !== undefined,
    contents: () => window?.webContents,
    stop() {
      nativeTheme.removeListener('updated', repaint);
      window?.close();
    },
  };
}

/** Tells the page what to show, as soon as it can hear it. */
function tellPage(contents: WebContents, target: DashboardTarget): void {
  const tell = (): void => pushTo([contents], 'dashboard.shown', target);
  if (contents.getURL() === '' || contents.isLoading()) contents.once('did-finish-load', tell);
  else tell();
}

function makeWindow(options: DashboardOptions): BrowserWindow {
  const place = options.placeFile === undefined ? undefined : readWindowPlace(options.placeFile);
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const isDark = nativeTheme.shouldUseDarkColors;
  const made = new BrowserWindow({
    ...dashboardOptions({ ...options, isDark }, options.iconFile),
    ...boundsOnDisplays(place, workAreas),
  });
  made.once('ready-to-show', () => {
    // Maximizing shows the window, so it waits like the showing does.
    if (place?.isMaximized) made.maximize();
    made.show();
  });
  return made;
}

function keepPlace(window: BrowserWindow, { placeFile, log }: DashboardOptions): void {
  if (placeFile === undefined) return;
  try {
    writeWindowPlace(placeFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  } catch (error) {
    // The window opens at its default place the next time, which is no loss worth a message.
    log.warn(FROM, 'the place of the window cannot be kept', error);
  }
}
