/** Entry of `hookline` and `ccc` on plain Node: the same parts as the app, without Electron. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import packageFile from '../package.json' with { type: 'json' };
import { createPaths, rootFromEnvironment } from '../src-core/files/paths.ts';
import { recordedApp } from './cli/open-dashboard.ts';
import { runProgram } from './cli/program.ts';
import { chooseSqlite } from './engine/open-sqlite.ts';
import { readRuntimes } from './install/runtimes.ts';
import { cliArguments } from './install/shim.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Set for the next start, so that the search for a better runtime ends; counts the starts. */
const RESTARTED = 'HOOKLINE_CLI_RESTARTED';

async function main(): Promise<number> {
  const open = chooseSqlite(process.env.HOOKLINE_SQLITE_ADDON);
  if (open === null) return startElsewhere();
  return runProgram({
    process,
    name: process.env.HOOKLINE_CALLED_AS ?? process.argv[1] ?? 'hookline',
    args: process.argv.slice(2),
    open,
    version: packageFile.version,
    root: ROOT,
    app: null,
  });
}

/** Starts over on a program that can open SQLite: this Node is too old for it. */
function startElsewhere(): number {
  const paths = createPaths(rootFromEnvironment(process.env));
  const nodes = [join(ROOT, 'node_modules', 'node', 'bin', 'node'), ...readRuntimes(paths.runtimes)]
    .filter((path) => existsSync(path))
    .map((path) => [path, ...process.argv.slice(1)]);
  const app = process.env.HOOKLINE_APP || recordedApp(paths)?.path;
  const others = [
    ...nodes,
    ...(app ? [[app, ...cliArguments(process.platform), ...process.argv.slice(2)]] : []),
  ];
  // Each start takes the next one: none of them can be asked without starting it.
  const tried = Number(process.env[RESTARTED] ?? 0);
  const [program, ...args] = others[tried] ?? [];
  if (program === undefined) {
    process.stderr.write(`hookline needs Node 22.14 or newer; this is ${process.version}.\n`);
    return 1;
  }
  const environment = { ...process.env, [RESTARTED]: String(tried + 1) };
  return spawnSync(program, args, { stdio: 'inherit', env: environment }).status ?? 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`hookline: ${(error as Error).message}\n`);
    process.exitCode = 1;
  },
);
