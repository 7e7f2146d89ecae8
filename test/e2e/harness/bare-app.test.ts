/** Proves the harness itself: a real tray, a real pointer, a real window. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { windowTest } from '../support/window-test.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BARE_APP = join(ROOT, 'scripts', 'bench', 'bare-app');
const SHOTS = join(ROOT, 'test-results', 'harness');

describe('a bare menubar app on the virtual desktop', () => {
  windowTest('shows a tray icon only while it runs', async ({ desktop, launch }) => {
    expect(await desktop.trayIcons()).toEqual([]);
    const app = await launch({ appFolder: BARE_APP });
    const icon = await desktop.findTrayIcon();
    expect(icon.y).toBe(0);
    expect(icon.width).toBeGreaterThan(12);
    await app.stop();
    await desktop.trayEmptied();
  });

  windowTest('opens its window under the icon at a click', async ({ desktop, launch }) => {
    const app = await launch({ appFolder: BARE_APP });
    const icon = await app.clickTray();
    await app.shownWindow();
    await expect.poll(() => app.windowPlace()).toMatchObject({ width: 320, height: 400 });
    const place = await app.windowPlace();
    expect(place?.y).toBeGreaterThanOrEqual(icon.y + icon.height);
    expect(await app.electron.firstWindow().then((page) => page.title())).toBe('Bare');

    mkdirSync(SHOTS, { recursive: true });
    await desktop.screenshot(join(SHOTS, 'bare-app.png'));
    expect(statSync(join(SHOTS, 'bare-app.png')).size).toBeGreaterThan(1000);

    await app.clickTray();
    await app.hiddenWindows();
  });

  windowTest('is named and placed as under the official default app', async ({ launch }) => {
    const app = await launch({ appFolder: BARE_APP });
    const identity = await app.electron.evaluate(({ app }) => ({
      name: app.name,
      version: app.getVersion(),
      path: app.getAppPath(),
      isPackaged: app.isPackaged,
      home: app.getPath('home'),
    }));
    expect(identity).toEqual({
      name: 'bare-menubar-app',
      version: '1.0.0',
      path: BARE_APP,
      isPackaged: false,
      home: app.home,
    });
  });
});
