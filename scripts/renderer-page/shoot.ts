import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { FAKE_SESSION } from '../../test/support/fake-sessions.ts';
import { buildPages, type PageName } from './build-pages.ts';
import { createContext, findChromium, type Look, launchChromium, openTab } from './open-page.ts';
import { servePages } from './serve-pages.ts';

/** One picture: a page in a state, on a hash of the dashboard. */
interface Shot {
  readonly page: PageName;
  readonly world: string;
  readonly hash?: string;
  /** Something to do before the picture. */
  readonly keys?: readonly string[];
}

const GLANCE: readonly Shot[] = [
  ...['normal', 'nothing-today', 'stale', 'attention', 'paused', 'not-installed', 'fresh', 'error'],
  ...['loading', 'crowded'],
].map((world) => ({ page: 'glance', world }));
const KEYBOARD: Shot = {
  page: 'glance',
  world: 'normal',
  keys: ['ArrowUp', 'ArrowUp', 'ArrowUp'],
};

const DASHBOARD: readonly Shot[] = [
  ...['normal', 'stale', 'attention', 'not-installed', 'fresh', 'error', 'loading', 'crowded'].map(
    (world) => ({ page: 'dashboard' as const, world, hash: 'overview' }),
  ),
  ...['live', 'tools', 'errors', 'commands', 'sessions', 'events'].flatMap((hash) =>
    ['normal', 'not-installed', 'fresh', 'stale', 'error', 'loading'].map((world) => ({
      page: 'dashboard' as const,
      world,
      hash,
    })),
  ),
  { page: 'dashboard', world: 'normal', hash: `sessions?session=${FAKE_SESSION}` },
  ...['normal', 'attention', 'not-installed', 'error'].map((world) => ({
    page: 'dashboard' as const,
    world,
    hash: 'health',
  })),
  ...['normal', 'not-installed', 'refused', 'error'].map((world) => ({
    page: 'dashboard' as const,
    world,
    hash: 'install',
  })),
];

const SETTINGS: readonly Shot[] = ['normal', 'not-installed', 'error'].map((world) => ({
  page: 'settings',
  world,
}));

/** Takes the pictures whose name has `only` in it. @throws when a page complained or a policy was broken. */
export async function shootPages(folder: string, only: string): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) throw new Error('no Chromium: set CHROMIUM_PATH');
  await mkdir(folder, { recursive: true });
  const built = await mkdtemp(join(tmpdir(), 'hookline-pages-'));
  const { fakePreload } = await buildPages(built);
  const server = await servePages(join(built, 'pages'));
  const browser = await launchChromium(executable);
  const complaints: string[] = [];
  try {
    for (const { look, shots, suffix } of looks()) {
      const wanted = shots.filter((shot) => pictureName(shot, suffix).includes(only));
      if (wanted.length === 0) continue;
      const context = await createContext(browser, look);
      const tab = await openTab(context, server.origin, fakePreload);
      for (const shot of wanted) {
        const name = pictureName(shot, suffix);
        await tab.show({ ...shot, name: shot.page });
        await draw(tab.page, shot);
        await tab.page.screenshot({ path: join(folder, name), fullPage: shot.page === 'glance' });
        complaints.push(...tab.takeComplaints().map((text) => `${name}: ${text}`));
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
    await rm(built, { recursive: true, force: true });
  }
  if (complaints.length > 0) throw new Error(`the pages complained:\n${complaints.join('\n')}`);
}

function pictureName(shot: Shot, suffix: string): string {
  const parts = [shot.page, shot.hash, shot.world, shot.keys && 'keys', suffix];
  const name = parts.filter((part) => part !== undefined).join('-');
  return `${name.replaceAll(/[^\w-]+/g, '-')}.png`;
}

async function draw(page: Page, shot: Shot): Promise<void> {
  // A page's own code is loaded when it is opened.
  await page.locator('main h1').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  // What waits for main is drawn only after a while, and nothing tells when.
  if (shot.world === 'loading') await page.waitForTimeout(600);
  for (const key of shot.keys ?? []) await page.keyboard.press(key);
}

function looks(): { look: Look; shots: readonly Shot[]; suffix: string }[] {
  const glance = { width: 350, height: 120 };
  const schemes = ['light', 'dark'] as const;
  return schemes.flatMap((scheme) => [
    { look: { ...glance, scheme }, shots: [...GLANCE, KEYBOARD], suffix: scheme },
    {
      look: { ...glance, scheme, platform: 'linux' },
      shots: [GLANCE[0], KEYBOARD].filter((shot) => shot !== undefined),
      suffix: `linux-${scheme}`,
    },
    {
      look: { ...glance, scheme, hasMoreContrast: true },
      shots: GLANCE.slice(0, 1),
      suffix: `contrast-${scheme}`,
    },
    { look: { width: 1180, height: 760, scheme }, shots: DASHBOARD, suffix: `1180-${scheme}` },
    { look: { width: 900, height: 620, scheme }, shots: DASHBOARD, suffix: `900-${scheme}` },
    { look: { width: 600, height: 720, scheme }, shots: SETTINGS, suffix: scheme },
    {
      look: { width: 1180, height: 760, scheme, hasMoreContrast: true },
      shots: DASHBOARD.slice(0, 1),
      suffix: `contrast-${scheme}`,
    },
  ]);
}
