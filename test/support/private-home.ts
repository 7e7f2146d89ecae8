/**
 * Runs before each test file, in its process: an empty home of its own, and no variable that
 * would lead the program, or a child of it, to the real one. It lies in the run's folder.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.HOME = mkdtempSync(join(tmpdir(), 'home-'));
for (const name of Object.keys(process.env)) {
  if (/^(XDG_|CLAUDE)/.test(name)) delete process.env[name];
}
