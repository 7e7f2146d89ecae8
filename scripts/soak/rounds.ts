/** Rounds of kills: launchers under load, some of them and their drainer killed at random moments. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Paths } from '../../src-core/files/paths.ts';
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';
import { refresh } from '../../src-main/bridge/refresh.ts';
import type { Random } from '../make-history/seeded-random.ts';
import { drainers, launch } from './launch.ts';
import { faultsOf } from './verify.ts';

/** What was done and what came of it. */
export interface SoakResult {
  readonly rounds: number;
  readonly launched: number;
  readonly killedLaunchers: number;
  readonly killedDrainers: number;
  /** All that was wrong; empty when nothing was. */
  readonly faults: readonly string[];
}

/** What a soak works with. */
export interface SoakOptions {
  readonly paths: Paths;
  readonly random: Random;
  readonly rounds: number;
  /** No round is begun after this moment, of `performance.now()`. */
  readonly until: number;
}

const MOST_AT_ONCE = 6;
/** A launcher is over in some milliseconds, a drainer at work for longer. */
const LAUNCHER_KILL_MS = 12;
const DRAINER_KILL_MS = 80;
const MOST_BYTES = 1_000_000;

/** Runs the rounds; after each one refresh, and all that was ever given is looked for. */
export async function runKills(options: SoakOptions): Promise<SoakResult> {
  const { paths, random } = options;
  const given = { sure: new Set<string>(), unsure: new Set<string>() };
  let [rounds, killedDrainers] = [0, 0];
  let faults: readonly string[] = [];
  while (rounds < options.rounds && performance.now() < options.until && faults.length === 0) {
    rounds++;
    const launches = Array.from({ length: random.integer(1, MOST_AT_ONCE) }, () =>
      launch(paths, random, MOST_BYTES),
    );
    const kills = launches
      .filter(() => random.chance(0.4))
      .map(({ child }) => later(random.next() * LAUNCHER_KILL_MS, () => child.kill('SIGKILL')));
    const drainerKills = Array.from({ length: random.integer(0, 2) }, () =>
      later(random.next() * DRAINER_KILL_MS, () => {
        for (const pid of drainers(paths)) if (kill(pid)) killedDrainers++;
      }),
    );
    for (const { id, isWhole } of launches) {
      ((await isWhole) ? given.sure : given.unsure).add(id);
    }
    await Promise.all([...kills, ...drainerKills]);
    faults = [...(await refreshOnce(paths)), ...faultsOf(paths, given)];
  }
  const killedLaunchers = given.unsure.size;
  const launched = given.sure.size + killedLaunchers;
  return { rounds, launched, killedLaunchers, killedDrainers, faults };
}

/** So many launchers at once, with payloads of 100 bytes to 1 MB; nothing is killed. */
export async function runCrowd(
  { paths, random }: Pick<SoakOptions, 'paths' | 'random'>,
  count: number,
): Promise<readonly string[]> {
  const launches = Array.from({ length: count }, () => launch(paths, random, MOST_BYTES));
  const sure = new Set<string>();
  const faults: string[] = [];
  for (const { id, isWhole } of launches) {
    if (await isWhole) sure.add(id);
    else faults.push(`${id}: somebody killed its launcher`);
  }
  faults.push(...(await refreshOnce(paths)));
  return [...faults, ...faultsOf(paths, { sure, unsure: new Set() })];
}

/** One refresh; what it could not reach. */
export async function refreshOnce(paths: Paths): Promise<readonly string[]> {
  const open = betterSqlite();
  if (open === null) throw new Error('this Node loads no better-sqlite3');
  const report = await refresh({ paths, open, clock: { now: Date.now }, waitMs: 30_000 });
  return report.unreachable.map(({ store, reason }) => `refresh: ${store}: ${reason}`);
}

async function later(ms: number, work: () => void): Promise<void> {
  await pause(ms);
  work();
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    // It had ended by itself.
    return false;
  }
}
