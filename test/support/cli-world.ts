/** The command line over a private home, in this process. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { systemClock } from '../../src-core/base/clock.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import { runCli } from '../../src-main/cli/run.ts';
import { createDoctor } from '../../src-main/doctor/doctor.ts';
import { createEngine } from '../../src-main/engine/engine.ts';
import { createImporter } from '../../src-main/import/importer.ts';
import { createInstaller, type InstallerOptions } from '../../src-main/install/installer.ts';
import { createRepairer } from '../../src-main/repair/repairer.ts';
import { createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import type { Home } from './home.ts';

/** What a verb said, and the code with which it ended. */
export interface Ran extends FakeTerminal {
  readonly code: number;
}

/** How to run a verb. */
export interface RunOptions {
  readonly program?: string;
  /** What a person answers; null for nobody. */
  readonly answer?: boolean | null;
  readonly terminal?: FakeTerminal;
  /** What else the installer knows. */
  readonly installer?: Partial<InstallerOptions>;
  interrupted?(): Promise<void>;
}

/** Runs a verb. */
export async function runVerb(
  home: Home,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const { program = 'hookline', answer = null, interrupted = () => Promise.resolve() } = options;
  const { paths, open } = home;
  const terminal = options.terminal ?? createFakeTerminal(answer);
  const engine = createEngine({ paths, open, clock: systemClock });
  const installer = createInstaller({
    paths,
    assets: {
      launcher: asset(home, 'hookline-hook', '#!/bin/sh\nexit 0\n'),
      hookScript: asset(home, 'hook.cjs', '// the built hook\n'),
    },
    version: '1.2.3',
    clock: systemClock,
    environment: { PATH: '' },
    ownNode: process.execPath,
    appFolder: null,
    script: null,
    program: null,
    prove: async () => ({ kind: 'proven' }),
    ...options.installer,
  });
  const doctor = createDoctor({
    paths,
    open,
    clock: systemClock,
    version: '1.2.3',
    readHealth: () => engine.readHealth(),
    installer,
    run: async () => ({ code: 1, stdout: '' }),
    folder: home.folder,
    managedSettings: join(home.folder, 'managed-settings.json'),
  });
  const importer = createImporter({ paths, open, clock: systemClock });
  const backfiller = createBackfiller({ paths, open, clock: systemClock, log: silentLogger });
  try {
    const context = {
      paths,
      open,
      engine,
      installer,
      importer,
      backfiller,
      repairer: createRepairer({ paths, open, clock: systemClock, backfiller }),
      doctor,
      terminal,
      version: '1.2.3',
      interrupted,
    };
    return { ...terminal, code: await runCli(program, args, context) };
  } finally {
    engine.close();
  }
}

function asset({ folder }: Home, name: string, text: string): string {
  const path = join(folder, 'assets', name);
  mkdirSync(join(folder, 'assets'), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, text);
  return path;
}

/** The one object of JSON that a verb printed. */
export function printedJson({ printed }: Ran): Record<string, unknown> {
  expect(printed).toHaveLength(1);
  return JSON.parse(printed[0] ?? '');
}
