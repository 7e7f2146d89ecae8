/** Real folders for tests, gone when the test is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** Gives each test of the file or block an empty folder of its own; call what it returns for its path. */
export function tempFolderPerTest(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = makeTempFolder();
  });
  afterEach(() => removeFolder(folder));
  return () => folder;
}

/** An empty folder; the caller removes it. */
export function makeTempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hookline-test-'));
}

/** Removes the folder with all that is in it, also while a detached child writes its last line. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
