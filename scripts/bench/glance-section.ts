/** How long after the launcher's return the open glance shows the new number. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type Page } from 'playwright';
import { privateEnvironment } from '../demo/private-environment.ts';
import { sandboxArguments } from '../electron-runtime.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { makePayload } from './payload.ts';
import { runToEnd } from './run-to-end.ts';
import { type BenchRow, figure, type GoalSpec, note, type Section } from './section.ts';
import { type WindowMeans, withWindows } from './window-means.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EVENTS = 10_000;
const ROUNDS = 25;
const GOALS: readonly GoalSpec[] = [{ of: 'p95', most: 300 }];
/**
 * The glance draws at most once a second, and the drainer's end may make it draw once more: an event
 * sooner than this would wait for its turn.
 */
const QUIET_MS = 2500;
const SHOWN_WITHIN_MS = 20_000;

/** Runs in the page: notes when the number of today's calls becomes another one. */
const WATCH_CALLS = `(() => {
  const calls = () => [...document.querySelectorAll('section span')]
    .find((span) => span.textContent === 'Calls')?.parentElement?.lastElementChild?.textContent;
  const before = calls();
  if (before === undefined) throw new Error('the glance shows no calls');
  globalThis.callsChanged = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (calls() === before) return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
})()`;

/** The section. */
export const glanceSection: Section = {
  title: "From the launcher's return until the open glance shows the new number",
  run: (context) =>
    withWindows(context, async (means) => {
      const home = await makeInstalledHome(EVENTS);
      try {
        return await measure(means, home);
      } finally {
        await home.remove();
      }
    }),
};

async function measure(means: WindowMeans, home: InstalledHome): Promise<BenchRow[]> {
  const { desktop, runtime } = means;
  mkdirSync(home.paths.app, { recursive: true });
  const env = { ...privateEnvironment(home.paths.home, desktop.env), ...runtime.environment };
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...sandboxArguments(), '--disable-gpu', ROOT],
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
  });
  try {
    const opened = app.waitForEvent('window');
    const icon = await desktop.findTrayIcon();
    await desktop.click(icon.x + icon.width / 2, icon.y + icon.height / 2);
    const page = await opened;
    await page.getByText('Calls', { exact: true }).waitFor();
    const samples: number[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      await home.drained();
      await pause(QUIET_MS);
      const tookMs = await timeOne(page, home);
      // The first one meets code that was never run.
      if (i > 0) samples.push(tookMs);
    }
    return [
      figure('a drainer has to start', { unit: 'ms', samples, goals: GOALS }),
      note(`clock of 1 ms; ${EVENTS.toLocaleString('en-US')} events; Electron ${runtime.version}`),
    ];
  } finally {
    await app.close();
    await desktop.trayEmptied();
  }
}

async function timeOne(page: Page, { paths, env }: InstalledHome): Promise<number> {
  const stdin = join(paths.home, 'payload.json');
  writeFileSync(stdin, makePayload(2048).text);
  await page.evaluate(WATCH_CALLS);
  runToEnd({ command: paths.launcher, args: ['capture'], stdin, env });
  const returnedAt = Date.now();
  const shown = page.evaluate('globalThis.callsChanged') as Promise<number>;
  const late = pause(SHOWN_WITHIN_MS, null, { ref: false });
  const shownAt = await Promise.race([shown, late]);
  if (shownAt === null) throw new Error('the glance did not show the event in 20 seconds');
  return shownAt - returnedAt;
}
