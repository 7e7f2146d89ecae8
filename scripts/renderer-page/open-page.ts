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
}

/** A browser context with that look; its zone is far from the fake world's, so a wrong zone shows. */
export function createContext(browser: Browser, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: 2,
    colorScheme: look.scheme,
    contrast: look.hasMoreContrast === true ? 'more' : 'no-preference',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    ...(look.platform === 'linux' ? {} : { userAgent: MAC_AGENT }),
  });
}

/** A page and everything that went wrong in it. */
export interface OpenedPage {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors and broken policies, as they come. */
  readonly complaints: readonly string[];
}

/** Opens a built page on the fake main process; what the page complains of is collected. */
export async function openPage(
  context: BrowserContext,
  {
    origin,
    name,
    world,
    fakePreload,
    hash = '',
  }: {
    readonly origin: string;
    readonly name: PageName;
    readonly world: string;
    readonly fakePreload: string;
    readonly hash?: string;
  },
): Promise<OpenedPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript({ path: fakePreload });
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber))",
  );
  await page.goto(`${origin}/${name}/index.html?world=${world}${hash === '' ? '' : `#${hash}`}`);
  return { page, complaints };
}
