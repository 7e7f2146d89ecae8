import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLoginPaths } from '../../src-core/files/paths.ts';
import { readFootprint } from '../../test/support/footprint.ts';
import { type Answer, createScriptedRunner } from '../../test/support/scripted-runner.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { buildEntry, readEntry } from './autostart-entry.ts';
import { parseSections } from './ini.ts';
import { createLinuxLogin } from './linux-login.ts';
import type { LoginProgram } from './login-item.ts';
import { createOwnFolders } from './own-file.ts';
import { buildUnit, callOfUnit } from './systemd-unit.ts';

const home = tempFolderPerTest();
const PROGRAM: LoginProgram = { path: '/opt/Hookline/hookline', args: ['--at-login'] };
const ODD = ['/opt/a "b" $HOME 100% \\ `x`/hookline', '--at-login', 'two words'];
const ACTIVE = 'systemctl --user is-active graphical-session.target';
const SHOW = 'systemctl --user show hookline.service --property=UnitFileState,ActiveState';
const RELOAD = 'systemctl --user daemon-reload';
const ENABLE = 'systemctl --user enable hookline.service';
const DISABLE = 'systemctl --user disable hookline.service';
const SYSTEMD = { [ACTIVE]: { stdout: 'active\n' } };
const NO_SYSTEMD = { [ACTIVE]: { code: 3, stdout: 'inactive\n' } };

function setUp(script: Record<string, Answer>, program: LoginProgram | null = PROGRAM) {
  const places = createLoginPaths(home());
  const { run, calls } = createScriptedRunner(script);
  const folders = createOwnFolders(join(home(), 'app', 'folders.json'));
  return { login: createLinuxLogin({ places, program, run, folders }), calls };
}
const unit = () => createLoginPaths(home()).systemdUnit;
const entry = () => createLoginPaths(home()).autostartEntry;
const state = (UnitFileState: string, ActiveState = 'inactive') => ({
  [SHOW]: { stdout: `UnitFileState=${UnitFileState}\nActiveState=${ActiveState}\n` },
});
const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

describe('the unit', () => {
  it('says what it is meant to, key by key, and nothing of the environment', () => {
    expect(parseSections(buildUnit(PROGRAM))).toEqual({
      Unit: {
        Description: 'Hookline, numbers about your Claude Code work',
        PartOf: 'graphical-session.target',
        After: 'graphical-session.target',
        StartLimitIntervalSec: '600',
        StartLimitBurst: '5',
      },
      Service: {
        ExecStart: '"/opt/Hookline/hookline" "--at-login"',
        Restart: 'on-abnormal',
        RestartSec: '30',
      },
      Install: { WantedBy: 'graphical-session.target' },
    });
  });

  it('starts a program by whatever path', () => {
    const [path = '', ...args] = ODD;
    expect(callOfUnit(buildUnit({ path, args }))).toEqual(ODD);
    expect(callOfUnit('[Service]\nExecStart=/usr/bin/a -b\n')).toEqual(['/usr/bin/a', '-b']);
    expect(callOfUnit('')).toEqual([]);
  });
});

describe('the autostart entry', () => {
  it('says what it is meant to, key by key', () => {
    expect(parseSections(buildEntry(PROGRAM))).toEqual({
      'Desktop Entry': {
        Type: 'Application',
        Name: 'Hookline',
        Comment: 'Numbers about your Claude Code work',
        Exec: '"/opt/Hookline/hookline" "--at-login"',
        Terminal: 'false',
        StartupNotify: 'false',
        'X-GNOME-Autostart-enabled': 'true',
      },
    });
  });

  it('starts a program by whatever path', () => {
    const [path = '', ...args] = ODD;
    expect(readEntry(buildEntry({ path, args }))).toEqual({ call: ODD, isDisabled: false });
  });
});

