/** What a program is told to do, for the programs whose name alone does not say it. */
import { skipOptions } from './options.ts';

/** A program with subcommands. */
interface Commander {
  /** Its options before the last word of the subcommand whose value is the next word. */
  readonly valued: ReadonlySet<string>;
  /** Subcommands that say little without the word behind them: `run test`. */
  readonly pairs: ReadonlySet<string>;
}

const commander = (valued = '', pairs = ''): Commander => ({
  valued: new Set(valued.split(' ')),
  pairs: new Set(pairs.split(' ')),
});

const PLAIN =
  'ansible apt apt-get asdf aws az brew bundle bunx cdk claude codex composer conda dart dnf dotnet expo firebase flutter fly gcloud gem gradle gradlew heroku hg ip just launchctl lerna mise mix mvn netlify ng nx openssl pacman pip pip3 pipx pnpx poetry prisma rails rake rustup security snap sst supabase svn swift systemctl task terraform tmux tofu turbo vercel vite volta wrangler xcodebuild xcrun yum';

const COMPOSE = '-f --file -p --project-name --profile --env-file';

const COMMANDERS: ReadonlyMap<string, Commander> = new Map([
  ...PLAIN.split(' ').map((name): [string, Commander] => [name, commander()]),
  ['bun', commander('--cwd --filter', 'run x')],
  ['cargo', commander('--manifest-path --config -Z -C')],
  ['deno', commander('', 'task')],
  [
    'docker',
    commander(`-H --host -c --context --config -l ${COMPOSE}`, 'compose container image volume'),
  ],
  ['gh', commander('-R --repo', 'pr issue run repo release workflow')],
  ['git', commander('-C -c --git-dir --work-tree --namespace')],
  ['glab', commander('-R --repo', 'mr issue ci')],
  ['go', commander('-C', 'mod')],
  ['helm', commander('-n --namespace --kube-context --kubeconfig')],
  ['kubectl', commander('-n --namespace --context --kubeconfig')],
  ['make', commander('-C -f -I -o -W --directory --file')],
  ['npm', commander('--prefix -w --workspace -C', 'run run-script exec x')],
  ['npx', commander('-p --package')],
  ['pnpm', commander('--filter -F -C --dir', 'run exec dlx')],
  ['podman', commander(`--connection -c ${COMPOSE}`, 'compose')],
  ['uv', commander('--directory --project --with --python -p --extra --group', 'run pip tool')],
  ['yarn', commander('--cwd', 'run exec dlx workspace')],
]);

/** Interpreters whose `-m` names the module that is run. */
const MODULE_RUNNER = /^(?:python|pypy)[\d.]*$/;
/** What can name a task: neither a path nor a value. */
const WORD = /^[\w@][\w@:./-]{0,39}$/;

/** The subcommand among the arguments of a program; null where it has none, or none that is plain. */
export function subcommandOf(program: string, args: readonly string[]): string | null {
  if (MODULE_RUNNER.test(program)) return args[0] === '-m' ? plain(args[1]) : null;
  const known = COMMANDERS.get(program);
  if (known === undefined) return null;
  const operands = args.filter((word) => !/^(?:\w+=|\+)/.test(word));
  const at = skipOptions(operands, known.valued);
  const first = plain(operands[at]);
  if (first === null || !known.pairs.has(first)) return first;
  const rest = operands.slice(at + 1);
  const second = plain(rest[skipOptions(rest, known.valued)]);
  return second === null ? first : `${first} ${second}`;
}

function plain(word: string | undefined): string | null {
  return word !== undefined && WORD.test(word) ? word : null;
}
