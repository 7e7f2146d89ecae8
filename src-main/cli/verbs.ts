/** The verbs of the command line: what each is for and which options it takes. Pure. */

/** Options that a verb may take. */
export type Option = 'json' | 'yes' | 'dry-run' | 'again' | 'undo';

/** A verb as `--help` shows it. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** What may stand behind the verb, in order. */
  readonly operands?: readonly string[];
  /** More to say, below the usage. */
  readonly details: string;
}

const OPTION_TEXT: Readonly<Record<Option, string>> = {
  json: '--json       print the result as one JSON object',
  yes: '--yes        do it without asking',
  'dry-run': '--dry-run    show what would be done, and do nothing',
  again: '--again      take over once more what was taken back',
  undo: '--undo       take back the run of that number',
};

/** All verbs, in the order in which help lists them. */
export const VERBS: readonly Verb[] = [
  {
    name: 'install',
    summary: 'record what Claude Code does: add the hook to settings.json',
    options: ['yes', 'dry-run', 'json'],
    details: `Shows every line that would be added to settings.json and every file that would be made, asks,
and then does it. Done twice it is done once. "hookline uninstall" takes it all back.`,
  },
  {
    name: 'uninstall',
    summary: 'stop recording: take the hook out again',
    options: ['yes', 'dry-run', 'json'],
    details:
      'Takes the entries out of settings.json and removes the hook. What was recorded stays.',
  },
  {
    name: 'import',
    summary: 'take over what the old pipeline recorded',
    options: ['yes', 'dry-run', 'again', 'undo', 'json'],
    operands: ['run'],
    details: `Reads the old files and databases, says of every line what becomes of it, asks, and then adds
each old event to the record once. The old files stay as they are. Done twice it is done once.
"hookline import --undo <run>" takes an import back.`,
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
    name: 'pause',
    summary: 'stop recording until "hookline resume"',
    options: ['json'],
    details:
      'What happens meanwhile is not recorded, and not filled in later. The pause itself is.',
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
excludedFolders  a JSON list of folders whose sessions are not recorded`,
  },
  {
    name: 'watch',
    summary: 'work without windows: the bridge each minute and a status line, until Ctrl-C',
    options: [],
    details: '',
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
Exit codes: 0 done, 1 not done (the reason is printed), 2 wrong usage.`;
  }
  const options = verb.options.map((option) => `  ${OPTION_TEXT[option]}`);
  const parts = [
    `Usage: hookline ${verb.name}${operandText(verb)}${verb.options.map((option) => ` [--${option}]`).join('')}`,
    `${verb.summary[0]?.toUpperCase()}${verb.summary.slice(1)}.`,
    verb.details,
    options.join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function operandText({ operands = [] }: Verb): string {
  return operands.map((operand) => ` [${operand}]`).join('');
}
