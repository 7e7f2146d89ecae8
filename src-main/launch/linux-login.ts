/**
 * The app started at login on Linux: by a unit of systemd where systemd starts the desktop session,
 * else by an autostart entry. A unit for a session that systemd does not start would never run.
 */
import { rmSync } from 'node:fs';
import type { LoginPaths } from '../../src-core/files/paths.ts';
import type { RunCommand } from '../install/run-command.ts';
import { buildEntry, readEntry } from './autostart-entry.ts';
import { parseSections } from './ini.ts';
import type { LoginItem, LoginOutcome, LoginProgram, LoginState } from './login-item.ts';
import { failed, guarded, switchedOff } from './outcomes.ts';
import { bytesIn, type OwnFolders } from './own-file.ts';
import { buildUnit, callOfUnit, UNIT } from './systemd-unit.ts';

const SYSTEMCTL = '/usr/bin/systemctl';
const TIMEOUT_MS = 10_000;

/** What the registration needs. */
export interface LinuxLoginOptions {
  readonly places: LoginPaths;
  /** Null where no app is installed that could be started. */
  readonly program: LoginProgram | null;
  readonly run: RunCommand;
  readonly folders: OwnFolders;
}

/** Builds the registration with the desktop. */
export function createLinuxLogin({ places, program, run, folders }: LinuxLoginOptions): LoginItem {
  const { systemdUnit, autostartEntry } = places;
  const systemctl = (...args: readonly string[]) =>
    run(SYSTEMCTL, ['--user', ...args], { timeoutMs: TIMEOUT_MS });
  const textIn = (file: string): string | null => bytesIn(file)?.toString('utf8') ?? null;

  const isSessionOfSystemd = async (): Promise<boolean> =>
    (await systemctl('is-active', 'graphical-session.target')).stdout.trim() === 'active';
  const unitState = async (): Promise<Readonly<Record<string, string>>> => {
    const { code, stdout } = await systemctl('show', UNIT, '--property=UnitFileState,ActiveState');
    return code === 0 ? (parseSections(`[Show]\n${stdout}`).Show ?? {}) : {};
  };

  const removeUnit = async (): Promise<boolean> => {
    if (textIn(systemdUnit) === null) return false;
    await systemctl('disable', UNIT);
    rmSync(systemdUnit, { force: true });
    await systemctl('daemon-reload');
    return true;
  };
  const removeEntry = (): boolean => {
    const isThere = textIn(autostartEntry) !== null;
    rmSync(autostartEntry, { force: true });
    return isThere;
  };

  const registerUnit = async (wanted: LoginProgram, isAsked: boolean): Promise<LoginOutcome> => {
    removeEntry();
    const text = buildUnit(wanted);
    const present = textIn(systemdUnit);
    const { UnitFileState: state = '' } = await unitState();
    const isOff = state === 'masked' || (present !== null && state === 'disabled');
    if (isOff && !isAsked) return switchedOff(`systemd has ${UNIT} ${state}`);
    if (present === text && state === 'enabled') return { kind: 'unchanged' };
    if (state === 'masked') await systemctl('unmask', UNIT);
    folders.write(systemdUnit, text);
    await systemctl('daemon-reload');
    const { code } = await systemctl('enable', UNIT);
    if (code !== 0) return failed(`systemctl enable ended with ${code ?? 'no code'}`);
    return { kind: 'registered' };
  };
  const registerEntry = async (wanted: LoginProgram, isAsked: boolean): Promise<LoginOutcome> => {
    await removeUnit();
    const text = buildEntry(wanted);
    const present = textIn(autostartEntry);
    if (present === text) return { kind: 'unchanged' };
    if (present !== null && readEntry(present).isDisabled && !isAsked)
      return switchedOff('the desktop has the autostart entry switched off');
    folders.write(autostartEntry, text);
    return { kind: 'registered' };
  };

  const readUnit = async (text: string): Promise<LoginState> => {
    const { UnitFileState = '', ActiveState = '' } = await unitState();
    const [started = null] = callOfUnit(text);
    const base = { means: 'systemd', file: systemdUnit, program: started, detail: null } as const;
    if (UnitFileState === 'disabled' || UnitFileState === 'masked')
      return { ...base, state: 'disabled', detail: `systemd has it ${UnitFileState}` };
    if (isOther(started, program)) return stale(base, started);
    if (UnitFileState !== 'enabled') return { ...base, state: 'next-login' };
    if (ActiveState === 'failed')
      return { ...base, state: 'ready', detail: 'it crashed, and was not started again' };
    return { ...base, state: ActiveState === 'active' ? 'running' : 'ready' };
  };
  const readAutostart = (text: string | null): LoginState => {
    const { call, isDisabled } = readEntry(text ?? '');
    const [started = null] = call;
    const base = {
      means: 'autostart',
      file: autostartEntry,
      program: started,
      detail: null,
    } as const;
    if (text === null) return { ...base, state: 'absent' };
    if (isDisabled) return { ...base, state: 'disabled' };
    return isOther(started, program) ? stale(base, started) : { ...base, state: 'ready' };
  };

  return {
    plannedFile: async () => ((await isSessionOfSystemd()) ? systemdUnit : autostartEntry),
    read: async () => {
      const unit = textIn(systemdUnit);
      return unit === null ? readAutostart(textIn(autostartEntry)) : readUnit(unit);
    },
    register: ({ isAsked }) =>
      guarded(async () => {
        if (program === null) return failed('only an installed app can be started at login');
        return (await isSessionOfSystemd())
          ? registerUnit(program, isAsked)
          : registerEntry(program, isAsked);
      }),
    remove: () =>
      guarded(async () => {
        const wasUnit = await removeUnit();
        const wasEntry = removeEntry();
        folders.removeMade();
        return { kind: wasUnit || wasEntry ? 'removed' : 'absent' };
      }),
  };
}

function isOther(started: string | null, program: LoginProgram | null): boolean {
  return program !== null && started !== program.path;
}

function stale(base: Omit<LoginState, 'state'>, started: string | null): LoginState {
  return { ...base, state: 'stale', detail: `it starts ${started ?? 'nothing'}` };
}
