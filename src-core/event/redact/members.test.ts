import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../../../test/support/capture-text.ts';
import { plantedSecret } from '../../../test/support/planted-secrets.ts';
import { redactEnvironment, redactMembers } from './members.ts';

const redacted = (value: unknown) => redactMembers(value, TEST_REDACTOR.redact);
const { text: token } = plantedSecret('npm token', 1);

describe('redactMembers', () => {
  it('keeps the structure, the names and what is no text', () => {
    const value = { a: [1, null, true, { b: 'c' }], d: {}, e: [], max_tokens: 4096 };
    expect(redacted(value)).toEqual(value);
  });

  it('takes secrets out of texts at any depth, and out of names that are one', () => {
    const shown = JSON.stringify(redacted({ a: [{ b: `x ${token} y` }], [token]: 1 }));
    expect(shown).not.toContain(token);
    expect(shown).toMatch(/^\{"a":\[\{"b":"x \[redacted:\w{8}\] y"\}\],"\[redacted:\w{8}\]":1\}$/);
  });

  it('hides the values of secret names, whatever they look like', () => {
    expect(redacted({ password: 'hunter2', n: 1, dbPassword: 1234 })).toEqual({
      password: '[redacted]',
      n: 1,
      dbPassword: '[redacted]',
    });
    expect(redacted({ api_keys: ['one', { more: 'two' }], secret: 'a "b" \\ c' })).toEqual({
      api_keys: ['[redacted]', { more: '[redacted]' }],
      secret: '[redacted]',
    });
  });

  it('knows a member that tells its name in another one', () => {
    const variable = { name: 'DB_PASSWORD', value: 'hunter2' };
    expect(redacted([variable, { ...variable, name: 'HOST' }])).toEqual([
      { name: 'DB_PASSWORD', value: '[redacted]' },
      { name: 'HOST', value: 'hunter2' },
    ]);
  });

  it('leaves references, types and numbers under such names', () => {
    const value = { token: '$TOKEN', password: '$PASSWORD', secret: 'true', tokens: 12 };
    expect(redacted(value)).toEqual(value);
  });
});

describe('redactEnvironment', () => {
  it('hides every value, also with line numbers, as a patch, in quotes and over lines', () => {
    const text = [
      'A=one',
      'export B = "two words"',
      "     3\tC='three",
      "lines'",
      '+D=four # five',
      '# a comment',
      'E=',
    ].join('\n');
    expect(redactEnvironment(text)).toBe(
      [
        'A=[redacted]',
        'export B = [redacted]',
        '     3\tC=[redacted]',
        '+D=[redacted]',
        '# a comment',
        'E=',
      ].join('\n'),
    );
    expect(redactEnvironment(redactEnvironment(text))).toBe(redactEnvironment(text));
  });
});
