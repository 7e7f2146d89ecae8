import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const lockfile = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'),
) as { packages: Record<string, { gypfile?: boolean }> };

describe('package-lock.json', () => {
  // npm does not copy this member into the lockfile by itself, and without it `npm ci` compiles the
  // addon although the package brings it built: minutes, and a compiler that many machines lack.
  // After `npm install` put it back: "gypfile": false.
  it('tells npm ci not to compile better-sqlite3', () => {
    expect(lockfile.packages['node_modules/better-sqlite3']).toMatchObject({ gypfile: false });
  });
});
