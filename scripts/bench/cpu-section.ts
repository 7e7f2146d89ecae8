/**
 * Processor time of a burst of hook calls: the launchers, and the drainers that they start. The
 * shell's own `times` adds up what its children used, so nothing that ends is missed.
 */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readChildrenMs } from './children-time.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { makePayload } from './payload.ts';
import { type BenchRow, figure, note, type Section, type Yardstick } from './section.ts';

const run = promisify(execFile);
const EVENTS = 10_000;
const BURST = 300;
const BURSTS = 3;
const NODE_STARTS = 30;
/** Runs a program for each file of a folder, one after the other, and prints what all of them used. */
const LOOP = 'for file in "$1"/*; do "$2" "$3" "$4" <"$file" >/dev/null; done; times';

/** The section. */
export const cpuSection: Section = {
  title: `Processor time per event, a burst of ${BURST} launchers one after the other`,
  run: async () => {
    const home = await makeInstalledHome(EVENTS);
    try {
      return await measure(home);
    } finally {
      await home.remove();
    }
  },
};

async function measure(home: InstalledHome): Promise<BenchRow[]> {
  const drainers = countDrainers(home);
  const launchers: number[] = [];
  const drains: number[] = [];
  const nodes: number[] = [];
  for (let i = 0; i < BURSTS; i++) {
    const before = drainers.usedMs();
    const used = await runForEach(home, writePayloads(home, i, BURST), [
      home.paths.launcher,
      'capture',
      '',
    ]);
    launchers.push(used / BURST);
    await home.drained();
    await drainers.ended();
    drains.push((drainers.usedMs() - before) / BURST);
    const files = writePayloads(home, BURSTS + i, NODE_STARTS);
    nodes.push((await runForEach(home, files, [process.execPath, '-e', '0'])) / NODE_STARTS);
  }
  const yardstick: Yardstick = { name: 'node -e 0', samples: nodes };
  const whole = launchers.map((ms, i) => ms + (drains[i] ?? 0));
  return [
    figure('yardstick: node -e 0', { unit: 'ms', samples: nodes }),
    figure('launchers alone', { unit: 'ms', samples: launchers, yardstick }),
    figure('drainers alone', { unit: 'ms', samples: drains, yardstick }),
    figure('all of it', {
      unit: 'ms',
      samples: whole,
      yardstick,
      goals: [{ of: 'p50', most: 8 }],
    }),
    note(`${drainers.count()} drainers were started for ${BURSTS * BURST} events`),
  ];
}

function writePayloads({ paths }: InstalledHome, burst: number, count: number): string {
  const folder = join(paths.home, `burst-${burst}`);
  mkdirSync(folder);
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.json`), makePayload(2048).text);
  return folder;
}

/** Milliseconds of processor time that the program used for all files. */
async function runForEach(
  { env }: InstalledHome,
  folder: string,
  program: readonly [string, string, string],
): Promise<number> {
  const { stdout } = await run('/bin/sh', ['-c', LOOP, 'sh', folder, ...program], { env });
  return readChildrenMs(stdout);
}

interface DrainerCount {
  count(): number;
  /** Processor time of all drainers so far, milliseconds. */
  usedMs(): number;
  /** Resolves when every drainer that was started has ended. */
  ended(): Promise<void>;
}

/** Puts a shell between the launcher and Node that notes what Node used. */
function countDrainers({ paths }: InstalledHome): DrainerCount {
  const log = join(paths.home, 'drainers.log');
  const wrapper = join(paths.home, 'counted-node');
  const text = `#!/bin/sh\necho started >>'${log}'\n'${process.execPath}' "$@"\ntimes >>'${log}'\n`;
  writeFileSync(wrapper, text);
  chmodSync(wrapper, 0o700);
  writeFileSync(paths.runtimes, `${wrapper}\n`);
  const read = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []);
  const started = (): number => read().filter((line) => line === 'started').length;
  const times = (): string[] => read().filter((line) => line.includes('m'));
  return {
    count: started,
    // Two lines each: the shell's own, and its children's.
    usedMs: () =>
      times().reduce((sum, line, i) => sum + (i % 2 === 1 ? readChildrenMs(`\n${line}`) : 0), 0),
    ended: async () => {
      while (times().length < 2 * started()) await pause(15);
    },
  };
}
