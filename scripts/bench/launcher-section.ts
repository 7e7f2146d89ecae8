/**
 * The launcher as Claude Code pays for it: the whole process, started directly as settings.json
 * registers it, against the least that a hook can be and against starting Node for each event.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { interleave } from './interleave.ts';
import { makePayload } from './payload.ts';
import { type BenchRow, figure, type GoalSpec, type Section, type Yardstick } from './section.ts';
import { type SpawnTimer, startSpawnTimer } from './spawn-timer.ts';

const SMALL = 2 * 1024;
const LARGE = 1024 * 1024;
const ROUNDS = 60;
/** Each waits for a drainer to end, half a second. */
const ROUNDS_WITHOUT_DRAINER = 30;

const SMALL_GOALS: readonly GoalSpec[] = [
  { of: 'p50', most: 0.11, isRatio: true },
  { of: 'p95', most: 0.16, isRatio: true },
];
const LARGE_GOALS: readonly GoalSpec[] = [{ of: 'p50', most: 0.25, isRatio: true }];

/** The section. */
export const launcherSection: Section = {
  title: 'Launcher, whole process as registered, no shell',
  run: async () => {
    const home = await makeInstalledHome(1000);
    const timer = startSpawnTimer();
    const run = createRunners(home, timer);
    try {
      return [...(await withDrainer(home, run)), ...(await withoutDrainer(home, run))];
    } finally {
      await timer.stop();
      await home.remove();
    }
  },
};

/** As in a burst of calls: a drainer lingers, and the launcher leaves its entry to it. */
async function withDrainer(home: InstalledHome, run: Runners): Promise<BenchRow[]> {
  const watched = (bytes: number) => async (): Promise<number> => {
    if (!home.isDraining()) await startDrainer(home, run);
    return run.launcher(bytes);
  };
  const small = await interleave(ROUNDS, {
    cat: () => run.cat(SMALL),
    node: run.node,
    launcher: watched(SMALL),
  });
  const large = await interleave(ROUNDS, {
    cat: () => run.cat(LARGE),
    node: run.node,
    launcher: watched(LARGE),
  });
  await home.drained();
  const node: Yardstick = { name: 'node -e 0', samples: small.node };
  const nodeBesideLarge: Yardstick = { name: 'node -e 0', samples: large.node };
  return [
    figure('yardstick: node -e 0', { unit: 'ms', samples: small.node }),
    figure("yardstick: sh -c 'cat >/dev/null', 2 kB", {
      unit: 'ms',
      samples: small.cat,
      yardstick: node,
    }),
    figure('launcher, 2 kB, a drainer at work', {
      unit: 'ms',
      samples: small.launcher,
      yardstick: node,
      goals: SMALL_GOALS,
    }),
    figure("yardstick: sh -c 'cat >/dev/null', 1 MB", {
      unit: 'ms',
      samples: large.cat,
      yardstick: nodeBesideLarge,
    }),
    figure('launcher, 1 MB, a drainer at work', {
      unit: 'ms',
      samples: large.launcher,
      yardstick: nodeBesideLarge,
      goals: LARGE_GOALS,
    }),
  ];
}

/** As for a call after a pause: the launcher starts the drainer as well. */
async function withoutDrainer(home: InstalledHome, run: Runners): Promise<BenchRow[]> {
  const cold = (bytes: number) => async (): Promise<number> => {
    await home.drained();
    return run.launcher(bytes);
  };
  const samples = await interleave(ROUNDS_WITHOUT_DRAINER, {
    node: async () => {
      await home.drained();
      return run.node();
    },
    small: cold(SMALL),
    large: cold(LARGE),
  });
  const yardstick: Yardstick = { name: 'node -e 0', samples: samples.node };
  return [
    figure('launcher, 2 kB, starting a drainer', {
      unit: 'ms',
      samples: samples.small,
      yardstick,
      goals: SMALL_GOALS,
    }),
    figure('launcher, 1 MB, starting a drainer', {
      unit: 'ms',
      samples: samples.large,
      yardstick,
      goals: LARGE_GOALS,
    }),
  ];
}

/** Each takes one sample. */
interface Runners {
  launcher(bytes: number): Promise<number>;
  cat(bytes: number): Promise<number>;
  node(): Promise<number>;
}

function createRunners({ paths, env }: InstalledHome, timer: SpawnTimer): Runners {
  const stdin = join(paths.home, 'payload.json');
  const time = async (command: string, args: readonly string[], bytes: number): Promise<number> => {
    writeFileSync(stdin, makePayload(bytes).text);
    // What is started after a rest pays for the machine's waking up, whatever it is.
    await timer.time({ command: '/bin/sh', args: ['-c', ':'], stdin, env: hookEnvironment });
    return timer.time({ command, args, stdin, env: hookEnvironment });
  };
  const hookEnvironment = { ...env, CLAUDE_PROJECT_DIR: '/Users/dev/work/harbor-api' };
  return {
    launcher: (bytes) => time(paths.launcher, ['capture'], bytes),
    cat: (bytes) => time('/bin/sh', ['-c', 'cat >/dev/null'], bytes),
    node: () => time(process.execPath, ['-e', '0'], SMALL),
  };
}

/** Resolves when a drainer holds the lock. */
async function startDrainer(home: InstalledHome, run: Runners): Promise<void> {
  await run.launcher(SMALL);
  while (!home.isDraining()) await new Promise((resolve) => setTimeout(resolve, 5));
}
