/** `npm run soak`: the tests that take too long for `npm test`. See --help. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createPaths, type Paths } from '../src-core/files/paths.ts';
import { chooseSqlite } from '../src-main/engine/open-sqlite.ts';
import { createRandom } from './make-history/seeded-random.ts';
import { drillBackfill } from './soak/backfill-drill.ts';
import { runBridges } from './soak/bridges.ts';
import { drainers } from './soak/launch.ts';
import { runCrowd, runKills } from './soak/rounds.ts';

const ROOT = join(import.meta.dirname, '..');
/** A home is left after so many rounds, so that looking at all of it stays quick. */
const ROUNDS_A_HOME = 50;
const LOCK_WAIT_MS = 1500;

const BRIDGES = 2;
const HOOKS_AT_ONCE = 50;

const USAGE = `Usage: npm run soak [-- --rounds <n>] [-- --minutes <n>] [-- --crowd <n>]
                    [-- --bridges <seconds>] [-- --lab <n>] [-- --seed <text>]

Kills launchers and drainers at random moments under load, starts a crowd of launchers at once, and lets
${BRIDGES} bridges and ${HOOKS_AT_ONCE} hooks run against each other, in private homes; after each round one refresh,
and each event must be in both stores once, nothing half.
Then backfills 677 transcripts with 47,199 calls, breaks off, goes on and takes back.
Damages and repairs made-up records in as many ways as test/fault/lab knows.
Ends at the first fault with exit 1, and prints the seed of that home, with which it can be run again.

  --rounds <n>   rounds of kills, 1000 unless told otherwise
  --minutes <n>  begin no round after so many minutes
  --crowd <n>    launchers at once, 500 unless told otherwise
  --backfills <n>  backfills, each with a seed of its own; 1 unless told otherwise
  --lab <n>      damaged records that are repaired, 2000 unless told otherwise
  --bridges <s>  seconds of bridges against hooks, 30 unless told otherwise
  --seed <text>  sizes, numbers and moments; the system's own timing stays what it is`;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '1000' },
      minutes: { type: 'string', default: '600' },
      crowd: { type: 'string', default: '500' },
      bridges: { type: 'string', default: '30' },
      backfills: { type: 'string', default: '1' },
      lab: { type: 'string', default: '2000' },
      seed: { type: 'string', default: String(Date.now()) },
      help: { type: 'boolean' },
    },
  });
  const { rounds: r, minutes: m, crowd: c, bridges: b, backfills: f, lab: l } = values;
  const [rounds, minutes, crowd, bridges, backfills, lab] = [r, m, c, b, f, l].map(Number);
  if (
    values.help ||
    !isCount(rounds) ||
    !isCount(minutes) ||
    !isCount(crowd) ||
    !isCount(bridges) ||
    !isCount(backfills) ||
    !isCount(lab)
  ) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const bundle = join(ROOT, 'out', 'hook', 'hook.cjs');
  if (!existsSync(bundle)) {
    console.error('The hook is not built; "npm run build" does that.');
    return 1;
  }
  console.log(`seed ${values.seed}`);
  const isDone =
    (await soakCrowd(bundle, values.seed, crowd)) &&
    (await soakBridges(bundle, values.seed, bridges)) &&
    (await soakKills(bundle, { seed: values.seed, rounds, minutes })) &&
    (await soakBackfills(values.seed, backfills)) &&
    soakLab(lab);
  return isDone ? 0 : 1;
}

/** The lab's seeds are numbers, so that one that fails is run again by its own program. */
function soakLab(seeds: number): boolean {
  if (seeds === 0) return true;
  const program = join(ROOT, 'test', 'fault', 'lab', 'run.ts');
  const { status } = spawnSync(process.execPath, [program, '1', String(seeds)], {
    stdio: 'inherit',
  });
  return status === 0;
}

async function soakCrowd(bundle: string, seed: string, count: number): Promise<boolean> {
  if (count === 0) return true;
  return inHome(bundle, async (paths) => {
    const from = performance.now();
    const faults = await runCrowd({ paths, random: createRandom(`${seed} crowd`) }, count);
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    console.log(
      `${count} launchers at once: ${faults.length === 0 ? `all ${count} once in both stores` : 'FAULTS'}, ${seconds} s`,
    );
    return report(faults);
  });
}

