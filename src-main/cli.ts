/** Entry of `hookline` and `ccc`: the same parts as the app, without Electron. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../src-core/base/clock.ts';
import { silentLogger } from '../src-core/base/logger.ts';
import { createPaths, rootFromEnvironment } from '../src-core/files/paths.ts';
import { runCli } from './cli/run.ts';
import { createTerminal } from './cli/terminal.ts';
import { createEngine } from './engine/engine.ts';
import { chooseSqlite } from './engine/open-sqlite.ts';
import { createImporter } from './import/importer.ts';
import { createInstaller } from './install/installer.ts';
import { createBackfiller } from './transcripts/backfiller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Set for the second start, so that a runtime that is no better than the first ends the search. */
const RESTARTED = 'HOOKLINE_CLI_RESTARTED';

async function main(): Promise<number> {
  const paths = createPaths(rootFromEnvironment(process.env));
  const open = chooseSqlite(process.env.HOOKLINE_SQLITE_ADDON);
  if (open === null) return restart(paths.runtimes);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const engine = createEngine({ paths, open, clock: systemClock });
  try {
    return await runCli(process.argv[1] ?? 'hookline', process.argv.slice(2), {
      paths,
      engine,
      version,
      terminal: createTerminal(process),
      importer: createImporter({ paths, open, clock: systemClock }),
      backfiller: createBackfiller({ paths, open, clock: systemClock, log: silentLogger }),
      installer: createInstaller({
        paths,
        version,
        clock: systemClock,
        environment: process.env,
        ownNode: process.versions.electron === undefined ? process.execPath : null,
        appFolder: ROOT,
        assets: {
          launcher: join(ROOT, 'resources', 'hookline-hook'),
          hookScript: join(ROOT, 'out', 'hook', 'hook.cjs'),
        },
      }),
      interrupted: () =>
        new Promise((resolve) => {
          process.once('SIGINT', () => resolve());
          process.once('SIGTERM', () => resolve());
          process.stdout.once('error', () => resolve());
        }),
    });
  } finally {
    engine.close();
  }
}

/** Starts over on a runtime that can open SQLite: this Node is too old for it. */
function restart(recorded: string): number {
  const own = join(ROOT, 'node_modules', 'node', 'bin', 'node');
  const candidates = [own, ...readRuntimes(recorded)].filter((path) => existsSync(path));
  const [node] = candidates;
  if (process.env[RESTARTED] !== undefined || node === undefined) {
    process.stderr.write(`hookline needs Node 22.14 or newer; this is ${process.version}.\n`);
    return 1;
  }
  const environment = { ...process.env, [RESTARTED]: '1' };
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit', env: environment });
  return status ?? 1;
}

function readRuntimes(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('/'));
}

// Whoever reads may have enough (`hookline status | head`); what was begun is done all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`hookline: ${(error as Error).message}\n`);
    process.exitCode = 1;
  },
);
