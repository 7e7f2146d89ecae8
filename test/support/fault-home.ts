/** A home with the built hook in which something breaks, and what must hold when it is whole again. */
import { expect } from 'vitest';
import type { Paths } from '../../src-core/files/paths.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { type RefreshOptions, refresh } from '../../src-main/bridge/refresh.ts';
import { callPayload } from './capture-text.ts';
import { type HookHome, type LaunchOptions, makeHookHome } from './hook-home.ts';
import { idsByStream, recordsIn } from './spool.ts';
import { openByAddon, queryFile } from './sqlite.ts';

/** What Claude Code must see of each hook, whatever is broken. */
const SILENT = { code: 0, signal: null, output: '' };

/** The home. */
export interface FaultHome extends HookHome {
  /** A tool call with this id, as Claude Code tells it; the hook must be silent and end with 0. */
  call(id: string, options?: LaunchOptions): Promise<void>;
  refresh(): ReturnType<typeof refresh>;
  /** After one refresh these calls, and no others, are in both stores, each once and whole. */
  expectExactly(...ids: readonly string[]): Promise<void>;
}

/** Makes one. */
export async function makeFaultHome(): Promise<FaultHome> {
  const home = await makeHookHome();
  const options: RefreshOptions = {
    paths: home.paths,
    open: openByAddon,
    clock: { now: Date.now },
    waitMs: 20_000,
    busyMs: 100,
  };
  const run = () => refresh(options);
  return {
    ...home,
    call: async (id, how) => {
      expect(await home.launch(callPayload({ tool_use_id: id }), how)).toEqual(SILENT);
    },
    refresh: run,
    expectExactly: async (...ids) => {
      await home.quiet();
      expect(await run()).toMatchObject({ ok: true, unreachable: [] });
      expectInBoth(home.paths, [...ids].sort());
    },
  };
}

function expectInBoth(paths: Paths, ids: readonly string[]): void {
  const rows = queryFile(paths.database, 'SELECT id FROM hookline_event ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual(ids);
  const streams = idsByStream(paths);
  for (const name of ['tool-usage', 'activity-events', 'tool-success', 'command-usage'])
    expect([name, streams[name]]).toEqual([name, ids]);
  expect(recordsIn(paths.journals.toolUsage).every(hasRightSum)).toBe(true);
  expect(queryFile(paths.database, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}