async function soakBridges(bundle: string, seed: string, seconds: number): Promise<boolean> {
  if (seconds === 0) return true;
  return inHome(bundle, async (paths) => {
    const until = performance.now() + seconds * 1000;
    const { launched, faults } = await runBridges({
      paths,
      random: createRandom(`${seed} bridges`),
      bridges: BRIDGES,
      hooks: HOOKS_AT_ONCE,
      isOver: () => performance.now() >= until,
    });
    const what = faults.length === 0 ? `all ${launched} events once in both stores` : 'FAULTS';
    console.log(`${BRIDGES} bridges and ${HOOKS_AT_ONCE} hooks at once for ${seconds} s: ${what}`);
    return report(faults);
  });
}

async function soakKills(
  bundle: string,
  { seed, rounds, minutes }: { seed: string; rounds: number; minutes: number },
): Promise<boolean> {
  const until = performance.now() + minutes * 60_000;
  const total = { rounds: 0, launched: 0, killedLaunchers: 0, killedDrainers: 0 };
  while (total.rounds < rounds && performance.now() < until) {
    const homeSeed = `${seed} ${total.rounds}`;
    const isWhole = await inHome(bundle, async (paths) => {
      const random = createRandom(homeSeed);
      const wanted = Math.min(ROUNDS_A_HOME, rounds - total.rounds);
      const result = await runKills({ paths, random, rounds: wanted, until });
      total.rounds += result.rounds;
      total.launched += result.launched;
      total.killedLaunchers += result.killedLaunchers;
      total.killedDrainers += result.killedDrainers;
      if (result.faults.length > 0) console.log(`the home's seed: ${homeSeed}`);
      return report(result.faults);
    });
    console.log(
      `${total.rounds} rounds: ${total.launched} launchers, ${total.killedLaunchers} of them and ${total.killedDrainers} drainers killed`,
    );
    if (!isWhole) return false;
  }
  return true;
}

async function soakBackfills(seed: string, count: number): Promise<boolean> {
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite; use Node 22.14 or newer');
  for (let n = 0; n < count; n++) {
    const home = mkdtempSync(join(tmpdir(), 'hookline-soak-'));
    const from = performance.now();
    const drill = { paths: createPaths({ home }), open, seed: `${seed} backfill ${n}` };
    const { cancelledAt, faults } = await drillBackfill({ ...drill, files: 677, calls: 47_199 });
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const verdict = faults.length === 0 ? 'exact' : 'FAULTS';
    console.log(
      `677 transcripts with 47,199 calls, broken off at ${cancelledAt}: ${verdict}, ${seconds} s`,
    );
    if (!report(faults)) return false;
    rmSync(home, { recursive: true, force: true });
  }
  return true;
}

function report(faults: readonly string[]): boolean {
  for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
  return faults.length === 0;
}

async function inHome(bundle: string, work: (paths: Paths) => Promise<boolean>): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'hookline-soak-'));
  const paths = createPaths({ home });
  mkdirSync(paths.hookFolder, { recursive: true, mode: 0o700 });
  copyFileSync(join(ROOT, 'resources', 'hookline-hook'), paths.launcher);
  chmodSync(paths.launcher, 0o700);
  copyFileSync(bundle, paths.hookScript);
  const root = { version: '0.0.0', home, claudeConfigDir: null };
  writeFileSync(join(paths.hookFolder, 'root.json'), JSON.stringify(root), { mode: 0o600 });
  writeFileSync(paths.runtimes, `${process.execPath}\n`, { mode: 0o600 });
  const isWhole = await work(paths);
  // One that waits for the lock is named by no marker; it gives up after a second.
  do await pause(LOCK_WAIT_MS);
  while (drainers(paths).length > 0);
  if (isWhole) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  else console.log(`  kept for a look: ${home}`);
  return isWhole;
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}

process.exitCode = await main(process.argv.slice(2));
