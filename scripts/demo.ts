/** `npm run demo`: the app on a private home with a month of made-up history. See --help. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPaths } from '../src-core/files/paths.ts';
import { bringBuildUpToDate } from './demo/built.ts';
import { handOver } from './demo/hand-over.ts';
import { privateEnvironment } from './demo/private-environment.ts';
import { runCli } from './demo/run-cli.ts';
import { startTrickle, type Trickle } from './demo/trickle.ts';
import { openMadeHome } from './make-history/made-home.ts';
import { makeHistory, openSessionsOf } from './make-history.ts';
import { startApp } from './start.ts';

const USAGE = `Usage: npm run demo [-- --home <folder>] [-- --no-window]

Makes a private home in the temporary folder, fills it with a made-up month of Claude Code work,
installs the hook there and opens the app on it. Two made-up sessions go on through the real
launcher, so that the figures move. Ctrl-C ends all. Your own data is neither read nor changed.

  --home <folder>   use this folder instead; it must be empty or made by an earlier demo
  --no-window       run everything but the app`;

const DAYS = 30;
const SEED = 'demo';

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      home: { type: 'string' },
      'no-window': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  // From here on a Ctrl-C ends the demo in order, wherever it is.
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  bringBuildUpToDate(console.log);
  const folder = values.home ?? mkdtempSync(join(tmpdir(), 'hookline-demo-'));
  const opened = openMadeHome({ folder, ownHome: process.env.HOME });
  if (opened.kind === 'refused') {
    console.error(opened.reason);
    return 1;
  }
  const { home } = opened;
  const env = privateEnvironment(home, process.env);
  const trickle = prepare(home, env);
  try {
    if (!values['no-window']) return await startApp({ args: [], env });
    await interrupted;
    return 0;
  } finally {
    await trickle.stop();
    console.log(`\nThe demo has ended. Its home was ${home}; to remove it: rm -r '${home}'`);
  }
}

/** Fills the home, installs the hook in it and lets its sessions go on. */
function prepare(home: string, env: NodeJS.ProcessEnv): Trickle {
  const untilAt = Date.now();
  const { events } = makeHistory({
    home,
    seed: SEED,
    days: DAYS,
    events: null,
    untilAt,
    isLive: true,
  });
  const { launcher } = createPaths({ home });
  runCli(['install', '--yes'], env);
  console.log(`A private home with ${events.toLocaleString('en-US')} made-up events: ${home}`);
  console.log('The hook is installed in it; your own data is neither read nor changed.');
  console.log(runCli(['refresh'], env).trim());
  console.log('Two made-up sessions go on. Ctrl-C ends the demo.');
  return startTrickle({
    sessions: openSessionsOf({ seed: SEED, untilAt }),
    handOver: (payload, project) => handOver({ launcher, payload, project, env }),
    onFailure: (error) => console.error(`A made-up event did not arrive: ${error.message}`),
  });
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`The demo did not start: ${(error as Error).message}`);
    return 1;
  });
}
