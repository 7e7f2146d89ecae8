/** The hook while programs, clocks and pipes misbehave: nothing lost after it, exit 0 during it. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callPayload } from '../support/capture-text.ts';
import { ended } from '../support/child.ts';
import { type FaultHome, makeFaultHome } from '../support/fault-home.ts';
import { entriesIn } from '../support/hook-home.ts';
import { until } from '../support/until.ts';

/** The launcher of the first version, as it may still be registered or running. */
const FIRST_LAUNCHER = join(import.meta.dirname, '..', 'fixtures', 'hook-1', 'hookline-hook');

let home: FaultHome;
beforeEach(async () => {
  home = await makeFaultHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});

/** A runtime that does something else than Node. */
function brokenRuntime(script: string): string {
  const path = join(home.paths.home, 'broken-node');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  return path;
}

describe('while', () => {
  it.each([
    ['Node crashes with a segmentation fault on start', 'kill -SEGV $$'],
    ['Node is killed on start, as for want of memory', 'kill -KILL $$'],
    ['Node ends with an error and says much', 'echo words; echo words >&2; exit 70'],
  ])('%s: nothing lost after it, exit 0 during it', async (_, script) => {
    home.setRuntimes([brokenRuntime(script)]);
    await home.call('toolu_1');
    await home.call('toolu_2');
    await home.quiet();
    expect(entriesIn(home.paths.spool)).toHaveLength(2);
    home.setRuntimes([process.execPath]);
    await home.call('toolu_3');
    await home.expectExactly('toolu_1', 'toolu_2', 'toolu_3');
  });

  it('HOME is unset, empty or elsewhere: nothing lost, exit 0', async () => {
    await home.call('toolu_1', { by: ['env', '-u', 'HOME'] });
    await home.call('toolu_2', { env: { HOME: '' } });
    await home.call('toolu_3', { env: { HOME: '/nonexistent' } });
    await home.expectExactly('toolu_1', 'toolu_2', 'toolu_3');
  });

  it('two versions of the hook run at once: each event once, exit 0', async () => {
    const first = join(home.paths.hookFolder, 'hookline-hook-1');
    copyFileSync(FIRST_LAUNCHER, first);
    chmodSync(first, 0o700);
    const ids = Array.from({ length: 10 }, (_, i) => `toolu_${i}`);
    // Both are registered, so each event comes twice.
    await Promise.all(ids.flatMap((id) => [home.call(id), home.call(id, { by: ['sh', first] })]));
    await home.expectExactly(...ids);
  });

  it('the clock is set back an hour: nothing lost, exit 0', async () => {
    await home.call('toolu_before');
    await home.drained();
    // What was written under the later clock stays behind with its times.
    const later = Date.now() / 1000 + 3600;
    const { own } = home.paths;
    home.setRuntimes([]);
    await home.call('toolu_ahead');
    for (const name of readdirSync(own, { recursive: true, encoding: 'utf8' })) {
      const path = join(own, name);
      if (statSync(path).isFile()) utimesSync(path, later, later);
    }
    home.setRuntimes([process.execPath]);
    await home.call('toolu_after');
    await home.expectExactly('toolu_before', 'toolu_ahead', 'toolu_after');
  });

  it('stdin is never closed and the client kills the hook: what was handed over is there', async () => {
    const payload = callPayload({ tool_use_id: 'toolu_open' });
    const child = spawn(home.paths.launcher, ['capture'], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => undefined);
    child.stdin.write(payload);
    await until('the payload is in the spool', () => {
      const [name] = entriesIn(home.paths.spool);
      return name !== undefined && statSync(join(home.paths.spool, name)).size > payload.length;
    });
    child.kill('SIGKILL');
    await ended(child);
    child.stdin.destroy();
    await home.call('toolu_after');
    await home.expectExactly('toolu_after', 'toolu_open');
  });

  it('the client kills the hook half-way through a payload: no half event, and the others are there', async () => {
    const child = spawn(home.paths.launcher, ['capture'], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => undefined);
    child.stdin.write(callPayload({ tool_use_id: 'toolu_half' }).slice(0, 90));
    await until('an entry is begun', () => entriesIn(home.paths.spool).length > 0);
    child.kill('SIGKILL');
    await ended(child);
    child.stdin.destroy();
    await home.call('toolu_after');
    await home.expectExactly('toolu_after');
  });
});
