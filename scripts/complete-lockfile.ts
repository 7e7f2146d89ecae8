/**
 * Adds to package-lock.json the optional packages of other systems that npm left out.
 *
 *   node scripts/complete-lockfile.ts           writes the file if something is missing
 *   node scripts/complete-lockfile.ts --check   only says so, with exit code 1
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findMissingEntries, type LockPackages } from './lockfile/complete.ts';

const LOCKFILE = join(import.meta.dirname, '..', 'package-lock.json');
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
  const names = Object.keys(missing);
  if (names.length === 0) return 0;
  if (values.check) {
    console.error(
      `package-lock.json lacks ${names.length} optional packages; run: node scripts/complete-lockfile.ts`,
    );
    return 1;
  }
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(LOCKFILE, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`Added ${names.length} optional packages to package-lock.json.`);
  return 0;
}

process.exitCode = main();
