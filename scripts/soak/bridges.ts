/** Several bridges at work all the time while hooks come in from many sides at once; nothing is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import type { Random } from '../make-history/seeded-random.ts';
import type { BridgeFaults } from './bridge-child.ts';
import { launch } from './launch.ts';
import { refreshOnce } from './rounds.ts';
import { faultsOf } from './verify.ts';

const MOST_BYTES = 20_000;

/** How much at once, and for how long. */
export interface BridgesOptions {
  readonly paths: Paths;
  readonly random: Random;
  readonly bridges: number;
  /** Launchers at once. */
  readonly hooks: number;
  /** Asked before each launcher, with the number of those before it. */
  readonly isOver: (launched: number) => boolean;
}

/** What came of it. */
export interface BridgesResult {
  readonly launched: number;
  /** All that was wrong; empty when each event is in both stores once. */
  readonly faults: readonly string[];
}

/**
 * Runs them until it is over, then one refresh, and looks for each event.
 * @throws when a program cannot be started
 */
export async function runBridges(options: BridgesOptions): Promise<BridgesResult> {
  const { paths, random, isOver } = options;
  const bridges = await Promise.all(
    Array.from({ length: options.bridges }, () => startBridge(paths)),
  );
  const sure = new Set<string>();
  let launched = 0;
  const keepLaunching = async (): Promise<void> => {
    while (!isOver(launched)) {
      launched++;
      const { id, isWhole } = launch(paths, random, MOST_BYTES);
      if (await isWhole) sure.add(id);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.hooks }, keepLaunching));
  } finally {
    for (const { child } of bridges) child.stdin?.end();
  }
  const faults = (await Promise.all(bridges.map(({ faults: found }) => found))).flat();
  faults.push(...(await refreshOnce(paths)));
  faults.push(...faultsOf(paths, { sure, unsure: new Set() }));
  if (sure.size < launched)
    faults.push(`${launched - sure.size} launchers were killed by somebody`);
  return { launched, faults };
}

interface Bridge {
  readonly child: ChildProcess;
  readonly faults: Promise<BridgeFaults>;
}

async function startBridge({ home }: Paths): Promise<Bridge> {
  const program = join(import.meta.dirname, 'bridge-child.ts');
  const child = spawn(process.execPath, [program, home], { stdio: ['pipe', 'pipe', 'inherit'] });
  const output: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const faults = ended.then(([code]): BridgeFaults => {
    const told = output.join('').trim().split('\n').at(-1) ?? '';
    return code === 0 ? (JSON.parse(told) as BridgeFaults) : [`a bridge ended with ${code}`];
  });
  return { child, faults };
}
