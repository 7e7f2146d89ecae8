/** Redacting takes time in proportion to the text: sixteen times the text, and not the square of it. */
import { describe, expect, it } from 'vitest';
import { TEST_REDACTOR } from '../support/capture-text.ts';

const SMALL = 64 * 1024;
const FACTOR = 16;
/** Twice the time for twice the text would be FACTOR, the square of it FACTOR². */
const MOST = 4 * FACTOR;

/** What begins like a secret, over and over, and never ends like one; what never ends at all. */
const HOSTILE = [
  'a',
  'aB3+/',
  'deadbeef',
  '-',
  '"',
  "'",
  '\\"',
  '[',
  ')',
  'token',
  'token=',
  'token="',
  "password='",
  'password: #',
  '"password":"',
  'token: ["a", ',
  'set token ',
  'TOKEN="$(',
  '$(cookie: ',
  'Authorization: Digest ',
  '"Authorization: ',
  'bearer aaaaaaaa ',
  'key=',
  'sig=',
  '-u a:',
  'mysql -p',
  'htpasswd -b a b ',
  'echo a | ',
  'secrets set a=',
  'login a password ',
  'user a password ',
  '://',
  'http://a:b@',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN ',
  'eyJ-',
  'ghp_',
  'sk-a',
  'SG.aaaaaaaaaaaaaaaa',
  `${'M'.repeat(24)}.`,
  'iVBORw0KGgo',
  '%3Dtoken%3D',
  '\\n',
];

/** Processor time, so that a busy machine does not count; the least of several, so that chance does not. */
function timeOf(text: string, times: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    TEST_REDACTOR.redact(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}

describe('redact', () => {
  it.each(HOSTILE)('stays in proportion to a text of a megabyte that repeats %j', (part) => {
    const text = (length: number) => part.repeat(Math.ceil(length / part.length));
    const small = timeOf(text(SMALL), 3);
    const large = timeOf(text(FACTOR * SMALL), 1);
    // Below some milliseconds the clock tells nothing.
    expect(large / Math.max(small, 3000)).toBeLessThan(MOST);
  });
});
