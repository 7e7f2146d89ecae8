import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as plist from 'plist';
import { describe, expect, it } from 'vitest';
import { createLoginPaths } from '../../src-core/files/paths.ts';
import { readFootprint } from '../../test/support/footprint.ts';
import { printedDisabled, printedJob } from '../../test/support/launchd-text.ts';
import { type Answer, createScriptedRunner } from '../../test/support/scripted-runner.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { AGENT_LABEL, buildAgentPlist, parseAgent } from './agent-plist.ts';
import { createLaunchctl } from './launchctl.ts';
import { AT_LOGIN, type LoginProgram } from './login-item.ts';
import { createMacAgent } from './mac-agent.ts';
import { createOwnFolders } from './own-file.ts';

const home = tempFolderPerTest();
const APP = '/Applications/Hookline.app/Contents/MacOS/Hookline';
const OLD_APP = '/Users/dev/Downloads/Hookline.app/Contents/MacOS/Hookline';
const PROGRAM: LoginProgram = { path: APP, args: [AT_LOGIN] };
const PRINT = `launchctl print gui/501/${AGENT_LABEL}`;
const OFF = 'launchctl print-disabled gui/501';
const BOOTOUT = `launchctl bootout gui/501/${AGENT_LABEL}`;
const ENABLE = `launchctl enable gui/501/${AGENT_LABEL}`;
const NOT_LOADED = { code: 113 };

function setUp(script: Record<string, Answer>, program: LoginProgram | null = PROGRAM) {
  const places = createLoginPaths(home());
  const { run, calls } = createScriptedRunner(script);
  const agent = createMacAgent({
    places,
    program,
    launchctl: createLaunchctl({ run, uid: 501, pause: () => Promise.resolve() }),
    folders: createOwnFolders(join(home(), 'app', 'folders.json')),
    ownPid: 77,
  });
  return { agent, calls, places };
}
const file = () => join(home(), 'Library', 'LaunchAgents', `${AGENT_LABEL}.plist`);
const bootstrap = () => `launchctl bootstrap gui/501 ${file()}`;
const job = (program = APP, more: { pid?: number; lastExit?: string } = {}) => ({
  stdout: printedJob({ label: AGENT_LABEL, file: file(), program, ...more }),
});
const write = (program = APP): void => {
  mkdirSync(dirname(file()), { recursive: true });
  const logs = createLoginPaths(home()).agentLogs;
  writeFileSync(file(), buildAgentPlist({ path: program, args: [AT_LOGIN] }, logs));
};

describe('the property list', () => {
  it('says what it is meant to, key by key, and nothing of the environment', () => {
    const text = buildAgentPlist({ path: '/A & B/<x>', args: ['--at-login'] }, '/logs');
    expect(plist.parse(text)).toEqual({
      Label: 'app.hookline.login',
      ProgramArguments: ['/A & B/<x>', '--at-login'],
      RunAtLoad: true,
      KeepAlive: { Crashed: true },
      ThrottleInterval: 30,
      ProcessType: 'Interactive',
      LimitLoadToSessionType: 'Aqua',
      AssociatedBundleIdentifiers: ['app.hookline.Hookline'],
      StandardOutPath: '/logs/login.log',
      StandardErrorPath: '/logs/login-errors.log',
    });
  });

  it('is read in both of its formats, and nothing else is', () => {
    const facts = { label: 'a', call: ['/p', '-x'] };
    const agent = { Label: 'a', ProgramArguments: ['/p', '-x'] };
    expect(parseAgent(Buffer.from(plist.build(agent)))).toEqual(facts);
    expect(parseAgent(plist.buildBinary(agent))).toEqual(facts);
    const named = { Label: 'a', Program: '/p', ProgramArguments: ['name', '-x'] };
    expect(parseAgent(Buffer.from(plist.build(named)))).toEqual(facts);
    for (const text of ['', '{}', '<plist', 'bplist00', '<plist><array/></plist>'])
      expect(parseAgent(Buffer.from(text)), text).toBeNull();
  });
});

