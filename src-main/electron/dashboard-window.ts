/** The dashboard: one titled window, made when it is wanted and gone when it is closed. */
import type { App, WebContents } from 'electron';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '../../src-core/base/logger.ts';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import { pushTo } from './ipc.ts';
import { dashboardColour } from './look.ts';
import { pageUrl } from './page-origin.ts';
import type { WindowSetting } from './window-options.ts';
import { dashboardOptions } from './window-options.ts';
import { boundsOnDisplays, readWindowPlace, writeWindowPlace } from './window-place.ts';

const FROM = 'dashboard';

/** What the dashboard needs to know. */
export interface DashboardOptions extends Omit<WindowSetting, 'isDark'> {
  readonly app: Pick<App, 'dock'>;
  /** Where the window's place is kept; nothing is kept without it. */
  readonly placeFile: string | undefined;
  readonly iconFile: string;
  readonly log: Logger;
}

/** The dashboard, whether its window is there or not. */
export interface DashboardWindow {
  /** Brings the window to the front, on a page when one is named. */
  open(page?: DashboardPage): void;
  isOpen(): boolean;
  /** The page, while there is one. */
  contents(): WebContents | undefined;
  stop(): void;
}

const FIRST_PAGE: DashboardPage = 'overview';

/** Prepares the dashboard; its window is made by the first `open`. */
export function createDashboardWindow(options: DashboardOptions): DashboardWindow {
  const { app, log } = options;
  let window: BrowserWindow | undefined;

  function create(page: DashboardPage): BrowserWindow {
    const made = makeWindow(options);
    made.on('close', () => keepPlace(made, options));
    made.on('closed', () => {
      window = undefined;
      app.dock?.hide();
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error(FROM, `the page has ended: ${reason}`);
      made.close();
    });
    // The page's own title would replace ours.
    made.on('page-title-updated', (event) => event.preventDefault());
    tellPage(made.webContents, page);
    made.loadURL(pageUrl('dashboard', page)).catch((error: unknown) => {
      log.error(FROM, 'the dashboard cannot be loaded', error);
      if (!made.isDestroyed()) made.close();
    });
    return made;
  }

  function show(existing: BrowserWindow, page: DashboardPage | undefined): void {
    if (existing.isMinimized()) existing.restore();
    // While the page is still loading, `ready-to-show` shows it.
    if (!existing.webContents.isLoading()) existing.show();
    if (page !== undefined) tellPage(existing.webContents, page);
  }

  const repaint = (): void =>
    window?.setBackgroundColor(dashboardColour(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', repaint);

  return {
    open(page) {
      // Rejects only when the Dock is not there to show anything.
      app.dock?.show().catch((error: unknown) => log.warn(FROM, 'no Dock icon', error));
      if (window === undefined) window = create(page ?? FIRST_PAGE);
      else show(window, page);
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
function tellPage(contents: WebContents, page: DashboardPage): void {
  const tell = (): void => pushTo([contents], 'dashboard.shown', { page });
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
