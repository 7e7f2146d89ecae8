/**
 * Proves on the built files what rules about sources can only claim: what each program is made of,
 * and that the preload runs in a sandbox and lets nothing foreign through.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkHook, checkMain, checkPreloadRequires } from './check-bundles/bundle-rules.ts';
import { checkPreloadRuns } from './check-bundles/run-preload.ts';

const HELP = `Checks the programs in out/ after a build; exit 1 when something is wrong.

  node scripts/check-bundles.ts [--out <folder>]`;

/** All complaints about the programs below `out`; a missing one is a complaint too. */
export async function checkBundles(out: string): Promise<string[]> {
  const mainFolder = join(out, 'main');
  const mainFiles = existsSync(join(mainFolder, 'index.js'))
    ? readdirSync(mainFolder).filter((file) => file.endsWith('.js'))
    : [];
  const complaints = mainFiles.flatMap((file) =>
    checkMain(`main/${file}`, readFileSync(join(mainFolder, file), 'utf8')),
  );
  if (mainFiles.length === 0) complaints.push(missing(join(mainFolder, 'index.js')));
  complaints.push(
    ...(await checkFile(join(out, 'preload', 'preload.cjs'), async (source) => [
      ...checkPreloadRequires(source),
      ...(await checkPreloadRuns(source)),
    ])),
    ...(await checkFile(join(out, 'hook', 'hook.cjs'), async (source) => checkHook(source))),
  );
  return complaints;
}

async function checkFile(
  file: string,
  check: (source: string) => Promise<string[]>,
): Promise<string[]> {
  return existsSync(file) ? check(readFileSync(file, 'utf8')) : [missing(file)];
}

const missing = (file: string): string => `${file} is not built`;

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      out: { type: 'string', default: join(import.meta.dirname, '..', 'out') },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const complaints = await checkBundles(values.out);
  for (const complaint of complaints) console.error(`✗ ${complaint}`);
  if (complaints.length === 0) console.log('bundles: main, preload and hook are as they must be');
  return complaints.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await run();