describe('registering with launchd', () => {
  it('writes the file, loads it, and asks launchd whether it has it', async () => {
    const { agent, calls, places } = setUp({ [PRINT]: [NOT_LOADED, job()] });
    expect(await agent.register({ isAsked: false })).toEqual({ kind: 'registered' });
    expect(calls).toEqual([OFF, PRINT, bootstrap(), PRINT]);
    expect(parseAgent(readFileSync(file()))?.call).toEqual([APP, '--at-login']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(existsSync(places.agentLogs)).toBe(true);
  });

  it('does nothing where it is loaded already', async () => {
    write();
    const { agent, calls } = setUp({ [PRINT]: job(APP, { pid: 3 }) });
    expect(await agent.register({ isAsked: false })).toEqual({ kind: 'unchanged' });
    expect(calls).toEqual([OFF, PRINT]);
  });

  it('replaces the registration of an app that was moved', async () => {
    write(OLD_APP);
    const { agent, calls } = setUp({ [PRINT]: [job(OLD_APP), NOT_LOADED, job()] });
    expect(await agent.register({ isAsked: false })).toEqual({ kind: 'registered' });
    expect(calls).toEqual([OFF, PRINT, BOOTOUT, PRINT, bootstrap(), PRINT]);
    expect(parseAgent(readFileSync(file()))?.call[0]).toBe(APP);
  });

  it('does not end the process that it runs in', async () => {
    write(OLD_APP);
    const { agent, calls } = setUp({ [PRINT]: job(OLD_APP, { pid: 77 }) });
    expect(await agent.register({ isAsked: false })).toMatchObject({ kind: 'next-login' });
    expect(calls).toEqual([OFF, PRINT]);
    expect(parseAgent(readFileSync(file()))?.call[0]).toBe(APP);
  });

  it('leaves an agent alone that the user switched off, until the user asks for it', async () => {
    const script = {
      [OFF]: { stdout: printedDisabled({ [AGENT_LABEL]: true }) },
      [PRINT]: [NOT_LOADED, job()],
    };
    const left = setUp(script);
    expect(await left.agent.register({ isAsked: false })).toMatchObject({ kind: 'disabled' });
    expect([left.calls, existsSync(file())]).toEqual([[OFF], false]);
    const asked = setUp(script);
    expect(await asked.agent.register({ isAsked: true })).toEqual({ kind: 'registered' });
    expect(asked.calls).toEqual([OFF, ENABLE, PRINT, bootstrap(), PRINT]);
  });

  it('unloads what code 5 means is loaded, and tries again', async () => {
    const { agent, calls } = setUp({
      [PRINT]: [NOT_LOADED, NOT_LOADED, job()],
      [bootstrap()]: [{ code: 5 }, { code: 0 }],
    });
    expect(await agent.register({ isAsked: false })).toEqual({ kind: 'registered' });
    expect(calls).toEqual([OFF, PRINT, bootstrap(), BOOTOUT, PRINT, bootstrap(), PRINT]);
  });

  it('says so when code 5 stays', async () => {
    const { agent } = setUp({ [PRINT]: NOT_LOADED, [bootstrap()]: { code: 5 } });
    expect(await agent.register({ isAsked: false })).toEqual({
      kind: 'failed',
      reason: 'launchctl bootstrap ended with 5',
    });
  });

  it('asks again after code 37, by which another load is under way', async () => {
    const soon = setUp({ [PRINT]: [NOT_LOADED, job()], [bootstrap()]: { code: 37 } });
    expect(await soon.agent.register({ isAsked: false })).toEqual({ kind: 'registered' });
    const never = setUp({ [PRINT]: NOT_LOADED, [bootstrap()]: { code: 37 } });
    expect(await never.agent.register({ isAsked: false })).toMatchObject({ kind: 'failed' });
    expect(never.calls.filter((call) => call === bootstrap())).toHaveLength(3);
  });

  it('takes code 119 for the word of the user', async () => {
    const script = { [PRINT]: [NOT_LOADED, job()], [bootstrap()]: [{ code: 119 }, { code: 0 }] };
    expect(await setUp(script).agent.register({ isAsked: false })).toMatchObject({
      kind: 'disabled',
    });
    const asked = setUp(script);
    expect(await asked.agent.register({ isAsked: true })).toEqual({ kind: 'registered' });
    expect(asked.calls).toContain(ENABLE);
  });

  it('waits for the next login where code 125 says that there is no desktop', async () => {
    const { agent } = setUp({ [PRINT]: NOT_LOADED, [bootstrap()]: { code: 125 } });
    expect(await agent.register({ isAsked: false })).toMatchObject({ kind: 'next-login' });
    expect(existsSync(file())).toBe(true);
  });

  it('believes launchd, not the code', async () => {
    const { agent } = setUp({ [PRINT]: [NOT_LOADED, job('/somebody/else')] });
    expect(await agent.register({ isAsked: false })).toEqual({
      kind: 'failed',
      reason: 'launchd says that it starts /somebody/else',
    });
  });

  it.each([
    [null, /only an installed app/],
    ['/private/var/folders/x/AppTranslocation/1/d/Hookline.app/Contents/MacOS/Hookline', /Applic/],
    ['/Volumes/Hookline 1/Hookline.app/Contents/MacOS/Hookline', /disk image/],
  ])('refuses %s, which is not there at the next login', async (path, reason) => {
    const { agent, calls } = setUp({}, path === null ? null : { path, args: [] });
    expect(await agent.register({ isAsked: true })).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(reason),
    });
    expect([calls, existsSync(file())]).toEqual([[], false]);
  });
});

