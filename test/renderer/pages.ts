/** Real pages in a real Chromium: built once a file, under the app's policy, on the fake main process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { buildPages } from '../../scripts/renderer-page/build-pages.ts';
import {
  createContext,
  findChromium,
  type Look,
  launchChromium,
  openTab,
  type PageRequest,
  type Tab,
} from '../../scripts/renderer-page/open-page.ts';
import { type PageServer, servePages } from '../../scripts/renderer-page/serve-pages.ts';
import type { FakeWorldName } from '../support/fake-worlds.ts';

/** Which page to show and how. */
export interface OpenRequest extends PageRequest {
  readonly world: FakeWorldName;
  readonly look?: Partial<Look>;
}

/** Shows a page; a complaint of the page fails the test that asked for it. */
export type Open = (request: OpenRequest) => Promise<Page>;

const SIZES = {
  glance: { width: 350, height: 700 },
  dashboard: { width: 1180, height: 760 },
  settings: { width: 600, height: 720 },
} as const;

/** A suite over built pages; skipped, with its reason in its name, where there is no Chromium. */
export function describePages(title: string, body: (open: Open) => void): void {
  const executable = findChromium();
  if (executable === undefined) {
    describe.skip(`${title} (skipped: no Chromium at CHROMIUM_PATH or /usr/bin/chromium)`, () =>
      body(() => Promise.reject(new Error('no Chromium'))));
    return;
  }
  describe(title, () => {
    let folder: string;
    let fakePreload: string;
    let server: PageServer;
    let browser: Browser;
    // One tab for each look: to load another page in it costs a fraction of a new one.
    const tabs = new Map<string, Tab>();

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hookline-pages-'));
      ({ fakePreload } = await buildPages(folder));
      server = await servePages(join(folder, 'pages'));
      browser = await launchChromium(executable);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await rm(folder, { recursive: true, force: true });
    });
    afterEach(() => {
      expect([...tabs.values()].flatMap((tab) => tab.takeComplaints())).toEqual([]);
    });

    const tabFor = async (look: Look): Promise<Tab> => {
      const key = JSON.stringify(look);
      const known = tabs.get(key);
      if (known !== undefined) return known;
      const tab = await openTab(await createContext(browser, look), server.origin, fakePreload);
      tabs.set(key, tab);
      return tab;
    };

    body(async ({ look = {}, ...request }) => {
      const tab = await tabFor({ ...SIZES[request.name], scheme: 'light', scale: 1, ...look });
      // A pointer left behind by another test would hover over what is drawn next.
      await tab.page.mouse.move(0, 0);
      await tab.show(request);
      await tab.page.locator('main').waitFor();
      return tab.page;
    });
  });
}

/** The arguments of all calls of one name that the page has made so far. */
export function callsOf(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) =>
      window.fake.calls.filter((call) => call.name === wanted).map((call) => call.argument),
    name,
  );
}

/** Waits until the page has made a call; calls that were made before count. */
export async function calledOnce(page: Page, name: string): Promise<unknown> {
  await page.waitForFunction(
    (wanted) => window.fake.calls.some((call) => call.name === wanted),
    name,
  );
  const calls = await callsOf(page, name);
  expect(calls).toHaveLength(1);
  return calls[0];
}
