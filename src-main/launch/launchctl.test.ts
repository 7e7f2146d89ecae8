import { describe, expect, it } from 'vitest';
import { printedDisabled, printedJob } from '../../test/support/launchd-text.ts';
import { createScriptedRunner } from '../../test/support/scripted-runner.ts';
import { createLaunchctl, parseDisabled, parseJob } from './launchctl.ts';

const JOB = { label: 'a.b', file: '/L/a.b.plist', program: '/Apps/A b.app/A' };

function launchctl(script: Parameters<typeof createScriptedRunner>[0]) {
  const { run, calls } = createScriptedRunner(script);
  const pauses: number[] = [];
  const ctl = createLaunchctl({ run, uid: 501, pause: async (ms) => void pauses.push(ms) });
  return { ctl, calls, pauses };
}

describe('what launchctl prints', () => {
  it('is read for the job itself, not for what is nested in it', () => {
    expect(parseJob(printedJob({ ...JOB, pid: 42 }))).toEqual({
      file: '/L/a.b.plist',
      program: '/Apps/A b.app/A',
      pid: 42,
      lastExit: null,
    });
    expect(parseJob(printedJob({ ...JOB, lastExit: '78: EX_CONFIG' }))).toMatchObject({
      pid: null,
      lastExit: '78: EX_CONFIG',
    });
  });

  it('may say nothing that is known', () => {
    expect(parseJob('something else')).toEqual({
      file: null,
      program: null,
      pid: null,
      lastExit: null,
    });
  });

  it('names what is switched off in the words of old and of new systems', () => {
    const text = `${printedDisabled({ 'a.on': false, 'a.off': true })}\n\t"b.old" => true\n\t"b.not" => false\n`;
    expect([...parseDisabled(text)]).toEqual(['a.off', 'b.old']);
  });
});

describe('unloading a job', () => {
  it.each([3, 113])('is done where none is loaded (code %i)', async (code) => {
    const { ctl, calls } = launchctl({ 'launchctl bootout gui/501/a.b': { code } });
    expect(await ctl.bootout('a.b')).toBe(true);
    expect(calls).toEqual(['launchctl bootout gui/501/a.b']);
  });

  it('waits until launchd no longer knows it', async () => {
    const loaded = { stdout: printedJob(JOB) };
    const { ctl, pauses } = launchctl({
      'launchctl bootout gui/501/a.b': { code: 36 },
      'launchctl print gui/501/a.b': [loaded, loaded, { code: 113 }],
    });
    expect([await ctl.bootout('a.b'), pauses.length]).toEqual([true, 2]);
  });

  it('gives up on a job that stays, and on a refusal', async () => {
    const stays = launchctl({ 'launchctl print gui/501/a.b': { stdout: printedJob(JOB) } });
    expect(await stays.ctl.bootout('a.b')).toBe(false);
    const refused = launchctl({ 'launchctl bootout gui/501/a.b': { code: 5 } });
    expect(await refused.ctl.bootout('a.b')).toBe(false);
    expect(refused.calls).toHaveLength(1);
  });
});
