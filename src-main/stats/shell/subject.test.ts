import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from './subject.ts';

const named = (command: string): string => {
  const { program, subcommand } = subjectOf(command);
  return subcommand === null ? program : `${program}: ${subcommand}`;
};

describe('a command is about', () => {
  it.each([
    ['the program behind a change of folder', 'cd x && npm test', 'npm: test'],
    ['the program behind every preparation', 'set -e; . venv/bin/activate; pytest -q', 'pytest'],
    ['the program behind assignments', 'CI=1 NODE_ENV=test npm run build', 'npm: run build'],
    ['the program behind a lookup of one', 'command -v node || brew install node', 'brew: install'],
    [
      'the program behind a choice of runtime',
      '. ~/.nvm/nvm.sh && nvm use 20 && npm ci',
      'npm: ci',
    ],
    ['the program behind a pause', 'sleep 5; tail log', 'tail'],
    ['the program behind a redirection of all', 'exec 3>&1; make', 'make'],
    ['what exec runs', 'exec -a name node x.js', 'node'],
    ['what stands behind options in a pair', 'docker compose -f x.yml up', 'docker: compose up'],
    ['what sudo runs', 'sudo -u www -E systemctl --user restart nginx', 'systemctl: restart'],
    ['what env runs', 'env -u HOME A=1 B="2 3" git -C "$d" status', 'git: status'],
    ['what a chain of wrappers runs', 'nohup nice -n 5 timeout -k 1 60s cargo test', 'cargo: test'],
    ['what the keyword time measures', 'time make -j8 -C build all', 'make: all'],
    ['what xargs runs', 'xargs -0 -n 1 grep -l x < list', 'grep'],
    ['what a shell is told', `bash -lc 'cd app && yarn run lint'`, 'yarn: run lint'],
    ['what eval is told', 'eval "docker compose up -d"', 'docker: compose up'],
    ['the first program of a pipeline', 'git log --oneline | head -5', 'git: log'],
    ['the first program of a list', 'mkdir -p out; cp a out', 'mkdir'],
    ['a program in a subshell', '(cd packages/a && pnpm --filter a run test)', 'pnpm: run test'],
    ['a program in braces', '{ echo a; ls; } > out', 'echo'],
    ['a program in a condition', 'if [ -f x ]; then rm x; fi', 'rm'],
    ['a program in a loop', 'for f in $(ls); do npx -y tsc "$f"; done', 'npx: tsc'],
    ['a negated program', '! grep -q x y', 'grep'],
    ['a program given by its path', './node_modules/.bin/vitest run', 'vitest'],
    ['a program with blanks in its name', `"/Applications/My App/My Tool" --x`, 'My Tool'],
    ['the reader of a here-document', "python3 - <<'PY'\n…\nPY", 'python3'],
    ['the program before a here-document', 'cat > f <<EOF && ls\n…\nEOF', 'cat'],
    ['a module', 'python3.12 -m pytest tests', 'python3.12: pytest'],
    [
      'a program in an assignment, if there is no other',
      'V=$(git rev-parse HEAD)',
      'git: rev-parse',
    ],
    ['the program beside an assignment', 'V=$(cat version); npm publish', 'npm: publish'],
    ['a preparation, if there is no other', 'cd "$(git rev-parse --show-toplevel)"', 'cd'],
    ['a wrapper that runs nothing', 'sudo -l', 'sudo'],
    ['a program whose name is a variable', '$PYTHON -V', '$PYTHON'],
    ['a toolchain-chosen program', 'cargo +nightly fmt', 'cargo: fmt'],
    ['a program behind a comment', '# why\nls -la', 'ls'],
    ['words in quotes as little as', `git commit -m "cd x && npm test"`, 'git: commit'],
  ])('%s: %s', (_, command, subject) => {
    expect(named(command)).toBe(subject);
  });
});

describe('a command that was cut', () => {
  it.each([
    ['in a quote', 'cd x && npm run "lint and mo…', 'npm: run'],
    ['in a subcommand', 'cd x && npm te…', 'npm'],
    ['in the program', 'cd x && np…', 'cd'],
    ['in a substitution', `git commit -m "$(cat <<'EOF'\n…`, 'git: commit'],
    ['in the text for a shell', `bash -c 'cd x && np…`, 'bash'],
    ['in a condition', 'if npm test; then e…', 'npm: test'],
  ])('%s is named by what is whole: %s', (_, command, subject) => {
    expect(named(command)).toBe(subject);
  });
});

describe('a text that is no command', () => {
  it.each(['', ' \n\t', '#'])(
    'is of a program that nobody knows, if it is blank: %j',
    (command) => {
      expect(subjectOf(command).program).toBe(command === '#' ? '#' : 'unknown');
    },
  );

  it('is named by its first word', () => {
    expect(named(') foo')).toBe(')');
    expect(named('| grep x')).toBe('|');
  });

  it('never stops the count, and gives a short name', () => {
    const piece = fc.constantFrom(
      ...'cd|npm|sudo|env|bash -c|eval|;|&&|(|)|$(|`|"|\'|<<E|\n|{|}|…|A=1|-x|if|then|fi|é|\\'.split(
        '|',
      ),
    );
    const script = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(script, (command) => {
        const { program } = subjectOf(command);
        expect(program.length).toBeGreaterThan(0);
        expect(program.length).toBeLessThanOrEqual(64);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it.each(['(', '$(', '{ ', 'if ', '"$(', '! '])('may open %j without end', (opening) => {
    expect(subjectOf(opening.repeat(20_000)).program.length).toBeGreaterThan(0);
  });

  it('may start shells in shells without end', () => {
    let command = 'ls';
    for (let i = 0; i < 8; i++) command = `bash -c ${JSON.stringify(command)}`;
    expect(subjectOf(command).program).toBe('bash');
  });
});
