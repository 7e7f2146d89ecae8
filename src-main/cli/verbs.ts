/** The verbs of the command line: what each is for and which options it takes. Pure. */

/** Options that a verb may take. */
export type Option =
  | 'json'
  | 'yes'
  | 'dry-run'
  | 'quiet'
  | 'again'
  | 'undo'
  | 'only'
  | 'retire-old'
  | 'keep-old'
  | 'vacuum'
  | 'exclude'
  | 'ccc';

/** Options that a value stands behind. */
export type ValueOption =
  | 'session'
  | 'project'
  | 'match'
  | 'format'
  | 'from'
  | 'to'
  | 'tool'
  | 'out'
  | 'bundle'
  | 'level';

/** What every verb takes. */
export const COMMON_OPTIONS: readonly Option[] = ['quiet'];

/** A verb as `--help` shows it. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  readonly values?: readonly ValueOption[];
  /** What may stand behind the verb, in order. */
  readonly operands?: readonly string[];
  /** More to say, below the usage. */
  readonly details: string;
}

const OPTION_TEXT: Readonly<Record<Option, string>> = {
  json: '--json       print the result as one JSON object',
  yes: '--yes        do it without asking',
  'dry-run': '--dry-run    show what would be done, and do nothing',
  quiet: '--quiet      print nothing but what went wrong; with --json that alone',
  again: '--again      take over once more what was taken back',
  undo: '--undo       take back the run of that number',
  only: '--only       only the parts that stand behind it, separated by commas',
  'retire-old': '--retire-old take the older hooks and agents out of service as well',
  'keep-old': '--keep-old   leave them in service, or put them back into it',
  vacuum: '--vacuum     write the database anew, which needs room and holds up who writes into it',
  exclude: '--exclude    keep the folder out of the record from now on',
  ccc: '--ccc        put the short name "ccc" on PATH as well',
};

const VALUE_TEXT: Readonly<Record<ValueOption, string>> = {
  session: '--session <id>      what happened in that session',
  project: '--project <folder>  what happened in that folder or below it',
  match: '--match <text>      what holds that text',
  format: '--format <format>   csv (default), or jsonl: the lines of our own files',
  from: '--from <day>        from that day or time on',
  to: '--to <day>          up to the end of that day, or that time',
  tool: '--tool <name>       calls of that tool',
  out: '--out <file>        write there; without it, to the terminal',
  bundle: '--bundle <file>     the whole record in one file, for another machine',
  level: '--level <level>     of a bundle: metadata (default), redacted or full',
};

