/** What completes the verbs and their options in a shell, made from the table of verbs. Pure. */
import { defaultSettings } from '../../src-core/contract/settings.ts';
import { COMMON_OPTIONS, VERBS, type Verb } from './verbs.ts';

/** The script for a shell; null for one that is not known. */
export function completionFor(shell: string): string | null {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return zsh();
    case 'fish':
      return fish();
    default:
      return null;
  }
}

function bash(): string {
  const cases = VERBS.map((verb) => `      ${verb.name}) words='${wordsOf(verb).join(' ')}' ;;`);
  return `# hookline completion for bash
_hookline() {
  local words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${VERBS.map(({ name }) => name).join(' ')} --help --version'
  else
    case \${COMP_WORDS[1]} in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _hookline hookline ccc`;
}

function zsh(): string {
  const verbs = VERBS.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = VERBS.map((verb) => `      ${verb.name}) compadd -- ${wordsOf(verb).join(' ')} ;;`);
  return `#compdef hookline ccc
# hookline completion for zsh
_hookline() {
  local -a verbs
  verbs=(
${verbs.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
  else
    case $words[2] in
${cases.join('\n')}
    esac
  fi
}
compdef _hookline hookline ccc`;
}

function fish(): string {
  const lines = VERBS.flatMap((verb) => [
    `complete -c hookline -n __fish_use_subcommand -a ${verb.name} -d ${quoted(verb.summary)}`,
    ...wordsOf(verb).map((word) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c hookline -n '__fish_seen_subcommand_from ${verb.name}' ${what}`;
    }),
  ]);
  return `# hookline completion for fish
complete -c hookline -f
complete -c ccc -w hookline
${lines.join('\n')}`;
}

/** What may follow a verb. */
function wordsOf({ name, options, values = [] }: Verb): readonly string[] {
  const operands: Readonly<Record<string, readonly string[]>> = {
    completion: ['bash', 'zsh', 'fish'],
    settings: Object.keys(defaultSettings),
  };
  const all = [...options, ...values, ...COMMON_OPTIONS, 'help'];
  return [...(operands[name] ?? []), ...all.map((option) => `--${option}`)];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
