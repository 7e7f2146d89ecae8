/** The command line as a program: the same for plain Node and for the app's own binary. */
import { join } from 'node:path';
import { systemClock } from '../../src-core/base/clock.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createPaths, rootFromEnvironment } from '../../src-core/files/paths.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { createDoctor } from '../doctor/doctor.ts';
import { createEngine } from '../engine/engine.ts';
import { createImporter } from '../import/importer.ts';
import { createInstaller } from '../install/installer.ts';
import { createRunner } from '../install/run-command.ts';
import type { LoginProgram } from '../launch/login-item.ts';
import { createRepairer } from '../repair/repairer.ts';
import { createBackfiller } from '../transcripts/backfiller.ts';
import { recordedApp } from './open-dashboard.ts';
import { runCli } from './run.ts';
import { createTerminal } from './terminal.ts';

/** What the process knows of itself. */
export interface ProgramOptions {
  readonly process: NodeJS.Process;
  /** The name it was called by, and what was asked for. */
  readonly name: string;
  readonly args: readonly string[];
  readonly open: OpenSqlite;
  readonly version: string;
  /** The folder of `out/` and `resources/`, outside of any archive. */
  readonly root: string;
  /** The app that runs this; null in plain Node, where the app's own record names it. */
  readonly app: LoginProgram | null;
}

/** Runs it; returns its exit code. */
export async function runProgram(options: ProgramOptions): Promise<number> {
  const { process, name, args, open, version, root } = options;
  const { env: environment } = process;
  const paths = createPaths(rootFromEnvironment(environment));
  const engine = createEngine({ paths, open, clock: systemClock });
  const installer = createInstaller({
    paths,
    version,
    clock: systemClock,
    environment,
    ownNode: process.versions.electron === undefined ? process.execPath : null,
    appFolder: root,
    script: join(root, 'out', 'cli', 'hookline.js'),
    program: options.app ?? recordedApp(paths),
    assets: {
      launcher: join(root, 'resources', 'hookline-hook'),
      hookScript: join(root, 'out', 'hook', 'hook.cjs'),
    },
  });
  const backfiller = createBackfiller({ paths, open, clock: systemClock, log: silentLogger });
  // Whoever reads may have enough (`hookline status | head`); what was begun is done all the same.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    return await runCli(name, args, {
      paths,
      open,
      engine,
      version,
      terminal: createTerminal(process, environment),
      importer: createImporter({ paths, open, clock: systemClock }),
      backfiller,
      repairer: createRepairer({ paths, open, clock: systemClock, backfiller }),
      installer,
      doctor: createDoctor({
        paths,
        open,
        clock: systemClock,
        version,
        readHealth: () => engine.readHealth(),
        installer,
        run: createRunner(paths.home, environment),
        folder: process.cwd(),
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
