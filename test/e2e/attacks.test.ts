/** What a page of ours that has been taken over can do in the real window: nothing. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, onTestFinished } from 'vitest';
import type { RunningApp } from './support/launch-app.ts';
import { startTrap, type Trap } from './support/trap.ts';
import { windowTest } from './support/window-test.ts';

interface Attacked {
  readonly app: RunningApp;
  readonly page: Page;
  readonly trap: Trap;
}

/** One of the page's own programs in attacks/, run in the page. */
function attack(page: Page, name: string, argument?: string): Promise<unknown> {
  const file = join(import.meta.dirname, 'attacks', `${name}.js`);
  const program = readFileSync(file, 'utf8').trim().replace(/;$/, '');
  return page.evaluate(`(\n${program}\n)(${JSON.stringify(argument)})`);
}

const OWN_PAGE = /^app:\/\/ui\/dashboard\//;

const attackTest = windowTest.extend('attacked', async ({ launch }) => {
  const app = await launch({ args: ['--dashboard'] });
  const page = await app.electron.firstWindow();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const trap = await startTrap();
  onTestFinished(() => trap.stop());
  return { app, page, trap } satisfies Attacked;
});

/** The page is where it was, alone, and nobody came to the trap. */
async function expectUnharmed({ app, page, trap }: Attacked, windows = 1): Promise<void> {
  expect(page.url()).toMatch(OWN_PAGE);
  expect(trap.visits).toEqual([]);
  // Playwright waits for navigations to end that were refused: hence by way of main.
  const shown = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      '[document.title, document.querySelector("h1").textContent]',
    ),
  );
  expect(shown).toEqual([expect.not.stringMatching('ran'), 'Overview']);
  const open = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
  );
  expect(open.filter((url) => url.startsWith('app://ui/dashboard/'))).toHaveLength(windows);
  expect(open.filter((url) => !url.startsWith('app://ui/'))).toEqual([]);
}

describe('a page that has been taken over', () => {
  attackTest('reaches no network by any way there is', async ({ attacked }) => {
    const { page, trap } = attacked;
    expect(await attack(page, 'network', trap.url)).toEqual({
      fetch: 'refused',
      img: 'refused',
      script: 'refused',
      link: 'refused',
      socket: 'refused',
    });
    await expectUnharmed(attacked);
  });

  attackTest('becomes, opens and embeds no other page', async ({ attacked }) => {
    const { page, trap } = attacked;
    expect(await attack(page, 'escape', trap.url)).toBe(true);
    await expectUnharmed(attacked);
  });

  attackTest('runs no text as a program, and finds no Node', async ({ attacked }) => {
    const { page } = attacked;
    expect(await attack(page, 'run-text')).toEqual(['script-src-attr', 'script-src-elem']);
    expect(await page.title()).not.toBe('ran');
    expect(await page.evaluate('[typeof require, typeof process]')).toEqual([
      'undefined',
      'undefined',
    ]);
    await expectUnharmed(attacked);
  });

  attackTest('is given no permission', async ({ attacked }) => {
    expect(await attack(attacked.page, 'permissions')).toEqual({
      geolocation: 'denied',
      camera: 'refused',
      screen: 'refused',
      clipboard: 'refused',
      notifications: 'denied',
    });
  });

  attackTest('is not replaced by a file that is dropped on it', async ({ attacked, desktop }) => {
    const { page } = attacked;
    const folder = join(desktop.home, 'dropped');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'evil.html');
    writeFileSync(file, '<title>evil</title>');
    const devtools = await page.context().newCDPSession(page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    await expectUnharmed(attacked);
  });

  attackTest('gets a plain refusal for a call that does not fit', async ({ attacked }) => {
    expect(await attack(attacked.page, 'bad-calls')).toEqual([
      'bad-argument',
      'bad-argument',
      'bad-argument',
      'bad-argument',
      'bad-argument',
      'unknown-call',
      'unknown-call',
    ]);
    await expectUnharmed(attacked);
  });
});

describe('the address of our pages', () => {
  attackTest('leads to no file outside of them', async ({ attacked }) => {
    const answers = await attacked.app.electron.evaluate(async ({ net }) => {
      const paths = [
        'dashboard/index.html',
        '../main/index.js',
        '..%2fmain/index.js',
        '%2e%2e/main/index.js',
        'dashboard/..%2f..%2f..%2fpackage.json',
        'dashboard/..%5c..%5cmain%5cindex.js',
        '/etc/passwd',
        'dashboard/index.html%00.js',
      ];
      return Promise.all(paths.map(async (path) => (await net.fetch(`app://ui/${path}`)).status));
    });
    expect(answers).toEqual([200, 404, 404, 404, 404, 404, 404, 404]);
  });

  attackTest('is the only one that our calls answer to', async ({ attacked }) => {
    const { app } = attacked;
    const preload = join(import.meta.dirname, '..', '..', 'out', 'preload', 'preload.cjs');
    const reply = await app.electron.evaluate(async ({ BrowserWindow }, file) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload: file } });
      await stranger.loadURL('data:text/html,<title>stranger</title>');
      const answer: unknown = await stranger.webContents.executeJavaScript(
        "window.hookline.call('glance.read', {})",
      );
      stranger.destroy();
      return answer;
    }, preload);
    expect(reply).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });
});
