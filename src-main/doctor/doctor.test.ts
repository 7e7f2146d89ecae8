import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runVerb } from '../../test/support/cli-world.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { launchdWithOldAgents, writeOldAgents } from '../../test/support/old-agents.ts';
import { type Answer, createScriptedRunner } from '../../test/support/scripted-runner.ts';
import { OLD_PIPELINE } from '../../test/support/settings-files.ts';
import { createEngine } from '../engine/engine.ts';
import { findClaudeAgents } from '../install/old-agents.ts';
import type { LoginState } from '../launch/login-item.ts';
import { describeDiagnosis } from './describe-diagnosis.ts';
import { type Diagnosis, type DoctorFinding, needsAttention } from './diagnosis.ts';
import { createDoctor, type DoctorOptions } from './doctor.ts';

const home = homePerTest();
const paths = () => home().paths;
const NOW = Date.UTC(2026, 10, 24, 9);
const GB = 1024 ** 3;
const PLENTY = () => ({ free: 50 * GB, total: 100 * GB });
const ABSENT: LoginState = {
  means: 'launchd',
  file: '/L/app.hookline.login.plist',
  state: 'absent',
  program: null,
  detail: null,
};
const NODE = {
  isNode: true,
  version: '24.1.0',
  execPath: process.execPath,
  sqlite: true,
};

interface World {
  readonly login?: Partial<LoginState>;
  readonly script?: Record<string, Answer>;
  readonly now?: number;
  readonly options?: Partial<DoctorOptions>;
}

async function examine({
  login,
  script = {},
  now = NOW,
  options = {},
}: World = {}): Promise<Diagnosis> {
  const { open, folder } = home();
  const engine = createEngine({ paths: paths(), open, clock: { now: () => now } });
  const { run } = createScriptedRunner({ 'crontab -l': { code: 1 }, ...script });
  try {
    return await createDoctor({
      paths: paths(),
      open,
      clock: { now: () => now },
      version: '1.2.3',
      readHealth: () => engine.readHealth(),
      installer: {
        agents: async () => [],
        login: {
          plannedFile: async () => ABSENT.file,
          read: async () => ({ ...ABSENT, ...login }),
          register: async () => ({ kind: 'unchanged' }),
          remove: async () => ({ kind: 'absent' }),
        },
      },
      run: async (command, args, limits) =>
        command === process.execPath
          ? { code: 0, stdout: JSON.stringify(NODE) }
          : run(command, args, limits),
      folder,
      managedSettings: join(folder, 'managed.json'),
      room: PLENTY,
      ...options,
    })();
  } finally {
    engine.close();
  }
}

const findings = ({ checks }: Diagnosis): readonly DoctorFinding[] =>
  checks.flatMap((check) => check.findings);
const codes = (diagnosis: Diagnosis): readonly string[] =>
  findings(diagnosis).map(({ code }) => code);
const facts = ({ checks }: Diagnosis): string => checks.flatMap((check) => check.facts).join('\n');

