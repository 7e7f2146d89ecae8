/** `it` for tests with windows: a desktop for the file, and apps that end with their test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { startDesktop } from '../../../scripts/desktop.ts';
import { type LaunchOptions, launchApp, type RunningApp } from './launch-app.ts';

/** What the fixture's `launch` takes: each app gets a fresh home unless one is given. */
export type Launch = (options?: Omit<LaunchOptions, 'desktop'>) => Promise<RunningApp>;

/** Tests get `desktop` and `launch`. */
export const windowTest = it
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture uses.
  .extend('desktop', { scope: 'file' }, async ({}, { onCleanup }) => {
    const desktop = await startDesktop();
    onCleanup(() => desktop.stop());
    return desktop;
  })
  .extend('launch', async ({ desktop }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'hookline-window-'));
    const apps: RunningApp[] = [];
    onCleanup(async () => {
      try {
        for (const app of apps) await app.stop();
        await desktop.trayEmptied();
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      }
    });
    const launch: Launch = async (options = {}) => {
      const app = await launchApp({
        home: join(folder, `home-${apps.length}`),
        ...options,
        desktop,
      });
      apps.push(app);
      return app;
    };
    return launch;
  });
