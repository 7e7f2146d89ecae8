/** Another version of the hook takes the place of the one at work: proven first, and nothing lost. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedVersion, rootText } from '../../src-main/install/hook-files.ts';
import { type Renewal, renewHook } from '../../src-main/install/renew.ts';
import { createHookProof } from '../../src-main/upkeep/prove-hook.ts';
import { launcherRuns } from '../../src-main/upkeep/self-test.ts';
import { readFootprint } from '../support/footprint.ts';
import { type HookHome, makeHookHome } from '../support/hook-home.ts';
import { readJsonLines } from '../support/jsonl.ts';

let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(() => home.remove());

const text = (path: string): string => readFileSync(path, 'utf8');
const event = (n: number): string =>
  `${JSON.stringify({ session_id: 's', cwd: '/p', hook_event_name: 'Notification', message: `m${n}`, prompt_id: `p${n}` })}\n`;

/** The files of another version: those in place, changed as a test says. */
function version(change: { launcher?: string; script?: string }) {
  const folder = join(home.paths.home, 'app');
  mkdirSync(folder, { recursive: true });
  const launcher = join(folder, 'hookline-hook');
  const hookScript = join(folder, 'hook.cjs');
  writeFileSync(launcher, change.launcher ?? `${text(home.paths.launcher)}# another version\n`);
  writeFileSync(hookScript, change.script ?? `${text(home.paths.hookScript)}// another version\n`);
  return { launcher, hookScript };
}

function renew(to: string, assets = version({})): Promise<Renewal> {
  return renewHook(home.paths, assets, {
    version: to,
    commands: [],
    runtimes: [{ path: process.execPath }],
    prove: createHookProof(home.paths),
    works: () => launcherRuns(home.paths),
  });
}

describe('renewing the hook', () => {
  it.each([
    ['up', '0.0.0', '0.2.0'],
    ['down', '0.10.0', '0.9.0'],
  ])('goes %s from %s to %s, and the next event is stored by it', async (_, from, to) => {
    writeFileSync(join(home.paths.hookFolder, 'root.json'), rootText(home.paths, from));
    expect(await renew(to)).toEqual({ kind: 'renewed', from });
    expect(installedVersion(home.paths)).toBe(to);
    expect(text(home.paths.launcher)).toContain('# another version');
    expect(text(home.paths.hookScript)).toContain('// another version');
    expect(await home.launch(event(1))).toMatchObject({ code: 0, output: '' });
    await home.drained();
    expect(readJsonLines(home.paths.journals.events)).toHaveLength(1);
  });

  it('loses none of fifty events whose launchers run meanwhile', async () => {
    await home.launch(event(0));
    const launches = Array.from({ length: 50 }, (_, i) => home.launch(event(i + 1)));
    const renewals = (async () => [await renew('0.2.0'), await renew('0.1.0', version({}))])();
    const runs = await Promise.all(launches);
    expect(runs.filter(({ code, output }) => code !== 0 || output !== '')).toEqual([]);
    expect((await renewals).map(({ kind }) => kind)).toEqual(['renewed', 'renewed']);
    await home.launch(event(51));
    await home.drained();
    const lines = readJsonLines(home.paths.journals.events);
    expect(new Set(lines.map(({ prompt_id }) => prompt_id)).size).toBe(52);
    expect(lines).toHaveLength(52);
  });

  it.each([
    ['keeps nothing', '#!/bin/sh\nexit 0\n', /kept no event/],
    ['prints', '#!/bin/sh\necho hello\n', /prints something/],
    ['fails', '#!/bin/sh\nexit 3\n', /ended with 3/],
    ['is no program', '#!/nowhere/sh\n', /does not start/],
  ])(
    'leaves the version in place where the launcher of the other %s',
    async (_, launcher, reason) => {
      const folders = [home.paths.hookFolder, home.paths.own];
      const before = readFootprint(folders);
      const result = await renewHook(home.paths, version({ launcher }), {
        version: '0.2.0',
        commands: [],
        // Without one the proof does not have to wait for what never comes.
        runtimes: [],
        prove: createHookProof(home.paths),
      });
      expect(result).toMatchObject({ kind: 'kept', reason: expect.stringMatching(reason) });
      expect([...readFootprint(folders).keys()]).toEqual([...before.keys()]);
      expect(installedVersion(home.paths)).toBe('0.0.0');
      await home.launch(event(1));
      await home.drained();
      expect(readJsonLines(home.paths.journals.events)).toHaveLength(1);
    },
  );

  it('leaves the version in place where the other stores nothing', async () => {
    const broken = version({ script: 'throw new Error("broken")\n' });
    const result = await renewHook(home.paths, broken, {
      version: '0.2.0',
      commands: [],
      runtimes: [{ path: process.execPath }],
      prove: createHookProof(home.paths, 1000),
    });
    expect(result).toMatchObject({
      kind: 'kept',
      reason: expect.stringContaining('did not reach'),
    });
    expect(installedVersion(home.paths)).toBe('0.0.0');
  });

  it('puts the earlier files back where the launcher does not work at its place', async () => {
    const before = [text(home.paths.launcher), text(home.paths.hookScript)];
    const result = await renewHook(home.paths, version({}), {
      version: '0.2.0',
      commands: [],
      runtimes: [],
      works: () => false,
    });
    expect(result).toMatchObject({ kind: 'kept', reason: expect.stringContaining('put back') });
    expect([text(home.paths.launcher), text(home.paths.hookScript)]).toEqual(before);
    expect(installedVersion(home.paths)).toBe('0.0.0');
  });

  it('does not touch a hook of the same version that somebody changed', async () => {
    writeFileSync(home.paths.launcher, `${text(home.paths.launcher)}# mine\n`);
    expect(await renew('0.0.0')).toEqual({ kind: 'current' });
    expect(text(home.paths.launcher)).toContain('# mine');
  });
});