/** The hook as install leaves it. */
async function install(): Promise<void> {
  expect((await runVerb(home(), ['install', '--yes'])).code).toBe(0);
  writeFileSync(paths().runtimes, `# hookline runtimes 1\n${process.execPath}\n`);
}

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('the doctor', () => {
  it('finds nothing where all is well, and changes nothing', async () => {
    await install();
    const before = readFootprint([home().folder]);
    const diagnosis = await examine();
    expect(findings(diagnosis)).toEqual([]);
    expect(needsAttention(diagnosis)).toBe(false);
    const own = new Set([paths().own, paths().spool]);
    const changed = changedPaths(before, readFootprint([home().folder]));
    // The launcher was run in a folder of its own, which came and went.
    expect(changed.filter((path) => !own.has(path))).toEqual([]);
    expect(facts(diagnosis)).toContain('hooked for 15 events');
    expect(facts(diagnosis)).toContain('is Node 24.1.0');
    expect(facts(diagnosis)).toContain('no agent com.claude.*');
  });

  it('says what to do before install, and writes nothing', async () => {
    const before = readFootprint([home().folder]);
    expect(codes(await examine())).toEqual(['not-installed']);
    expect(changedPaths(before, readFootprint([home().folder]))).toEqual([]);
  });

  it('sees entries that call nothing any more', async () => {
    await install();
    rmSync(paths().hookFolder, { recursive: true });
    expect(codes(await examine())).toEqual(['launcher-missing']);
  });

  it.each([
    ['project', ['.claude', 'settings.json'], 'disableAllHooks', 'hooks-disabled-project'],
    ['local', ['.claude', 'settings.local.json'], 'disableAllHooks', 'hooks-disabled-local'],
    ['managed', ['managed.json'], 'allowManagedHooksOnly', 'hooks-disabled-managed'],
  ])('sees that %s settings switch hooks off', async (_, place, name, code) => {
    await install();
    const folder = join(home().folder, 'project');
    const base = place.length === 1 ? home().folder : folder;
    write(join(base, ...place), JSON.stringify({ [name]: true }));
    expect(codes(await examine({ options: { folder } }))).toEqual([code]);
  });

  it('sees another installation, and settings that nobody can read', async () => {
    await install();
    const folder = join(home().folder, 'project');
    const entry = { command: '/other/hooks/hookline/hookline-hook', args: ['capture'] };
    const hooks = { Stop: [{ hooks: [{ type: 'command', ...entry }] }] };
    write(join(folder, '.claude', 'settings.json'), JSON.stringify({ hooks }));
    write(join(folder, '.claude', 'settings.local.json'), '{"a":');
    expect(codes(await examine({ options: { folder } }))).toEqual([
      'settings-unreadable',
      'hooks-twice',
    ]);
  });

  it('names everybody else who writes our files', async () => {
    write(paths().settingsJson, OLD_PIPELINE);
    await install();
    const folder = writeOldAgents(home().folder);
    const { launchctl } = launchdWithOldAgents(folder);
    const all = await findClaudeAgents(folder, launchctl);
    const { run } = createScriptedRunner({});
    const login = {
      plannedFile: run as never,
      read: async () => ABSENT,
      register: run as never,
      remove: run as never,
    };
    const diagnosis = await examine({
      script: {
        'crontab -l': { stdout: '# weekly-backfill.sh\n0 3 * * 0 ~/x/fix-all-dashboard-data.py\n' },
      },
      options: { installer: { agents: async () => all, login } },
    });
    expect(codes(diagnosis)).toEqual(['hooks-old', 'agents-old', 'cron-old']);
    expect(needsAttention(diagnosis)).toBe(false);
    expect(facts(diagnosis)).toContain('com.claude.watchdog: running, process 9, writes our files');
    expect(facts(diagnosis)).toContain('com.claude.supermemory: not loaded');
    const cron = findings(diagnosis).at(-1)?.detail;
    expect([cron?.includes('fix-all-dashboard-data.py'), cron?.includes('weekly')]).toEqual([
      true,
      false,
    ]);
  });

  it.each<[string, string, string, () => void]>([
    [
      'a script that others can write',
      'hook-file',
      'attention',
      () => chmodSync(paths().hookScript, 0o666),
    ],
    ['an open folder', 'permissions', 'attention', () => chmodSync(paths().own, 0o755)],
    [
      'another version',
      'hook-version',
      'note',
      () => write(join(paths().hookFolder, 'root.json'), '{"version":"0.9.0"}'),
    ],
    [
      'no runtime',
      'runtimes',
      'note',
      () => writeFileSync(paths().runtimes, '# hookline runtimes 1\n'),
    ],
    [
      'a torn line',
      'jsonl-torn',
      'note',
      () => writeFileSync(paths().journals.events, '{"a":1}\n{"b"', { mode: 0o600 }),
    ],
    [
      'an alias',
      'ccc-alias',
      'note',
      () => write(join(home().folder, '.zshrc'), "x=1\nalias ccc='sync --token secret'\n"),
    ],
    [
      'a damaged database',
      'database-damaged',
      'attention',
      () => write(paths().database, Buffer.alloc(8192, 'x')),
    ],
  ])('sees %s', async (_, code, severity, harm) => {
    await install();
    harm();
    const diagnosis = await examine();
    const found = findings(diagnosis).find((finding) => finding.code === code);
    expect(found).toMatchObject({ code, severity });
    expect(found?.remedy).not.toBeNull();
    expect(JSON.stringify(diagnosis)).not.toContain('secret');
  });

  it('sees a damaged page of a database that opens', async () => {
    await install();
    home().add(...Array.from({ length: 400 }, (_, i) => toolCall({ id: `toolu_${i}` })));
    expect(codes(await examine())).toEqual([]);
    truncateSync(paths().database, 4096 * 3);
    expect(codes(await examine())).toContain('database-damaged');
  });

  it.each([
    [100 * 1024 ** 2, 'attention'],
    [800 * 1024 ** 2, 'note'],
  ])('sees that %i bytes are left', async (free, severity) => {
    await install();
    const room = () => ({ free, total: GB });
    expect(findings(await examine({ options: { room } }))).toMatchObject([
      { code: 'disk', severity },
    ]);
  });

  it('sees a clock that is behind', async () => {
    await install();
    expect(codes(await examine({ now: Date.UTC(1970, 0, 1) }))).toEqual(['clock']);
    home().add(toolCall({ at: NOW + 3_600_000 }));
    expect(codes(await examine())).toEqual(['clock']);
  });

  it.each([
    ['stale', 'login-stale'],
    ['disabled', 'login-disabled'],
  ] as const)('sees a start at login that is %s', async (state, code) => {
    await install();
    expect(codes(await examine({ login: { state } }))).toEqual([code]);
    write(paths().settings, '{"launchAtLogin":false}');
    expect(codes(await examine({ login: { state } }))).toEqual(state === 'disabled' ? [] : [code]);
  });

  it('takes over what health finds, each once', async () => {
    await install();
    write(paths().settingsJson, '{"disableAllHooks":true}');
    expect(codes(await examine())).toEqual(['hooks-disabled']);
    write(paths().settingsJson, '{}');
    const diagnosis = await examine();
    expect(findings(diagnosis)).toMatchObject([
      { code: 'hooks-missing', remedy: expect.stringContaining('hookline install') },
    ]);
    const text = describeDiagnosis(diagnosis, false);
    expect(text).toMatch(/^1 thing needs attention\.\n/);
    expect(text).toContain('→ "hookline install"');
    expect(describeDiagnosis(diagnosis, true)).toContain('\u001b[31m! Hooks are missing');
  });

  it('names nobody: the home folder is ~', async () => {
    await install();
    expect(JSON.stringify(await examine())).not.toContain(home().folder);
  });
});
