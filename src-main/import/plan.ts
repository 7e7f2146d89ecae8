/** What an import would do, with every line and row of the old record accounted for. Pure. */
import type { Zone } from '../stats/zone.ts';
import type { StoreProblem } from './gather.ts';
import { findKeepers } from './keepers.ts';
import type { Survey } from './survey.ts';
import type { Sample, Tally } from './tally.ts';
import { ROLE } from './traces.ts';
import { type VariantName, variantByNumber } from './variants.ts';
import type { Verdict } from './verdicts.ts';

/**
 * Traces by what becomes of them. A trace that founds its event has the verdict on that event; of the
 * others the first one in each file is `elsewhere`, since another file founds its event, and the rest
 * are `duplicate`: the file could do without them.
 */
export type Outcome = Verdict | 'elsewhere' | 'duplicate';

/** How many traces there are of each outcome. */
export type Outcomes = Readonly<Record<Outcome, number>>;

/** The lines or rows of one writer in one file or table. */
export interface VariantPlan {
  readonly variant: VariantName;
  readonly writer: string;
  readonly outcomes: Outcomes;
}

/** One file or table: `read` is the sum of all that follows. */
export interface FilePlan {
  readonly name: string;
  readonly path: string;
  readonly unit: Tally['unit'];
  readonly read: number;
  readonly variants: readonly VariantPlan[];
  readonly own: number;
  readonly blank: number;
  readonly asides: Readonly<Record<string, number>>;
  readonly bad: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
}

/** Events by what they are. */
export interface EventCounts {
  readonly calls: number;
  readonly sessions: number;
  readonly prompts: number;
}

/** The plan. */
export interface ImportPlan {
  readonly files: readonly FilePlan[];
  /** Events that would be imported. */
  readonly events: EventCounts;
  /** The same by local month, `YYYY-MM`. */
  readonly months: readonly { readonly month: string; readonly events: number }[];
  /** Old events by verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly ambiguous: number;
  readonly perhapsTwice: number;
  readonly problems: readonly StoreProblem[];
}

const NO_OUTCOMES: Outcomes = {
  new: 0,
  known: 0,
  takenBack: 0,
  recent: 0,
  excluded: 0,
  shadow: 0,
  elsewhere: 0,
  duplicate: 0,
};

/** Makes the plan of a survey. */
export function planImport(survey: Survey, zone: Zone): ImportPlan {
  const { record, union } = survey;
  const byVariant = countTraces(survey);
  const counted = countEvents(survey, zone);
  return {
    files: record.tallies
      .filter(({ read }) => read > 0)
      .map((tally) => ({
        ...pickTally(tally),
        variants: [...byVariant.values()]
          .filter(({ witness }) => witness === tally.witness)
          .map(({ variant, writer, outcomes }) => ({ variant, writer, outcomes })),
      })),
    ...counted,
    ambiguous: union.ambiguous,
    perhapsTwice: union.perhapsTwice,
    problems: record.problems,
  };
}

function pickTally({ name, path, unit, read, own, blank, asides, bad, samples }: Tally) {
  return { name, path, unit, read, own, blank, asides, bad, samples };
}

interface Count {
  readonly witness: string;
  readonly variant: VariantName;
  readonly writer: string;
  readonly outcomes: Record<Outcome, number>;
}

/** Traces by variant, in the order of the variants. */
function countTraces({ record: { traces }, union, verdicts }: Survey): ReadonlyMap<number, Count> {
  const counts = new Map<number, Count>();
  const { variant, role, event } = traces.columns;
  const isKeeper = findKeepers(traces, union.events.count());
  const outcomeOf = (trace: number): Outcome => {
    const verdict = verdicts.of(event.at(trace));
    if (verdict === 'shadow' || role.at(trace) === ROLE.founder) return verdict;
    return isKeeper(trace) ? 'elsewhere' : 'duplicate';
  };
  for (let trace = 0; trace < traces.count(); trace++)
    countOf(counts, variant.at(trace)).outcomes[outcomeOf(trace)]++;
  return new Map([...counts].sort(([a], [b]) => a - b));
}

function countOf(counts: Map<number, Count>, number: number): Count {
  const present = counts.get(number);
  if (present !== undefined) return present;
  const { name, witness, writer } = variantByNumber(number);
  const count = { witness, variant: name, writer, outcomes: { ...NO_OUTCOMES } };
  counts.set(number, count);
  return count;
}

function countEvents({ record, union, verdicts }: Survey, zone: Zone) {
  const { subject, atS } = union.events.columns;
  const events = { calls: 0, sessions: 0, prompts: 0 };
  const months = new Map<string, number>();
  const byVerdict: Record<Verdict, number> = {
    new: 0,
    known: 0,
    takenBack: 0,
    recent: 0,
    excluded: 0,
    shadow: 0,
  };
  for (let event = 0; event < union.events.count(); event++) {
    if (union.events.isMerged(event)) continue;
    const verdict = verdicts.of(event);
    byVerdict[verdict]++;
    if (verdict !== 'new') continue;
    events[kindOf(record.traces.names.get(subject.at(event)) ?? '')]++;
    const month = zone.day(atS.at(event) * 1000).slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  return {
    events,
    verdicts: byVerdict,
    months: [...months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, count]) => ({ month, events: count })),
  };
}

/** What an event of that subject is counted as. */
export function kindOf(subject: string): keyof EventCounts {
  if (subject.startsWith('call:')) return 'calls';
  return subject === 'prompt' ? 'prompts' : 'sessions';
}
