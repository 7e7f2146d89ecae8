/** The app as a person meets it: the icon, the glance under it, a number that moves, the dashboard. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { capture, hookline } from '../support/built-cli.ts';
import { changedPayload, sequencePayloads } from '../support/claude-fixtures.ts';
import type { RunningApp } from './support/launch-app.ts';
import { windowTest } from './support/window-test.ts';

const SHOTS = join(import.meta.dirname, '..', '..', 'test-results', 'app');
mkdirSync(SHOTS, { recursive: true });

/** A home in which the hook is installed and a session has been going on. */
async function usedHome(home: string): Promise<void> {
  mkdirSync(home, { recursive: true });
  await hookline(home, 'install', '--yes');
  // Without its end, so that the session is live.
  for (const payload of sequencePayloads('headless-main').slice(0, -1))
    await capture(home, payload);
}

/** Opens the glance by a click on the icon. */
async function openGlance(app: RunningApp): Promise<Page> {
  const opened = app.electron.waitForEvent('window');
  await app.clickTray();
  const page = await opened;
  await app.shownWindow();
  return page;
}

/** What a page complained of: console errors, exceptions, violations of the content policy. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

describe('the app on a desktop with a tray', () => {
  windowTest('shows today under the icon, and a new call at once', async ({ desktop, launch }) => {
    const home = join(desktop.home, 'used');
    await usedHome(home);
    const app = await launch({ home });
    const glance = await openGlance(app);
    const complaints = complaintsOf(glance);
    const calls = glance.getByText(/^Calls/).locator('..');
    await expect.poll(() => calls.innerText()).toMatch(/\b22$/);
    expect(await glance.locator('body').innerText()).toContain('Capturing');
    await desktop.screenshot(join(SHOTS, 'glance-on-desktop.png'));
    await glance.screenshot({ path: join(SHOTS, 'glance.png') });

    await capture(home, changedPayload('PostToolUse-Bash', { tool_use_id: 'toolu_seen_live' }));
    await expect.poll(() => calls.innerText()).toMatch(/\b23$/);
    expect(complaints).toEqual([]);

    await app.clickTray();
    await app.hiddenWindows();
  });

  windowTest('opens the dashboard from the glance, light and dark', async ({ desktop, launch }) => {
    const home = join(desktop.home, 'dashboard');
    await usedHome(home);
    const app = await launch({ home });
    const glance = await openGlance(app);
    const opened = app.electron.waitForEvent('window');
    await glance.getByText('Open Dashboard').click();
    const dashboard = await opened;
    const complaints = complaintsOf(dashboard);
    await dashboard.getByRole('heading', { name: 'Overview' }).waitFor();
    await expect.poll(() => dashboard.locator('body').innerText()).toMatch(/Calls\s+22\b/);
    for (const scheme of ['light', 'dark'] as const) {
      await dashboard.emulateMedia({ colorScheme: scheme });
      await dashboard.screenshot({ path: join(SHOTS, `overview-${scheme}.png`) });
    }
    await dashboard.getByText('Health', { exact: true }).click();
    await dashboard.getByRole('heading', { name: 'Health' }).waitFor();
    await dashboard.screenshot({ path: join(SHOTS, 'health.png') });
    expect(complaints).toEqual([]);
  });

  windowTest(
    'writes nothing below .claude before install, and installs from its window',
    async ({ desktop, launch }) => {
      const home = join(desktop.home, 'fresh');
      mkdirSync(home, { recursive: true });
      const app = await launch({ home, args: ['--dashboard'] });
      const dashboard = await app.electron.firstWindow();
      await dashboard.getByText('Not capturing yet').first().waitFor();
      expect(await hookline(home, 'status')).toContain('Not installed');
      expect(existsSync(join(home, '.claude'))).toBe(false);
      expect(existsSync(join(home, '.agent-core'))).toBe(false);

      await dashboard.getByRole('button', { name: 'Review and Install…' }).click();
      await dashboard.getByText('settings.json').first().waitFor();
      await dashboard.screenshot({ path: join(SHOTS, 'install.png') });
      await dashboard.getByRole('main').getByRole('button', { name: 'Install' }).click();
      await expect.poll(() => existsSync(join(home, '.claude', 'settings.json'))).toBe(true);
      // The event of the test went through the installed launcher and a drainer of its own.
      await dashboard.getByText('It works', { exact: true }).waitFor();
      await dashboard.getByText(/Test event, by hook/).waitFor();
      await dashboard.screenshot({ path: join(SHOTS, 'installed.png') });
      await capture(home, changedPayload('PostToolUse-Bash', { tool_use_id: 'toolu_first' }));
      await expect.poll(() => hookline(home, 'status')).toContain('Capturing');
    },
  );

  windowTest('shows the work page by page, without a complaint', async ({ desktop, launch }) => {
    const home = join(desktop.home, 'work');
    await usedHome(home);
    const app = await launch({ home, args: ['--dashboard'] });
    const dashboard = await app.electron.firstWindow();
    const complaints = complaintsOf(dashboard);
    const title = dashboard.getByRole('heading', { level: 1 });
    await expect.poll(() => title.innerText()).toBe('Overview');
    for (const name of ['Live', 'Tools', 'Errors', 'Commands', 'Sessions']) {
      await dashboard.getByRole('navigation').getByRole('button', { name }).click();
      await expect.poll(() => title.innerText()).toBe(name);
      await expect.poll(() => dashboard.getByRole('main').getAttribute('aria-busy')).toBe('false');
      await dashboard.screenshot({ path: join(SHOTS, `${name.toLowerCase()}.png`) });
    }
    await dashboard.getByRole('main').locator('tbody button').first().click();
    await dashboard.getByRole('img', { name: /^Timeline/ }).waitFor();
    await dashboard.screenshot({ path: join(SHOTS, 'session.png') });

    await dashboard.getByRole('navigation').getByRole('button', { name: 'Live' }).click();
    const sizeOf = async () =>
      Number(await dashboard.locator('[aria-setsize]').last().getAttribute('aria-setsize'));
    const before = await sizeOf();
    await capture(home, changedPayload('PostToolUse-Bash', { tool_use_id: 'toolu_streamed' }));
    await expect.poll(sizeOf).toBe(before + 1);
    expect(complaints).toEqual([]);
  });

  windowTest('opens the settings and obeys them at once', async ({ desktop, launch }) => {
    const home = join(desktop.home, 'settings');
    await usedHome(home);
    const app = await launch({ home, args: ['--dashboard'] });
    const dashboard = await app.electron.firstWindow();
    await dashboard.getByRole('button', { name: 'Settings…' }).waitFor();
    const opened = app.electron.waitForEvent('window');
    await dashboard.getByRole('button', { name: 'Settings…' }).click();
    const settings = await opened;
    const complaints = complaintsOf(settings);
    await settings.getByLabel('Redacted content').check();
    await settings.getByLabel('Time zone of days and hours').selectOption('Europe/Berlin');
    await expect.poll(() => hookline(home, 'settings', 'privacy')).toContain('redacted');
    await expect.poll(() => hookline(home, 'settings', 'timeZone')).toContain('Europe/Berlin');
    await settings.screenshot({ path: join(SHOTS, 'settings.png') });
    // What the command line changes is shown as well.
    await hookline(home, 'settings', 'privacy', 'full');
    await expect.poll(() => settings.getByLabel('Full content').isChecked()).toBe(true);
    await settings.getByLabel('Know which tool is running now').check();
    await expect
      .poll(() => readFileSync(join(home, '.claude', 'settings.json'), 'utf8'))
      .toContain('PreToolUse');
    expect(complaints).toEqual([]);
  });
});
