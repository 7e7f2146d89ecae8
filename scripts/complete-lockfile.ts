/**
 * Adds to package-lock.json what npm left out: the optional packages of other systems, and which
 * packages need no build on installation.
 *
 *   node scripts/complete-lockfile.ts           writes the file if something is missing
 *   node scripts/complete-lockfile.ts --check   only says so, with exit code 1
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  findMissingEntries,
  findUnmarkedPrebuilt,
  type LockPackages,
} from './lockfile/complete.ts';

const ROOT = join(import.meta.dirname, '..');
const LOCKFILE = join(ROOT, 'package-lock.json');
const USAGE = `Usage: node scripts/complete-lockfile.ts [--check]

Run it after every \`npm install\` that changed package-lock.json: without these entries \`npm ci\`
refuses the file.`;

function main(): number {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const lock = JSON.parse(readFileSync(LOCKFILE, 'utf8')) as { packages: LockPackages };
  const missing = findMissingEntries(lock.packages);
  const unmarked = findUnmarkedPrebuilt(lock.packages, readManifest);
  const count = Object.keys(missing).length + unmarked.length;
  if (count === 0) return 0;
  if (values.check) {
    console.error(`package-lock.json lacks ${count} facts; run: node scripts/complete-lockfile.ts`);
    return 1;
  }
  const marked = unmarked.map((place) => [place, { ...lock.packages[place], gypfile: false }]);
  const all = { ...lock.packages, ...missing, ...Object.fromEntries(marked) };
  const packages = Object.fromEntries(
    Object.entries(all).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(LOCKFILE, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`Added ${count} facts to package-lock.json.`);
  return 0;
}

function readManifest(place: string): { readonly gypfile?: unknown } | undefined {
  const file = join(ROOT, place, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

process.exitCode = main();
