/** Settings files as they lie on real disks, through the whole of installing and uninstalling. */
import fs from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstallWorld, type InstallWorld } from '../../test/support/install-world.ts';
import { EDITABLE_FILES } from '../../test/support/settings-files.ts';
import { CLIENT_EVENTS } from './hook-entries.ts';
import { planHookInstall } from './hook-settings.ts';
import { applyUninstall } from './uninstall.ts';

const TEXT = '{\n  // mine\n  "model": "opus"\n}\n';

let world: InstallWorld;
beforeEach(() => {
  world = createInstallWorld();
  fs.mkdirSync(world.paths.claude, { recursive: true });
});
afterEach(() => world.remove());

/** Everything of the home, links by where they lead. */
function state(): Record<string, string> {
  const { home } = world.paths;
  const links = fs
    .readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.lstatSync(join(home, name)).isSymbolicLink())
    .map((name) => [`${name} ->`, fs.readlinkSync(join(home, name))]);
  return { ...world.snapshot(), ...Object.fromEntries(links) };
}

function write(path: string, mode = 0o644): void {
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, TEXT, { mode });
}

describe('a settings file on a disk', () => {
  it.each<[string, () => void]>([
    [
      'that is a link',
      () => {
        write(join(world.paths.home, 'dotfiles', 'claude.json'), 0o640);
        fs.symlinkSync('../dotfiles/claude.json', world.paths.settingsJson);
      },
    ],
    [
      'that is a link to a link',
      () => {
        write(join(world.paths.home, 'dotfiles', 'claude.json'));
        fs.symlinkSync('claude.json', join(world.paths.home, 'dotfiles', 'link.json'));
        fs.symlinkSync('../dotfiles/link.json', world.paths.settingsJson);
      },
    ],
    [
      'that is a link to nothing',
      () => {
        fs.mkdirSync(join(world.paths.home, 'dotfiles'));
        fs.symlinkSync('../dotfiles/claude.json', world.paths.settingsJson);
      },
    ],
    ['for its owner alone', () => write(world.paths.settingsJson, 0o600)],
    ['for everybody', () => write(world.paths.settingsJson, 0o666)],
    ['that is not there', () => undefined],
  ])('%s comes back as it was, with its links and its mode', async (_, prepare) => {
    prepare();
    const before = state();
    expect((await world.install()).kind).toBe('installed');
    expect(fs.readFileSync(world.paths.settingsJson, 'utf8')).toContain('hookline-hook');
    applyUninstall(world.paths, { clock: world.clock });
    expect(state()).toEqual(before);
  });

  it.each<[string, () => void, string]>([
    ['that is read-only', () => write(world.paths.settingsJson, 0o444), 'not-writable'],
    [
      'that links into a store nobody may write',
      () => {
        write(join(world.paths.home, 'store', 'claude.json'), 0o444);
        fs.symlinkSync('../store/claude.json', world.paths.settingsJson);
      },
      'not-writable',
    ],
    [
      'that links into a folder that is not there',
      () => {
        fs.symlinkSync('../gone/claude.json', world.paths.settingsJson);
      },
      'not-writable',
    ],
    ['that is a folder', () => fs.mkdirSync(world.paths.settingsJson), 'failed'],
    [
      'that links to itself',
      () => fs.symlinkSync('settings.json', world.paths.settingsJson),
      'failed',
    ],
  ])('%s is left alone, with what to paste where that helps', async (_, prepare, kind) => {
    prepare();
    const settings = (): unknown => {
      const stat = fs.lstatSync(world.paths.settingsJson);
      const target = stat.isFile() ? fs.readFileSync(world.paths.settingsJson, 'utf8') : '';
      return [stat.mode, target];
    };
    const before = settings();
    const result = await world.install();
    expect(result).toMatchObject({ kind, exitCode: 1 });
    if (result.kind === 'not-writable')
      expect(JSON.parse(result.snippet).hooks.Stop).toHaveLength(1);
    expect(settings()).toEqual(before);
  });
});

/** What the client takes; whatever does not fit is dropped by it, alone and without a word. */
const ClientHandler = v.strictObject({
  type: v.literal('command'),
  command: v.pipe(v.string(), v.nonEmpty()),
  args: v.optional(v.array(v.string())),
  // Seconds: 600 is the client's own default, and milliseconds would be far above.
  timeout: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
});
const ClientGroup = v.strictObject({
  // Names joined by `|`, or a pattern; `*` and nothing stand for all.
  matcher: v.optional(v.literal('*')),
  hooks: v.pipe(v.array(ClientHandler), v.length(1)),
});

describe('what is written', () => {
  const launcher = '/Users/dev/my home/.claude/hooks/hookline/hookline-hook';
  it.each(
    (['exec', 'shell'] as const).flatMap((form) =>
      Object.keys(EDITABLE_FILES).map((name) => [form, name] as const),
    ),
  )('is what the client takes, in the %s form: %s', (form, name) => {
    const plan = planHookInstall(Buffer.from(EDITABLE_FILES[name] ?? ''), {
      path: 'settings.json',
      launcher,
      form,
      preToolUse: true,
      known: null,
    });
    if (plan.kind !== 'plan') throw new Error('a file that is edited');
    expect(plan.entries.length).toBeGreaterThan(10);
    for (const { event, group } of plan.entries) {
      expect(CLIENT_EVENTS.has(event)).toBe(true);
      expect(event).not.toBe('WorktreeCreate');
      const [handler] = v.parse(ClientGroup, group).hooks;
      if (form === 'exec') {
        // Started without a shell: a path may hold blanks, and nothing in it is expanded.
        expect([isAbsolute(handler?.command ?? ''), handler?.args]).toEqual([true, ['capture']]);
      } else {
        expect(handler?.args).toBeUndefined();
        expect(handler?.command).toContain(`'${launcher}'`);
      }
    }
  });
});