/** All verbs, in the order in which help lists them. */
export const VERBS: readonly Verb[] = [
  {
    name: 'install',
    summary: 'record what Claude Code does: add the hook to settings.json',
    options: ['yes', 'dry-run', 'retire-old', 'keep-old', 'ccc', 'json'],
    details: `Shows every line that would be added to settings.json and every file that would be made, asks,
and then does it. Done twice it is done once. "hookline uninstall" takes it all back.

Hooks and agents of an older pipeline that write the same files are left in service unless you say
otherwise; at a terminal you are asked.`,
  },
  {
    name: 'uninstall',
    summary: 'stop recording: take the hook out again',
    options: ['yes', 'dry-run', 'json'],
    details:
      'Takes the entries out of settings.json and removes the hook, the command and the start at\nlogin. What was taken from an older pipeline is given back. What was recorded stays.',
  },
  {
    name: 'import',
    summary: 'take over what the old pipeline recorded',
    options: ['yes', 'dry-run', 'again', 'undo', 'json'],
    values: ['bundle'],
    operands: ['run'],
    details: `Reads the old files and databases, says of every line what becomes of it, asks, and then adds
each old event to the record once. The old files stay as they are. Done twice it is done once.
"hookline import --undo <run>" takes an import back.

With --bundle it takes over what "hookline export --bundle" wrote on another machine instead: each
event once, and nothing that was forgotten here.`,
  },
  {
    name: 'backfill',
    summary: "take over what Claude's own transcripts tell",
    options: ['yes', 'dry-run', 'again', 'undo', 'json'],
    operands: ['run'],
    details: `Reads the transcripts, says what is new in them, asks, and then adds each call, prompt and
session that is missing, and what hooks do not know: the model, rejections. Done twice it is done
once; from then on it goes by itself. Ctrl-C stops it, the next call goes on.
"hookline backfill --undo <run>" takes a run back; without a number, the last one.`,
  },
  {
    name: 'audit',
    summary: "compare the record with Claude's own transcripts, call by call",
    options: ['json'],
    details: `Names each call that is missing or stands twice, and why. Sessions without a whole transcript
have no witness.`,
  },
  {
    name: 'maintain',
    summary: 'archive old lines, remove old copies, give unused room back',
    options: ['dry-run', 'vacuum', 'json'],
    details: `The app does it by itself once a week. Lines of past months leave files of more than 100 MB for
the archive and count as before. Nothing that was recorded is removed.`,
  },
  {
    name: 'forget',
    summary: 'remove a session, a folder or a text from everything that was recorded',
    options: ['dry-run', 'yes', 'exclude', 'json'],
    values: ['session', 'project', 'match'],
    details: `Shows where it stands, asks, and removes it for good: from both stores, the archive, copies that
repairs made, quarantine. Nothing brings it back. Files of others are named and stay as they are.`,
  },
  {
    name: 'export',
    summary: 'write events for a spreadsheet, or the whole record for another machine',
    options: ['json'],
    values: ['format', 'from', 'to', 'project', 'tool', 'out', 'bundle', 'level'],
    details: `A bundle holds events, what was learnt of them, and the use of models; settings and the key of
redacted tokens stay here. "hookline import --bundle" takes it over.`,
  },
  {
    name: 'cost',
    summary: 'what was used of models, and its cost at list price',
    options: ['json'],
    operands: ['days'],
    details: `Over the last 1, 7, 30 (unless told otherwise) or 90 days, or over all of them ("all"). It is what
one would have paid at list price, and no bill. Tokens of models without a price are counted and
named; they are in no cost.`,
  },
  {
    name: 'research',
    summary: 'papers and repositories that searches and fetches brought up',
    options: ['json'],
    details: '"--json" also has which model answered which prompt, in which agent.',
  },
  {
    name: 'refresh',
    summary: 'store what is captured, compare the stores, renew the statistics',
    options: ['json'],
    details: 'Exits 0 when done, 1 when a store could not be used.',
  },
  {
    name: 'status',
    summary: 'say whether the record is complete, and where it lies',
    options: ['json'],
    details: 'Exits 0; what needs attention is in the text.',
  },
  {
    name: 'repair',
    summary: 'find what is wrong with the record, mend it, and prove it',
    options: ['yes', 'dry-run', 'only', 'undo', 'json'],
    operands: ['what'],
    details: `Looks at database, JSONL, statistics and transcripts, says what it found and what it would do, asks,
copies what it is going to change, mends it and looks again. Hooks go on capturing meanwhile.
"hookline repair --only lines,duplicates" does these parts alone; there are permissions, database,
rows, lines, duplicates, amended, drift, statistics and transcripts. "hookline repair --undo [id]"
takes the last repair back, or that one and those after it.`,
  },
  {
    name: 'doctor',
    summary: 'look at everything that recording hangs on, and say what helps',
    options: ['json'],
    details: `Changes nothing. The text holds no secret and no name of your account, so that it can go into a
report of a bug. Exits 0 when nothing needs attention, else 1.`,
  },
  {
    name: 'pause',
    summary: 'stop recording until "hookline resume"',
    options: ['json'],
    details:
      'What happens meanwhile is not recorded, and not filled in later. The pause itself is.',
  },
  { name: 'resume', summary: 'go on recording after a pause', options: ['json'], details: '' },
  { name: 'open', summary: 'open the dashboard', options: ['json'], details: '' },
  {
    name: 'settings',
    summary: 'show the settings, or change one: settings <name> <value>',
    options: ['json'],
    operands: ['name', 'value'],
    details: `privacy          metadata (default), redacted or full: how much of an event is kept
timeZone         an IANA name, or null to follow the machine
preToolUse       true hooks PreToolUse too, so that "running now" is known. Off by default: Claude
                 then waits for the hook before each tool call as well as after it, some
                 milliseconds a time. Install again after a change
excludedFolders  a JSON list of folders whose sessions are not recorded
launchAtLogin    true (default) lets the system start the installed app at login
trayTitle, notifications, shortcut   are explained in the app's settings`,
  },
  {
    name: 'watch',
    summary: 'work without windows: the bridge each minute and a status line, until Ctrl-C',
    options: [],
    details: '',
  },
  {
    name: 'completion',
    summary: 'print what completes these verbs in your shell: bash, zsh or fish',
    options: [],
    operands: ['shell'],
    details: `bash: source <(hookline completion bash), in ~/.bashrc
zsh:  hookline completion zsh > a folder of your $fpath, as _hookline
fish: hookline completion fish > ~/.config/fish/completions/hookline.fish`,
  },
];

/** The verb of that name. */
export function findVerb(name: string): Verb | undefined {
  return VERBS.find((verb) => verb.name === name);
}

/** Help for all, or for one verb. */
export function helpText(verb?: Verb): string {
  if (verb === undefined) {
    const list = VERBS.map(({ name, summary }) => `  ${name.padEnd(11)}${summary}`);
    return `Usage: hookline <verb> [options]

${list.join('\n')}

"hookline <verb> --help" says more. "ccc" alone refreshes and opens the dashboard.
Exit codes: 0 done, 1 not done (the reason is printed), 2 wrong usage. Colours are left out where
NO_COLOR is set or nobody looks.`;
  }
  const options = [
    ...[...verb.options, ...COMMON_OPTIONS].map((option) => `  ${OPTION_TEXT[option]}`),
    ...(verb.values ?? []).map((option) => `  ${VALUE_TEXT[option]}`),
  ];
  const parts = [
    `Usage: hookline ${verb.name}${operandText(verb)}${optionText(verb)}`,
    `${verb.summary[0]?.toUpperCase()}${verb.summary.slice(1)}.`,
    verb.details,
    options.join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** All options, or a word for them where they would not fit a line. */
function optionText({ options, values = [] }: Verb): string {
  if (values.length > 1) return ' [options]';
  return [...options, ...values].map((option) => ` [--${option}]`).join('');
}

function operandText({ operands = [] }: Verb): string {
  return operands.map((operand) => ` [${operand}]`).join('');
}
