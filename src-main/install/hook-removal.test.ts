import { describe, expect, it } from 'vitest';
import { planHookRemoval } from './hook-removal.ts';
import { planHookInstall } from './hook-settings.ts';

const OPTIONS = {
  path: 'settings.json',
  launcher: '/h/.claude/hooks/hookline/hookline-hook',
  form: 'exec',
  preToolUse: false,
  known: null,
} as const;
const MINE = '{"hooks":[{"type":"command","command":"notify"}]}';

function installed(text: string) {
  const plan = planHookInstall(Buffer.from(text), OPTIONS);
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
  return { text: plan.after.toString('utf8'), written: plan.written };
}

function removed(text: string, written: ReturnType<typeof installed>['written'] | null) {
  const plan = planHookRemoval('settings.json', Buffer.from(text), written);
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
  return { how: plan.how, text: plan.after?.toString('utf8'), remains: plan.remains };
}

describe('taking our entries out', () => {
  it('leaves no file where there was none', () => {
    const plan = planHookInstall(null, OPTIONS);
    if (plan.kind !== 'plan') throw new Error(plan.kind);
    expect(planHookRemoval('s', plan.after, plan.written)).toMatchObject({
      after: null,
      how: 'original',
    });
  });

  it('has nothing to do where there is no file or nothing of ours', () => {
    expect(planHookRemoval('s', null, null)).toEqual({ kind: 'unchanged', remains: [] });
    expect(planHookRemoval('s', Buffer.from('{}'), null).kind).toBe('unchanged');
  });

  it('cuts its stretches where the user has changed another line since', () => {
    const { text, written } = installed('{\n  "model": "opus", // big\n  "x": 1\n}\n');
    expect(removed(text.replace('opus', 'sonnet'), written)).toEqual({
      how: 'spans',
      text: '{\n  "model": "sonnet", // big\n  "x": 1\n}\n',
      remains: [],
    });
  });

  it('keeps a group that the user has added behind ours', () => {
    const { text, written } = installed('{"hooks":{"Stop":[]}}');
    const added = text.replace('"timeout":5}]}],', `"timeout":5}]},${MINE}],`);
    expect(added).not.toBe(text);
    expect(removed(added, written)).toMatchObject({ text: `{"hooks":{"Stop":[${MINE}]}}` });
  });

  it('keeps a property that the user has added behind our hooks', () => {
    const { text, written } = installed('{\n}\n');
    const added = `${text.slice(0, text.lastIndexOf('}')).trimEnd()},\n  "model": "opus"\n}\n`;
    expect(removed(added, written)).toMatchObject({ text: '{\n  "model": "opus"\n}\n' });
  });

  it('goes by the entries where the client has laid the file out anew', () => {
    const { text, written } = installed('{"model":"opus","hooks":{"Stop":[]}}');
    const anew = `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
    const result = removed(anew, written);
    expect(result.how).toBe('entries');
    expect(JSON.parse(result.text ?? '')).toEqual({ model: 'opus', hooks: { Stop: [] } });
  });

  it('keeps an empty list that was there before and drops the ones that came with us', () => {
    const { text, written } = installed('{"hooks":{"Stop":[]}}');
    const known = { ...written, cuts: [], afterSha256: '' };
    expect(removed(text, known).text).toBe('{"hooks":{"Stop":[]}}');
    expect(removed(text, null).text).toBe('{}');
  });

  it('keeps an empty hooks that was there before', () => {
    const { text, written } = installed('{"hooks":{}}');
    expect(removed(text, { ...written, cuts: [], afterSha256: '' }).text).toBe('{"hooks":{}}');
  });

  it('keeps a comment inside of a group of ours', () => {
    const { text } = installed('{\n  "model": "opus"\n}\n');
    const noted = text.replace('"matcher": "*",', '"matcher": "*", // all of them');
    expect(removed(noted, null).text).toContain('// all of them');
  });

  it('keeps the comments that others wrote around and inside of our entries', () => {
    const { text } = installed('{\n  "model": "opus"\n}\n');
    const noted = text
      .replace('"Stop": [', '"Stop": [ // ask Kim')
      .replace('"hooks": {\n    "SessionStart"', '"hooks": { /* all hooks */\n    "SessionStart"');
    const result = removed(noted, null);
    expect(result.text).toContain('// ask Kim');
    expect(result.text).toContain('/* all hooks */');
    expect(result.text).not.toContain('hookline-hook');
  });

  it('does not let a line comment swallow what stands behind us', () => {
    const ours =
      '{"hooks":[{"type":"command","command":"/h/hookline/hookline-hook","args":["capture"]}]}';
    const text = `{"hooks":{"Stop":[${MINE}, // theirs\n${ours}, ${ours}, ${MINE}]}}`;
    const result = removed(text, null);
    expect(result.text).toBe(`{"hooks":{"Stop":[${MINE}, // theirs\n ${MINE}]}}`);
  });

  it('says where we are still named', () => {
    const { text, written } = installed('{\n  "model": "opus"\n}\n');
    const noted = text.replace('"opus"', '"opus", // hookline-hook, see below');
    expect(() => removed(noted, written)).not.toThrow();
    const note = '{\n  // was: hookline-hook capture\n}\n';
    expect(planHookRemoval('s', Buffer.from(note), null)).toEqual({
      kind: 'unchanged',
      remains: ['line 2 still names hookline-hook'],
    });
  });

  it('cuts its stretches where the copy of the original is lost', () => {
    const { text, written } = installed('{"a":1}');
    const result = removed(text, { ...written, original: { kind: 'unknown' } });
    expect(result).toEqual({ how: 'spans', text: '{"a":1}', remains: [] });
  });
});
