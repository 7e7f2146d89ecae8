/** The plan of an import as text for a terminal. Pure. */
import type { FilePlan, ImportPlan, Outcomes } from './plan.ts';

const number = (value: number): string => value.toLocaleString('en');

/** What each outcome is called in the account of a file. */
const OUTCOMES: Readonly<Record<keyof Outcomes, string>> = {
  new: 'new',
  elsewhere: 'tell of events of other files',
  duplicate: 'duplicates',
  known: 'imported already',
  shadow: "shadows of Hookline's own record",
  takenBack: 'taken back',
  recent: 'too fresh',
  excluded: 'in excluded folders',
};

/** The plan, line by line so that each file's numbers add up. */
export function describePlan(plan: ImportPlan): string {
  const { files, months, problems } = plan;
  return [
    ...files.flatMap(describeFile),
    ...problems.map(({ store, reason }) => `! ${store} could not be read: ${reason}`),
    ...(problems.length === 0 ? [] : ['']),
    describeTotal(plan),
    ...months.map(({ month, events }) => `  ${month} ${number(events).padStart(12)}`),
    ...describeRest(plan),
  ].join('\n');
}

/** How many events an import adds. */
export function describeTotal({ events: { calls, sessions, prompts } }: ImportPlan): string {
  const total = calls + sessions + prompts;
  if (total === 0) return 'There is nothing to import.';
  return `To import: ${number(total)} events = ${number(calls)} calls + ${number(sessions)} session starts and ends + ${number(prompts)} prompts`;
}

function describeFile(file: FilePlan): readonly string[] {
  const { name, unit, read, variants, own, blank, asides, bad, samples } = file;
  const parts: (readonly [string, number])[] = [
    ...Object.entries(OUTCOMES).map(([key, text]): [string, number] => [
      text,
      variants.reduce((sum, { outcomes }) => sum + outcomes[key as keyof Outcomes], 0),
    ]),
    ["Hookline's own", own],
    ['no events', total(asides)],
    ['not understood', total(bad)],
    ['blank', blank],
  ];
  return [
    `${name}: ${number(read)} ${unit} = ${describeParts(parts)}`,
    ...variants.map(
      ({ writer, outcomes }) =>
        `  ${writer.padEnd(28)} ${number(total(outcomes)).padStart(9)}  ${describeParts(namedOutcomes(outcomes))}`,
    ),
    ...Object.entries(asides).map(([what, count]) => aside(what, count, 'no events')),
    ...Object.entries(bad).map(([reason, count]) => aside(reason, count, 'not understood')),
    ...samples.map(
      ({ place, text }) => `    at ${unit === 'lines' ? 'byte' : 'row'} ${place}: ${oneLine(text)}`,
    ),
    '',
  ];
}

function aside(what: string, count: number, note: string): string {
  return `  ${what.padEnd(28)} ${number(count).padStart(9)}  ${note}`;
}

function namedOutcomes(outcomes: Outcomes): readonly (readonly [string, number])[] {
  return Object.entries(outcomes).map(([key, count]) => [OUTCOMES[key as keyof Outcomes], count]);
}

function describeParts(parts: readonly (readonly [string, number])[]): string {
  const present = parts.filter(([, count]) => count > 0);
  return present.map(([text, count]) => `${number(count)} ${text}`).join(' + ') || '0';
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function describeRest({ verdicts, ambiguous, perhapsTwice }: ImportPlan): readonly string[] {
  const lines: (readonly [number, string])[] = [
    [verdicts.known, 'events are imported already.'],
    [
      verdicts.shadow,
      "events are in Hookline's own record; what the old hook noted of them is left out.",
    ],
    [verdicts.takenBack, 'events were imported and taken back; add --again to import them.'],
    [verdicts.recent, 'events are a minute old at most and are left for the next time.'],
    [verdicts.excluded, 'events lie in folders that are not recorded.'],
    [
      ambiguous,
      'lines of backfills fit more than one event within five seconds; the number of events is the same either way.',
    ],
    [
      perhapsTwice,
      'calls of backfills ended too late to be known as one that the hook noted, and may count twice.',
    ],
  ];
  const present = lines.filter(([count]) => count > 0);
  return present.length === 0
    ? []
    : ['', ...present.map(([count, text]) => `${number(count)} ${text}`)];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
