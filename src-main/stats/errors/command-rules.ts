/**
 * Classes of commands that exited with an error, by what the command was for and by its exit code.
 * What a command printed is not needed for these.
 */
import type { Subject } from '../shell/subject.ts';
import type { ErrorClass } from './error-class.ts';

/** Codes that the shell gives, whatever the command is. */
export function classOfExitCode(exitCode: number | null, command: string): ErrorClass | null {
  switch (exitCode) {
    case 124:
      return /\bg?timeout /.test(command) ? 'timeout' : null;
    case 126:
      return 'permission_denied';
    case 127:
      return 'command_not_found';
    case 130:
      return 'interrupted';
    // SIGKILL and SIGTERM: somebody, or the system for want of memory, ended it.
    case 137:
    case 143:
      return 'killed';
    case 134:
    case 135:
    case 136:
    case 139:
      return 'crash';
    default:
      return null;
  }
}

const nameIn = (names: string): RegExp =>
  new RegExp(`^(?:${names.replaceAll(' ', '|')})(?:[:_-]|$)`);

/** What failing tasks are called, by the name of the task or of the program that does it alone. */
const CHECKS: readonly (readonly [ErrorClass, RegExp])[] = [
  [
    'test_failure',
    nameIn(
      'test tests spec e2e t vitest jest mocha ava pytest unittest nextest tox nox rspec phpunit ctest playwright cypress bats karma',
    ),
  ],
  ['type_check', nameIn('tsc tsgo vue-tsc typecheck type-check types mypy pyright')],
  [
    'lint',
    nameIn(
      'lint eslint biome oxlint prettier stylelint ruff flake8 pylint black isort rubocop golangci-lint shellcheck hadolint clippy fmt vet swiftlint ktlint',
    ),
  ],
];

const TASKS: readonly (readonly [ErrorClass, RegExp])[] = [
  [
    'build',
    nameIn(
      'build compile make cmake ninja gcc g\\+\\+ clang clang\\+\\+ cc rustc javac webpack rollup esbuild xcodebuild',
    ),
  ],
  ['package_install', nameIn('install ci i add')],
];

const SYNTAX_CHECK =
  /(?:^|[\s;&|(])(?:(?:ba|z|da|k)?sh -n|node (?:--check|-c)|php -l|ruby -c|python3? -m (?:py_compile|compileall)) /;

/** Classes that the aim of a command tells more surely than what it printed. */
export function classOfCheck(command: string, subject: Subject): ErrorClass | null {
  if (SYNTAX_CHECK.test(command)) return 'syntax';
  return taskClass(subject, CHECKS);
}

/** Classes of commands that told nothing better. */
export function classOfSubject(subject: Subject, exitCode: number | null): ErrorClass | null {
  if (subject.program === 'git') return classOfGit(subject.subcommand, exitCode);
  return classOfTransfer(subject.program, exitCode) ?? taskClass(subject, TASKS);
}

/** Programs whose subcommands are no tasks of a project. */
const NO_TASKS: ReadonlySet<string> = new Set([
  'git',
  'gh',
  'glab',
  'systemctl',
  'tmux',
  'launchctl',
]);

function taskClass(
  { program, subcommand }: Subject,
  rules: readonly (readonly [ErrorClass, RegExp])[],
): ErrorClass | null {
  if (NO_TASKS.has(program)) return null;
  const task = subcommand?.split(' ').at(-1)?.split('/').at(-1) ?? '';
  const fits = (name: string) => rules.find(([, names]) => names.test(name))?.[0];
  return fits(task) ?? fits(program) ?? null;
}

/** What these leave with code 1 when two changes cannot be brought together. */
const MERGING: ReadonlySet<string> = new Set(
  'am cherry-pick merge pull rebase revert stash'.split(' '),
);

function classOfGit(subcommand: string | null, exitCode: number | null): ErrorClass {
  return exitCode === 1 && MERGING.has(subcommand ?? '') ? 'git_conflict' : 'git';
}

/** What the exit codes of these programs say, by their manuals. */
const TRANSFERS: Readonly<
  Record<string, Readonly<Partial<Record<ErrorClass, readonly number[]>>>>
> = {
  curl: { dns: [5, 6], http_error: [22], network: [7, 28, 35, 52, 55, 56, 60] },
  wget: { network: [4, 5], authentication: [6], http_error: [8] },
  ssh: { network: [255] },
  scp: { network: [255] },
  sftp: { network: [255] },
};

function classOfTransfer(program: string, exitCode: number | null): ErrorClass | null {
  const codes = Object.hasOwn(TRANSFERS, program) ? TRANSFERS[program] : undefined;
  if (codes === undefined || exitCode === null) return null;
  const found = Object.entries(codes).find(([, known]) => known.includes(exitCode));
  return (found?.[0] as ErrorClass | undefined) ?? null;
}
