import { plural } from '../../data/plural.ts';

/** Every sentence of the health page. */
export const text = {
  title: 'Health',
  sub: 'capture, stores and their agreement',

  equation: 'Record',
  recorded: 'recorded in all',
  addsUp: 'Every event is in both stores.',
  doesNotAddUp: (difference: string) => `The sources are ${difference} apart from the total.`,
  drift: (count: string) => `${count} in one store only.`,
  compared: (when: string) => `Compared ${when}`,
  ago: (age: string) => `${age} ago`,
  notCompared: 'The stores have not been compared yet.',

  findings: 'Findings',
  needsYou: (count: number) =>
    plural(count, { one: '1 needs attention', other: `${count} need attention` }),
  toNote: (count: number) => plural(count, { one: '1 to note', other: `${count} to note` }),
  since: (time: string) => `since ${time}`,
  actions: { install: 'Review and Install…', refresh: 'Refresh Now' },

  streams: 'Stores',
  streamsNote: 'events by stream, counted in both',
  stream: 'Stream',
  inSqlite: 'SQLite',
  inJsonl: 'JSONL',
  difference: 'Difference',
  healed: 'Healed',
  duplicates: 'Duplicates',
  quarantined: 'Quarantined',
  noStreams: 'Nothing is compared yet',
  noStreamsText: 'The stores are compared once the hooks are installed.',

  checks: 'Hook',
  checksNote: 'and what it leaves behind',
  hooks: 'Hooks',
  hooksIn: (version: string) => `in place, version ${version}`,
  hooksInUnknown: 'in place',
  hooksOut: 'not installed',
  runtime: 'Runtime',
  runtimeFound: (version: string | null, others: number) => {
    const first = version === null ? 'one found' : `node ${version}`;
    return others === 0 ? first : `${first}, and ${others} more`;
  },
  versionUnknown: '–',
  runtimeNone: 'none usable; the app takes events over',
  spool: 'Spool',
  spoolEmpty: 'nothing waits',
  spoolWaits: (count: number, shown: string, age: string | null) => {
    const waiting = plural(count, { one: '1 event waits', other: `${shown} events wait` });
    return age === null ? waiting : `${waiting}, oldest ${age}`;
  },
  quarantine: 'Quarantine',
  quarantineEmpty: 'no damaged line',
  quarantineHolds: (count: number, shown: string) =>
    plural(count, { one: '1 damaged line kept aside', other: `${shown} damaged lines kept aside` }),
  hookErrors: 'Hook errors',
  hookErrorsNone: 'none today',
  hookErrorsSome: (count: number, shown: string) =>
    plural(count, { one: '1 today', other: `${shown} today` }),
  hookErrorsLast: (
    count: number,
    shown: string,
    { at, said }: { readonly at: string; readonly said: string },
  ) =>
    plural(count, {
      one: `1 today, at ${at}: ${said}`,
      other: `${shown} today, last at ${at}: ${said}`,
    }),

  runtimes: 'Runtimes',
  runtimesNote: 'what can take events over',
  noRuntime: 'None found. While this app runs, it takes the events over.',
  usable: 'usable',
  notUsable: 'not usable',

  cost: 'Own cost',
  costNote: 'what capture takes, today',
  waited: (seconds: string, calls: number, shown: string) =>
    `Claude waited about ${seconds} for us today, in ${plural(calls, { one: '1 call', other: `${shown} calls` })}.`,
  waitedUnknown: (calls: number, shown: string) =>
    `${plural(calls, { one: '1 call', other: `${shown} calls` })} today. How long Claude waited is not measured yet.`,
  waitedHow: (median: string) =>
    `An estimate: the launcher took ${median} when it was tested last, times the calls.`,
  drainer: (runs: number, shown: string, cpu: string) =>
    `What stores the events ran ${plural(runs, { one: 'once', other: `${shown} times` })} in the background and took ${cpu} of a processor.`,
  overBudget: 'That is more than it may take, so it is started every 10 s at most.',
  measure: 'Measured',
  half: 'Half within',
  most: '95% within',
  longest: 'Longest',
  stored: 'Until an event was stored',
  cpu: 'Processor time of a run',
  wall: 'A run, waiting for more included',

  places: 'Places',
  placesNote: 'everything that is kept, and where',
} as const;
