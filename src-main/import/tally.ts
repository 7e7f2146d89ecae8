/** What was read of one file or table, so that every line of it can be accounted for. */
import { type Redactor, redactBeginning } from '../../src-core/event/redact.ts';
import type { Reading } from './observation.ts';
import type { Witness } from './variants.ts';

/** Something that was not understood, as an example. */
export interface Sample {
  /** Byte offset of the line, or number of the row. */
  readonly place: number;
  readonly reason: string;
  /** Its beginning, redacted. */
  readonly text: string;
}

/** The account of one file or table. What is in none of its counts was an observation. */
export interface Tally {
  readonly witness: Witness;
  readonly name: string;
  readonly path: string;
  readonly unit: 'lines' | 'rows';
  /** All of them, blank lines included. */
  readonly read: number;
  readonly blank: number;
  /** Hookline's own. */
  readonly own: number;
  /** Understood, but no events: how many of what. */
  readonly asides: Readonly<Record<string, number>>;
  /** Not understood: how many for which reason. */
  readonly bad: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
}

/** A tally in the making. */
export interface TallyKeeper {
  count(reading: Reading, place: number, text: () => string): void;
  finish(): Tally;
}

const MOST_SAMPLES = 5;
const SAMPLE_LENGTH = 120;
/** What asides are called comes from the file; a mad file must not make a mad list. */
const MOST_KINDS = 30;

/** Starts the account of a file or table. */
export function createTally(
  { witness, name, path }: Pick<Tally, 'witness' | 'name' | 'path'>,
  unit: Tally['unit'],
  redactor: Redactor,
): TallyKeeper {
  const counts = { read: 0, blank: 0, own: 0 };
  const asides = new Map<string, number>();
  const bad = new Map<string, number>();
  const samples: Sample[] = [];
  return {
    count: (reading, place, text) => {
      counts.read++;
      switch (reading.kind) {
        case 'blank':
        case 'own':
          counts[reading.kind]++;
          return;
        case 'aside':
          addOne(asides, redactBeginning(redactor, reading.what, SAMPLE_LENGTH));
          return;
        case 'bad':
          addOne(bad, reading.reason);
          if (samples.length === MOST_SAMPLES) return;
          samples.push({
            place,
            reason: reading.reason,
            text: redactBeginning(redactor, text(), SAMPLE_LENGTH),
          });
      }
    },
    finish: () => ({
      witness,
      name,
      path,
      unit,
      ...counts,
      asides: Object.fromEntries(asides),
      bad: Object.fromEntries(bad),
      samples,
    }),
  };
}

function addOne(counts: Map<string, number>, name: string): void {
  const key = counts.has(name) || counts.size < MOST_KINDS ? name : 'something else';
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
