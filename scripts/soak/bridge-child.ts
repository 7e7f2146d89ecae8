/**
 * A bridge that runs without pause: `node bridge-child.ts <home>` says `ready`, refreshes until its
 * stdin is closed, and prints what it could not reach as a JSON list.
 */
import { createPaths } from '../../src-core/files/paths.ts';
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';
import { refresh } from '../../src-main/bridge/refresh.ts';

/** What the bridge could not reach, one sentence each. */
export type BridgeFaults = readonly string[];

const WAIT_MS = 30_000;

async function main(home: string): Promise<void> {
  const open = betterSqlite();
  if (open === null) throw new Error('this Node loads no better-sqlite3');
  const paths = createPaths({ home });
  const faults: string[] = [];
  let isOver = false;
  process.stdin.on('end', () => {
    isOver = true;
  });
  process.stdin.resume();
  process.stdout.write('ready\n');
  while (!isOver) {
    const report = await refresh({ paths, open, clock: { now: Date.now }, waitMs: WAIT_MS });
    faults.push(...report.unreachable.map(({ store, reason }) => `bridge: ${store}: ${reason}`));
    // Timers and the end of stdin get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.stdout.write(`${JSON.stringify(faults)}\n`);
}

await main(process.argv[2] ?? '');