describe('removing it from launchd', () => {
  it('leaves no file and no folder that was not there', async () => {
    const before = readFootprint([home()]);
    const { agent } = setUp({ [PRINT]: [NOT_LOADED, job(), job(), NOT_LOADED] });
    await agent.register({ isAsked: false });
    writeFileSync(join(home(), 'Library/Logs/Hookline/login.log'), 'x');
    expect(await agent.remove()).toEqual({ kind: 'removed' });
    expect([...readFootprint([home()]).keys()]).toEqual([...before.keys(), join(home(), 'app')]);
  });

  it('says that there was nothing, and unloads what has lost its file', async () => {
    expect(await setUp({ [PRINT]: NOT_LOADED }).agent.remove()).toEqual({ kind: 'absent' });
    const lost = setUp({ [PRINT]: [job(), NOT_LOADED] });
    expect(await lost.agent.remove()).toEqual({ kind: 'removed' });
    expect(lost.calls).toContain(BOOTOUT);
  });

  it('does not end the process that it runs in', async () => {
    write();
    const { agent, calls } = setUp({ [PRINT]: job(APP, { pid: 77 }) });
    expect(await agent.remove()).toMatchObject({ kind: 'next-login' });
    expect([calls, existsSync(file())]).toEqual([[PRINT], false]);
  });

  it('leaves other people’s agents in the folder', async () => {
    write();
    const other = join(dirname(file()), 'com.example.plist');
    writeFileSync(other, 'theirs');
    await setUp({ [PRINT]: NOT_LOADED }).agent.remove();
    expect(readFileSync(other, 'utf8')).toBe('theirs');
  });
});

describe('what is read back', () => {
  it.each([
    ['absent', {}, null],
    ['running', { [PRINT]: job(APP, { pid: 5 }) }, APP],
    ['ready', { [PRINT]: job() }, APP],
    ['next-login', { [PRINT]: NOT_LOADED }, APP],
    ['stale', { [PRINT]: NOT_LOADED }, OLD_APP],
    ['disabled', { [OFF]: { stdout: printedDisabled({ [AGENT_LABEL]: true }) } }, APP],
  ] as const)('is %s', async (state, script, written) => {
    if (written !== null) write(written);
    const { agent } = setUp({ [PRINT]: NOT_LOADED, ...script });
    expect(await agent.read()).toMatchObject({ means: 'launchd', state, program: written });
  });

  it('says how the app ended last', async () => {
    write();
    const { agent } = setUp({ [PRINT]: job(APP, { lastExit: 'Segmentation fault: 11' }) });
    expect((await agent.read()).detail).toContain('Segmentation fault: 11');
  });
});
