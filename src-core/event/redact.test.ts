import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../../test/support/capture-text.ts';
import { keyedHash } from '../journal/sum.ts';
import { createRedactor, redactBeginning } from './redact.ts';

const redact = (text: string) => TEST_REDACTOR.redact(text);

/** Tokens as their issuers make them; none was ever valid. */
const TOKENS = [
  `sk-ant-api03-${'A1'.repeat(20)}`,
  `sk-proj-${'b2'.repeat(20)}`,
  `ghp_${'a'.repeat(36)}`,
  `github_pat_${'a1'.repeat(15)}`,
  `glpat-${'x'.repeat(20)}`,
  `xoxb-${'1'.repeat(12)}-abc`,
  'AKIAIOSFODNN7EXAMPLE',
  `AIza${'c'.repeat(35)}`,
  `npm_${'d'.repeat(36)}`,
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig-_x',
];

/** Commands with the secret `hunter2` in them. */
const PASSWORDS = [
  'psql postgres://bob:hunter2@db/x',
  'https://:hunter2@x/y',
  'curl -u bob:hunter2 https://x',
  'mysql --password=hunter2 db',
  'mysql --password hunter2 db',
  'sshpass -p hunter2 ssh h',
  'export DB_PASSWORD=hunter2; run',
  "API_KEY='hunter2 x' run",
  '{"client_secret": "hunter2"}',
];

const PLAIN = [
  'git commit -m "Fix the token refresh"',
  'cat tokens.ts && grep -rn password src',
  'git show 9fceb02d0ae598e95dc970b74767f19372d61af8',
  'cd "$(pwd)" && npm test -- --reporter dot',
  'https://example.org/a?b=c',
  'passwd bob',
  '',
];

describe('redact', () => {
  it.each(TOKENS)('replaces %s by a keyed hash, wherever it stands', (token) => {
    const shown = redact(token);
    expect(shown).toMatch(/^\[redacted:[0-9a-f]{8}\]$/);
    expect(redact(`echo ${token} done`)).toBe(`echo ${shown} done`);
    expect(redact(`"${token}"`)).toBe(`"${shown}"`);
  });

  it.each(PASSWORDS)('takes the password out of %j and leaves what stands before it', (text) => {
    const shown = redact(text);
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('[redacted]');
    const before = text.slice(0, text.search(/["']?hunter2/));
    expect(shown.startsWith(before)).toBe(true);
  });

  it.each([
    ['Authorization: Bearer hunter2hunter2', 'Authorization: Bearer '],
    ['curl -H "x-api-key: hunter2" https://x', 'curl -H "x-api-key: '],
  ])('takes the token out of %j', (text, rest) => {
    expect(redact(text)).not.toContain('hunter2');
    expect(redact(text).startsWith(rest)).toBe(true);
  });

  it('replaces a whole private key, also one without an end', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n';
    expect(redact(`a ${key}-----END RSA PRIVATE KEY----- b`)).toMatch(/^a \[redacted:\w{8}\] b$/);
    expect(redact(`a ${key}`)).toMatch(/^a \[redacted:\w{8}\]$/);
  });

  it.each(PLAIN)('leaves %j as it is', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each([...TOKENS, ...PASSWORDS])('changes %j once', (text) => {
    expect(redact(redact(text))).toBe(redact(text));
  });

  it('gives another key other substitutes, and a password none that could be guessed', () => {
    const other = createRedactor(keyedHash(Buffer.from('another key')));
    const token = TOKENS[0] ?? '';
    expect(other.redact(token)).not.toBe(redact(token));
    expect(redact('--password=a')).toBe(redact('--password=b'));
  });
});

describe('redactBeginning', () => {
  const begin = (text: string) => redactBeginning(TEST_REDACTOR, text, 50);

  it('redacts before it cuts, so that half a token never stays', () => {
    const shown = begin(`${'x'.repeat(30)} ghp_${'a'.repeat(36)}`);
    expect(shown).toMatch(/^x{30} \[redacted:\w{8}\]$/);
  });

  it('reads only the beginning of a text of megabytes', () => {
    expect(begin(`run sk-${'a'.repeat(20_000_000)}`)).toMatch(/^run \[redacted:\w{8}\]…$/);
    expect(begin('eyJaaaaaaaa-'.repeat(1_000_000)).length).toBeLessThanOrEqual(50);
  });

  it('leaves out a token that the end of the beginning cuts through', () => {
    // A long key shrinks to a few characters, so that what follows it comes into sight.
    const key = `-----BEGIN PRIVATE KEY-----${'A'.repeat(8120)}-----END PRIVATE KEY-----`;
    expect(begin(`${key} ghp_${'a'.repeat(3000)}`)).toMatch(/^\[redacted:\w{8}\]…$/);
  });
});
