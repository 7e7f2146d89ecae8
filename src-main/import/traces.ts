/**
 * All observations, each reduced to the numbers that pairing and counting need. The texts stay on
 * the disk; `place` says where.
 */
import { type Columns, makeColumns } from './columns.ts';
import { hashText } from './hash.ts';
import type { OldObservation } from './observation.ts';
import { COMMAND_KEPT, firstCharacters } from './old-members.ts';
import type { OldTexts } from './old-texts.ts';
import { VARIANT_NAMES } from './variants.ts';

/** What became of a trace. */
export const ROLE = { none: 0, founder: 1, duplicate: 2 } as const;

/** The trace lies in a folder that is not to be recorded. */
export const EXCLUDED = 1;
/** The call ended with an exit code that says failure. */
export const FAILED = 2;

const KINDS = {
  /** Number of the subject, a call's tool included. */
  subject: 'number',
  atS: 'number',
  /** Number of what the event was about, as it was found; 0 if not known. */
  target: 'number',
  /** The same as a record of ours would show it: redacted and cut. */
  shown: 'number',
  folder: 'number',
  session: 'number',
  model: 'number',
  /** Number of the command's first word. */
  program: 'number',
  /** Byte offset of the line, or number of the row. */
  place: 'number',
  variant: 'byte',
  flags: 'byte',
  role: 'byte',
  /** Which event it is a trace of. */
  event: 'index',
} as const;

/** The traces; row numbers are their names. */
export interface Traces {
  readonly columns: Columns<keyof typeof KINDS>;
  /** Texts behind the numbers of subjects, models, programs and sessions. */
  readonly names: Map<number, string>;
  count(): number;
  add(observation: OldObservation, place: number, flags: number): void;
}

const NUMBER_OF_VARIANT = new Map<string, number>(VARIANT_NAMES.map((name, i) => [name, i]));

/** Makes an empty collection. */
export function createTraces(texts: OldTexts): Traces {
  const columns = makeColumns(KINDS);
  const names = new Map<number, string>();
  const named = (text: string | null): number => {
    if (text === null) return 0;
    const number = hashText(text);
    if (!names.has(number)) names.set(number, text);
    return number;
  };
  return {
    columns,
    names,
    count: () => columns.atS.length,
    add: (observation, place, flags) => {
      const target = targetOf(observation);
      const display = target === null ? null : texts.displayOf(observation, target);
      columns.subject.push(named(subjectName(observation)));
      columns.atS.push(observation.atS);
      columns.target.push(target === null ? 0 : hashText(target));
      columns.shown.push(display?.shown ?? 0);
      columns.folder.push(observation.folder === null ? 0 : hashText(observation.folder));
      columns.session.push(named(observation.sessionPrefix));
      columns.model.push(named(observation.model));
      columns.program.push(named(display?.program ?? null));
      columns.place.push(place);
      columns.variant.push(NUMBER_OF_VARIANT.get(observation.variant) ?? 0);
      columns.flags.push(flags | (hasFailed(observation) ? FAILED : 0));
      columns.role.push(ROLE.none);
      columns.event.push(-1);
    },
  };
}

/** Name under which events can be the same: what happened, with a call's tool. */
export function subjectName({ subject, tool }: OldObservation): string {
  return subject === 'call' ? `call:${tool}` : subject;
}

/** Exit code 0 was written for "not known" too; another one was truly told. */
export function hasFailed({ exitCode }: OldObservation): boolean {
  return exitCode !== null && exitCode !== 0;
}

/** The activity sync cut prompts to so many. */
const PROMPT_KEPT = 500;

/** What the event was about, as far as all its traces can agree on it; null where it is not known. */
export function targetOf(observation: OldObservation): string | null {
  const { subject, filePath, command, pwd, text } = observation;
  switch (subject) {
    case 'call':
      if (filePath !== null) return `file ${filePath}`;
      return command === null ? null : `command ${firstCharacters(command, COMMAND_KEPT)}`;
    case 'prompt':
      return text === null ? null : `prompt ${firstCharacters(text, PROMPT_KEPT)}`;
    default:
      return pwd === null ? null : `folder ${pwd}`;
  }
}
