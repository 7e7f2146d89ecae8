/** A private home whose stores agree, for the bridge's figures, and runs of the bridge in it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPaths, type Paths } from '../../../src-core/files/paths.ts';
import { readLines } from '../../../src-core/journal/read.ts';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import type { BridgeRun } from './run.ts';

const run = promisify(execFile);
const programAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The home. */
export interface BridgeHome {
  readonly paths: Paths;
  readonly events: number;
  /** Runs the bridge once in a process of its own; with `drain` it empties the spool first, untimed. */
  bridge(drain: 'drain' | undefined): Promise<BridgeRun>;
  remove(): void;
}

/**
 * Makes it.
 * @throws when a program fails
 */
export async function makeBridgeHome(events: number): Promise<BridgeHome> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'hookline-bench-')));
  const until = new Date().toISOString();
  const options = ['--home', home, '--events', String(events), '--until', until, '--seed', 'bench'];
  await run(process.execPath, [programAt('../../make-history.ts'), ...options]);
  const bridge: BridgeHome['bridge'] = async (drain) => {
    const args = [programAt('./run.ts'), home, ...(drain === undefined ? [] : [drain])];
    const { stdout } = await run(process.execPath, args);
    return JSON.parse(stdout) as BridgeRun;
  };
  await bridge(undefined);
  return {
    paths: createPaths({ home }),
    events,
    bridge,
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Milliseconds that merely parsing the whole records takes: the yardstick. */
export function parseRecords(paths: Paths): number {
  const startedAt = performance.now();
  for (const stream of STREAMS.filter(({ isPrimary }) => isPrimary))
    for (const { bytes } of readLines(stream.pathIn(paths))) JSON.parse(bytes.toString('utf8'));
  return performance.now() - startedAt;
}