describe('registering on Linux', () => {
  it('makes a unit where systemd starts the session', async () => {
    const { login, calls } = setUp(SYSTEMD);
    expect(await login.register({ isAsked: false })).toEqual({ kind: 'registered' });
    expect(calls).toEqual([ACTIVE, SHOW, RELOAD, ENABLE]);
    expect(callOfUnit(readFileSync(unit(), 'utf8'))).toEqual([PROGRAM.path, '--at-login']);
    expect(existsSync(entry())).toBe(false);
  });

  it('makes an autostart entry where it does not, or where there is no systemd', async () => {
    const { login, calls } = setUp(NO_SYSTEMD);
    expect(await login.register({ isAsked: false })).toEqual({ kind: 'registered' });
    expect(calls).toEqual([ACTIVE]);
    expect(readEntry(readFileSync(entry(), 'utf8')).call[0]).toBe(PROGRAM.path);
    const none = setUp({ [ACTIVE]: { code: null } });
    expect(await none.login.register({ isAsked: false })).toEqual({ kind: 'unchanged' });
  });

  it('keeps one of the two when the session changes', async () => {
    await setUp(NO_SYSTEMD).login.register({ isAsked: false });
    await setUp(SYSTEMD).login.register({ isAsked: false });
    expect([existsSync(entry()), existsSync(unit())]).toEqual([false, true]);
    const back = setUp(NO_SYSTEMD);
    await back.login.register({ isAsked: false });
    expect(back.calls).toEqual([ACTIVE, DISABLE, RELOAD]);
    expect([existsSync(entry()), existsSync(unit())]).toEqual([true, false]);
  });

  it('does nothing where it is in place, and follows an app that was moved', async () => {
    write(unit(), buildUnit(PROGRAM));
    const same = setUp({ ...SYSTEMD, ...state('enabled') });
    expect(await same.login.register({ isAsked: false })).toEqual({ kind: 'unchanged' });
    expect(same.calls).toEqual([ACTIVE, SHOW]);
    const moved = setUp({ ...SYSTEMD, ...state('enabled') }, { path: '/new/hookline', args: [] });
    expect(await moved.login.register({ isAsked: false })).toEqual({ kind: 'registered' });
    expect(callOfUnit(readFileSync(unit(), 'utf8'))).toEqual(['/new/hookline']);
  });

  it.each(['disabled', 'masked'])('leaves a unit %s until the user asks', async (how) => {
    write(unit(), buildUnit(PROGRAM));
    const script = { ...SYSTEMD, ...state(how) };
    expect(await setUp(script).login.register({ isAsked: false })).toMatchObject({
      kind: 'disabled',
    });
    const asked = setUp(script);
    expect(await asked.login.register({ isAsked: true })).toEqual({ kind: 'registered' });
    expect(asked.calls.includes('systemctl --user unmask hookline.service')).toBe(how === 'masked');
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'leaves an entry with %s until the user asks',
    async (line) => {
      write(entry(), `[Desktop Entry]\nType=Application\nExec=/opt/Hookline/hookline\n${line}\n`);
      expect(await setUp(NO_SYSTEMD).login.register({ isAsked: false })).toMatchObject({
        kind: 'disabled',
      });
      expect((await setUp(NO_SYSTEMD).login.read()).state).toBe('disabled');
      expect(await setUp(NO_SYSTEMD).login.register({ isAsked: true })).toEqual({
        kind: 'registered',
      });
    },
  );

  it('says what systemd did not do, and refuses in a checkout', async () => {
    const failing = setUp({ ...SYSTEMD, [ENABLE]: { code: 1 } });
    expect(await failing.login.register({ isAsked: false })).toEqual({
      kind: 'failed',
      reason: 'systemctl enable ended with 1',
    });
    expect(await setUp({}, null).login.register({ isAsked: true })).toMatchObject({
      kind: 'failed',
    });
  });
});

describe('removing it on Linux', () => {
  it.each([
    ['a unit', SYSTEMD, [DISABLE, RELOAD]],
    ['an entry', NO_SYSTEMD, []],
  ] as const)('takes %s away with the folders that were made for it', async (_, script, calls) => {
    const before = readFootprint([home()]);
    await setUp(script).login.register({ isAsked: false });
    const { login, calls: made } = setUp(script);
    expect(await login.remove()).toEqual({ kind: 'removed' });
    expect(made).toEqual(calls);
    expect([...readFootprint([home()]).keys()]).toEqual([...before.keys(), join(home(), 'app')]);
    expect(await login.remove()).toEqual({ kind: 'absent' });
  });
});

describe('what is read back on Linux', () => {
  it.each([
    ['running', 'enabled', 'active', PROGRAM.path],
    ['ready', 'enabled', 'inactive', PROGRAM.path],
    ['disabled', 'disabled', 'inactive', PROGRAM.path],
    ['next-login', '', '', PROGRAM.path],
    ['stale', 'enabled', 'active', '/old/hookline'],
  ])('of a unit is %s', async (expected, fileState, activeState, path) => {
    write(unit(), buildUnit({ path, args: [] }));
    const { login } = setUp(state(fileState, activeState));
    expect(await login.read()).toMatchObject({
      means: 'systemd',
      state: expected,
      program: path,
      file: unit(),
    });
  });

  it('of an entry is absent, ready or stale', async () => {
    expect((await setUp({}).login.read()).state).toBe('absent');
    write(entry(), buildEntry(PROGRAM));
    expect((await setUp({}).login.read()).state).toBe('ready');
    write(entry(), buildEntry({ path: '/old/hookline', args: [] }));
    expect(await setUp({}).login.read()).toMatchObject({ state: 'stale', file: entry() });
  });
});
