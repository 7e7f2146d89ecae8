import { join } from 'node:path';
import { expect } from 'vitest';
import { windowTest } from '../support/window-test.ts';

const SQLITE_APP = join(import.meta.dirname, 'sqlite-app');

windowTest(
  'better-sqlite3 opens in the main process, a worker, a utility process and a child',
  async ({ launch }) => {
    const app = await launch({ appFolder: SQLITE_APP });
    const answers = await app.electron.evaluate(() =>
      (globalThis as unknown as { readAnswers(): Promise<unknown> }).readAnswers(),
    );
    expect(answers).toEqual({ main: 42, worker: 42, utility: 42, child: 42 });
  },
);
