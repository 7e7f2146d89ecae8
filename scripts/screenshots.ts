/**
 * Makes the pictures of the README from the real app, in a real window with a real tray, on a made-up
 * month: `node scripts/screenshots.ts [folder]`, by default docs/images.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { launchApp } from '../test/e2e/support/launch-app.ts';
import { bringBuildUpToDate } from './demo/built.ts';
import { privateEnvironment } from './demo/private-environment.ts';
import { runCli } from './demo/run-cli.ts';
import { startDesktop } from './desktop.ts';
import { openMadeHome } from './make-history/made-home.ts';
import { makeHistory } from './make-history.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const folder = positionals[0] ?? join(import.meta.dirname, '..', 'docs', 'images');
const temporary = mkdtempSync(join(tmpdir(), 'hookline-pictures-'));

/** A month up to now; the hook is installed, so that the app shows it as it would a user's own. */
function makeHome(): string {
  const opened = openMadeHome({ folder: join(temporary, 'home'), ownHome: process.env.HOME });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  const { home } = opened;
  makeHistory({
    home,
    seed: 'pictures',
    days: 30,
    events: null,
    untilAt: Date.now(),
    isLive: true,
  });
  const env = privateEnvironment(home, process.env);
  runCli(['install', '--yes'], env);
  runCli(['refresh'], env);
  return home;
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}

bringBuildUpToDate(console.log);
mkdirSync(folder, { recursive: true });
const home = makeHome();
const desktop = await startDesktop({ size: '1400x1000' });
try {
  const app = await launchApp({ desktop, home });
  try {
    const glanceOpened = app.electron.waitForEvent('window');
    await app.clickTray();
    const glance = await glanceOpened;
    await app.shownWindow();
    await glance.getByText('Last errors').waitFor();
    await shoot(glance, 'glance');
    const dashboardOpened = app.electron.waitForEvent('window');
    await glance.getByText('Open Dashboard').click();
    const dashboard = await dashboardOpened;
    await dashboard.getByText('Succeeded').waitFor();
    await shoot(dashboard, 'overview');
  } finally {
    await app.stop();
  }
} finally {
  await desktop.stop();
  rmSync(temporary, { recursive: true, force: true });
}
console.log(`Pictures are in ${folder}`);
