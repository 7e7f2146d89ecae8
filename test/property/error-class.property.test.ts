import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, classOfMessage, type FailedEvent } from '../../src-main/stats/errors/class-of.ts';
import { isErrorClass, severityOf } from '../../src-main/stats/errors/error-class.ts';

const SEED = { seed: 20260302, numRuns: 500 };

const text = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom('exit_code', 'other', 'toString', '__proto__', 'timeout', 'rate_limit'),
  ),
);

const failedEvent: fc.Arbitrary<FailedEvent> = fc.record({
  hookEvent: fc.constantFrom('PostToolUseFailure', 'PostToolBatch', 'StopFailure', ''),
  outcome: fc.constantFrom('failed', 'timed_out', null),
  exitCode: fc.option(fc.integer({ min: -1, max: 300 })),
  errorClass: text,
  error: text,
  command: text,
  told: text,
});

/** What rules begin with, over and over, so that one that looks back would do so at each place. */
const HOSTILE = [
  'a',
  ' ',
  '1',
  'sh: 1: ',
  'spawn ',
  "thread '",
  'status ',
  'status code: ',
  'HTTP/1.1 ',
  'permission ',
  'connection ',
  'port 1',
  'error TS1',
  'certificate ',
  'Found 1',
  'Permission to use ',
  '\\',
  '\n',
];

describe('the class of an error', () => {
  it('is one of the table, with a severity, whatever the event holds', () => {
    fc.assert(
      fc.property(failedEvent, (event) => {
        const name = classOf(event);
        expect(isErrorClass(name)).toBe(true);
        expect(['low', 'medium', 'high', 'critical']).toContain(severityOf(name));
        expect(classOf(event)).toBe(name);
      }),
      SEED,
    );
  });

  it('is not changed by what stands in front of a plain message but space', () => {
    const message = fc.constantFrom(
      'listen EADDRINUSE: address already in use',
      'fatal: not a git repository',
      'getaddrinfo ENOTFOUND host',
      'nothing that is known',
    );
    fc.assert(
      fc.property(message, fc.stringMatching(/^[ \t]{0,9}$/), (said, space) => {
        expect(classOfMessage(space + said)).toBe(classOfMessage(said));
      }),
      SEED,
    );
  });

  it('is told by the first line alone: no later line of a message changes it', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(classOfMessage(`nothing that is known\n${rest}`)).toBeNull();
      }),
      SEED,
    );
  });

  it.each(HOSTILE)('is told of megabytes of %j in the time of a page of it', (part) => {
    const long = part.repeat(Math.ceil(4_000_000 / part.length));
    const event: FailedEvent = {
      hookEvent: 'PostToolUseFailure',
      outcome: 'failed',
      exitCode: 1,
      errorClass: 'exit_code',
      error: long,
      command: 'x',
      told: long,
    };
    // A rule that is not linear would not end within the time that a test has.
    expect(isErrorClass(classOf(event))).toBe(true);
    expect(isErrorClass(classOf({ ...event, errorClass: null }))).toBe(true);
  });
});
