import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { findVerb, helpText, VERBS } from './verbs.ts';

const read = (...args: readonly string[]) => readArguments('/usr/bin/hookline', args);

describe('arguments', () => {
  it.each(VERBS.map(({ name }) => [name]))('name the verb %s', (name) => {
    expect(read(name)).toMatchObject({ kind: 'run', verb: { name } });
  });

  it('carry the options that the verb knows', () => {
    expect(read('install', '--yes', '--json')).toMatchObject({
      kind: 'run',
      options: new Set(['yes', 'json']),
    });
    expect(read('status')).toMatchObject({ options: new Set() });
  });

  it('are help when nothing is asked for, and refresh and open under the short name', () => {
    expect(read()).toEqual({ kind: 'help', verb: undefined });
    expect(readArguments('/home/me/.local/bin/ccc', [])).toEqual({ kind: 'refresh-and-open' });
    expect(readArguments('ccc', ['status'])).toMatchObject({
      kind: 'run',
      verb: { name: 'status' },
    });
    expect(readArguments('/home/ccc/bin/hookline', [])).toMatchObject({ kind: 'help' });
  });

  it.each([[['--help']], [['-h']], [['help']]])('%j ask for help', (args) => {
    expect(read(...args)).toEqual({ kind: 'help', verb: undefined });
  });

  it.each([[['refresh', '--help']], [['refresh', '-h']], [['help', 'refresh']]])(
    '%j ask for help with a verb',
    (args) => {
      expect(read(...args)).toEqual({ kind: 'help', verb: findVerb('refresh') });
    },
  );

  it('ask for the version', () => {
    expect(read('--version')).toEqual({ kind: 'version' });
  });

  it.each([
    [['bogus'], 'there is no verb "bogus"'],
    [['--bogus'], 'there is no verb "--bogus"'],
    [['refresh', '--yes'], "refresh: Unknown option '--yes'"],
    [['refresh', 'now'], /^refresh: .*now/],
    [['refresh', '--json=1'], /^refresh: .*--json/],
    [['install', '-x'], /^install: .*-x/],
    [['settings', 'a', 'b', 'c'], 'settings: unexpected "c"'],
  ])('%j are wrong, and it is said how', (args, message) => {
    const request = read(...args);
    expect(request.kind).toBe('wrong');
    expect(request).toMatchObject({ message: expect.stringMatching(message) });
  });
});

describe('help', () => {
  it('names every verb, what it does, and the exit codes', () => {
    const text = helpText();
    for (const { name, summary } of VERBS) expect(text).toContain(`  ${name.padEnd(11)}${summary}`);
    expect(text).toMatch(/0 done, 1 not done .*, 2 wrong usage/);
    expect(text).toContain('ccc');
  });

  it.each(VERBS.map((verb) => [verb.name, verb]))(
    'with %s names its options and operands',
    (_, verb) => {
      const text = helpText(verb);
      expect(text).toContain(`Usage: hookline ${verb.name}`);
      for (const option of verb.options) expect(text).toMatch(new RegExp(`^ {2}--${option} `, 'm'));
      for (const operand of verb.operands ?? []) expect(text).toContain(`[${operand}]`);
    },
  );

  it('fits a terminal of 100 columns', () => {
    const lines = [helpText(), ...VERBS.map(helpText)].flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
