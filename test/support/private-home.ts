/**
 * Runs before each test file, in its process: an empty home of its own, and no variable that
 * would lead the program, or a child of it, to the real one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'hookline-test-home-'));
process.env.HOME = home;
for (const name of Object.keys(process.env)) {
  if (/^(XDG_|CLAUDE)/.test(name)) delete process.env[name];
}

afterAll(() => {
  // A detached child may still be writing its last line.
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});
