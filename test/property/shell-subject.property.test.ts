import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../src-main/stats/shell/subject.ts';

const SEED = { seed: 20260303, numRuns: 1000 };

/** Commands as people write them, whole and of one simple command each. */
const simple = fc.constantFrom(
  'npm test',
  'npm run build',
  'git commit -m "a b"',
  'git -C /w log --oneline',
  'cargo test --release',
  'python3 -m pytest -q',
  'docker compose up -d',
  './node_modules/.bin/vitest run',
  'make -C src all',
  'ls -la',
);

/** Pieces of shell syntax, so that what is made of them nests, and is torn, in any way. */
const piece = fc.constantFrom(
  ...['npm', ' ', 'test', ' && ', ' || ', ' | ', '; ', '\n', '$(', ')', '`', '"', "'", '\\', '#'],
  ...['<<EOF', 'EOF', '{ ', '; }', '(', 'for i in a; do ', '; done', 'if x; then ', '; fi', '…'],
  ...['A=1 ', 'sudo ', 'env ', 'bash -c ', 'eval ', '>', '2>&1', '&', '${', '}', '[[', ']]', '=('],
);

describe('the program that a command is about', () => {
  it('has a name, whatever the text is', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(texts, (command) => {
        const { program, subcommand } = subjectOf(command);
        expect(program.length).toBeGreaterThan(0);
        expect(program.length).toBeLessThanOrEqual(64);
        expect(subcommand === null || subcommand.length > 0).toBe(true);
        expect(subjectOf(command)).toEqual({ program, subcommand });
      }),
      SEED,
    );
  });

  it('is the same with more space around it and between its words', () => {
    const space = fc.stringMatching(/^[ \t]{1,5}$/);
    fc.assert(
      fc.property(simple, space, (command, gap) => {
        const wider = command.replace(/(?<!"[^"]*) /g, gap);
        expect(subjectOf(`${gap}${wider}${gap}`)).toEqual(subjectOf(command));
      }),
      SEED,
    );
  });

  it('is the same behind assignments, wrappers and preparations, in any number', () => {
    const prefix = fc.oneof(
      fc
        .tuple(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,9}$/), fc.stringMatching(/^[a-z0-9/.]{0,9}$/))
        .map(([name, value]) => `${name}=${value} `),
      fc.constantFrom('sudo -u www ', 'env CI=1 ', 'time ', 'nice -n 5 ', 'timeout 60 ', 'nohup '),
    );
    const before = fc.constantFrom('', 'cd /w && ', 'cd "a b"; ', 'export A=1 && ', 'set -e\n');
    fc.assert(
      fc.property(
        before,
        fc.array(prefix, { maxLength: 4 }),
        simple,
        (first, prefixes, command) => {
          // An assignment is one only where a command may begin, or behind `env` and `sudo`.
          const ordered = [
            ...prefixes.filter((part) => /^\w+=/.test(part)),
            ...prefixes.filter((part) => !/^\w+=/.test(part)),
          ];
          expect(subjectOf(first + ordered.join('') + command)).toEqual(subjectOf(command));
        },
      ),
      SEED,
    );
  });

  it('is the same in front of a pipe, a redirection or another command', () => {
    const after = fc.constantFrom(
      ' | tail',
      ' 2>&1',
      ' > out.txt',
      ' && echo done',
      '; true',
      ' &',
    );
    fc.assert(
      fc.property(simple, after, (command, rest) => {
        expect(subjectOf(command + rest)).toEqual(subjectOf(command));
      }),
      SEED,
    );
  });

  it.each([
    '(',
    '$(',
    '`',
    '"',
    "'",
    '{ ',
    'if x; then ',
    '<<A\n',
    'a | ',
    'a && ',
    '${',
    'A=1 ',
    'sudo ',
    "bash -c '",
    '\\',
  ])('is told of a long row of %j without end in the time that a test has', (part) => {
    // A command is stored cut to 200 characters; this is a hundred times as long.
    expect(subjectOf(part.repeat(Math.ceil(20_000 / part.length))).program).not.toBe('');
  });
});
