/** The app against a menubar app that does nothing: its start, its idle processor time, its memory. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { privateEnvironment } from '../demo/private-environment.ts';
import { type AppOptions, type AppProcess, startApp } from './app-process.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { interleave } from './interleave.ts';
import { readCpuMs, readPssMb, readTree } from './process-tree.ts';
import { type BenchRow, figure, note, type Section } from './section.ts';
import { watchTray } from './tray-watch.ts';
import { type WindowMeans, withWindows } from './window-means.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BARE_APP = join(import.meta.dirname, 'bare-app');
const EVENTS = 10_000;
const STARTS = 7;
const START_WITHIN_MS = 30_000;
const SETTLE_MS = 10_000;
/** The bridge runs once a minute, so a minute holds one run of it. */
const IDLE_MS = 60_000;

/** The section. */
export const appSection: Section = {
  title: 'App against a bare menubar app',
  run: (context) =>
    withWindows(context, async (means) => {
      const home = await makeInstalledHome(EVENTS);
      try {
        const apps = describeApps(means, home);
        return [...(await measureStart(means, apps)), ...(await measureIdle(means, apps))];
      } finally {
        await home.remove();
      }
    }),
};

interface Apps {
  readonly bare: AppOptions;
  readonly ours: AppOptions;
}

function describeApps({ desktop }: WindowMeans, home: InstalledHome): Apps {
  const bareHome = join(home.paths.home, 'bare');
  mkdirSync(bareHome);
  return {
    bare: { folder: BARE_APP, env: privateEnvironment(bareHome, desktop.env) },
    ours: { folder: ROOT, env: privateEnvironment(home.paths.home, desktop.env) },
  };
}

async function measureStart(means: WindowMeans, { bare, ours }: Apps): Promise<BenchRow[]> {
  const { desktop } = means;
  const tray = await watchTray(desktop.env);
  const start = (options: AppOptions) => async (): Promise<number> => {
    const icon = tray.nextIcon(START_WITHIN_MS);
    const startedAt = performance.now();
    const app = startApp(means, options);
    try {
      return (await icon) - startedAt;
    } finally {
      await app.stop();
      await desktop.trayEmptied();
    }
  };
  try {
    const samples = await interleave(STARTS, { bare: start(bare), ours: start(ours) });
    const yardstick = { name: 'bare', samples: samples.bare };
    return [
      figure('yardstick: start until the icon is in the tray, bare', {
        unit: 'ms',
        samples: samples.bare,
      }),
      figure('start until the icon is in the tray', {
        unit: 'ms',
        samples: samples.ours,
        yardstick,
      }),
    ];
  } finally {
    tray.stop();
  }
}

interface Idle {
  /** Per cent of one core. */
  readonly cpu: number;
  readonly pssMb: number;
  readonly processes: number;
}

async function measureIdle(means: WindowMeans, { bare, ours }: Apps): Promise<BenchRow[]> {
  const [bareIdle] = await runIdle(means, bare, false);
  const [closed, open] = await runIdle(means, ours, true);
  if (bareIdle === undefined || closed === undefined || open === undefined) return [];
  const row = (what: string, unit: '% of a core' | 'MB', value: number, of: number): BenchRow =>
    figure(what, { unit, samples: [value], yardstick: { name: 'bare', samples: [of] } });
  const cpu = (what: string, { cpu: value }: Idle): BenchRow =>
    row(what, '% of a core', value, bareIdle.cpu);
  const pss = (what: string, { pssMb }: Idle): BenchRow => row(what, 'MB', pssMb, bareIdle.pssMb);
  return [
    cpu('yardstick: idle over a minute, bare, its page loaded', bareIdle),
    cpu('idle over a minute, glance never opened', closed),
    cpu('idle over a minute, glance open', open),
    pss('yardstick: memory (PSS, all processes), bare, its page loaded', bareIdle),
    pss('memory, glance never opened', closed),
    pss('memory, glance open', open),
    note(
      `processes: bare ${bareIdle.processes}, ours ${closed.processes}, with the glance ${open.processes}; ${EVENTS.toLocaleString('en-US')} events; Electron ${means.runtime.version}`,
    ),
  ];
}

/** Lets an app idle; a second time with its window open if that is asked for. */
async function runIdle(
  means: WindowMeans,
  options: AppOptions,
  isOpenedToo: boolean,
): Promise<Idle[]> {
  const { desktop } = means;
  const app = startApp(means, options);
  try {
    const icon = await desktop.findTrayIcon();
    const before = await watchIdle(app);
    if (!isOpenedToo) return [before];
    await desktop.click(icon.x + icon.width / 2, icon.y + icon.height / 2);
    const open = await watchIdle(app);
    if ((await desktop.windows(app.pid)).length === 0) throw new Error('the glance did not open');
    return [before, open];
  } finally {
    await app.stop();
    await desktop.trayEmptied();
  }
}

async function watchIdle({ pid }: AppProcess): Promise<Idle> {
  await pause(SETTLE_MS);
  const before = readCpuMs(readTree(pid));
  const startedAt = performance.now();
  await pause(IDLE_MS);
  const tree = readTree(pid);
  const cpu = ((readCpuMs(tree) - before) / (performance.now() - startedAt)) * 100;
  return { cpu, pssMb: readPssMb(tree), processes: tree.length };
}
