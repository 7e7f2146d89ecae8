import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import type { PageName } from './build-pages.ts';

/** The Chromium to drive: CHROMIUM_PATH, else Debian's; undefined when there is none. */
export function findChromium(): string | undefined {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  return existsSync(path) ? path : undefined;
}

/** Starts a headless Chromium that stays on this machine. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--font-render-hinting=none',
    ],
  });
}

const MAC_AGENT =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly platform?: 'mac' | 'linux';
  readonly hasMoreContrast?: boolean;
  /** Device pixels in a CSS pixel; 2 when not given. */
  readonly scale?: number;
}

/** A browser context with that look; its zone is far from the fake world's, so a wrong zone shows. */
export function createContext(browser: Browser, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: look.scale ?? 2,
    colorScheme: look.scheme,
    contrast: look.hasMoreContrast === true ? 'more' : 'no-preference',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    ...(look.platform === 'linux' ? {} : { userAgent: MAC_AGENT }),
  });
}

/** A tab and everything that went wrong in it. */
export interface Tab {
  readonly page: Page;
  /** Shows a page on the fake main process in a state; whatever the tab showed before is gone. */
  show(request: PageRequest): Promise<void>;
  /** Console errors and warnings, uncaught errors and broken policies since the last time. */
  takeComplaints(): string[];
}

/** Which page a tab shows. */
export interface PageRequest {
  readonly name: PageName;
  /** A state of test/support/fake-worlds.ts. */
  readonly world: string;
  /** The dashboard's first page. */
  readonly hash?: string;
}

const POLICY_WATCH = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`;

/** Opens a tab for built pages; what its pages complain of is collected. */
export async function openTab(
  context: BrowserContext,
  origin: string,
  fakePreload: string,
): Promise<Tab> {
  const page = await context.newPage();
  let complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript({ path: fakePreload });
  await page.addInitScript(POLICY_WATCH);
  let count = 0;
  return {
    page,
    show: async ({ name, world, hash = '' }) => {
      count += 1;
      // Without a new address only the hash might differ, and nothing would be loaded.
      const query = `world=${world}&count=${count}`;
      await page.goto(`${origin}/${name}/index.html?${query}${hash === '' ? '' : `#${hash}`}`);
    },
    takeComplaints: () => {
      const taken = complaints;
      complaints = [];
      return taken;
    },
  };
}
