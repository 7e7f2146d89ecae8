/** The old events that the traces tell of, each once, as numbers. */
import { type Columns, makeColumns } from './columns.ts';
import type { Moment } from './nearby.ts';
import { ROLE, type Traces } from './traces.ts';
import { variantByNumber } from './variants.ts';

/** How an event stands to our own record. */
export const STANDING = {
  /** Nothing of ours tells of it. */
  unknown: 0,
  /** It is an event of ours, seen by the old pipeline. */
  shadow: 1,
  /** It turned out to be another event of this list. */
  merged: 2,
} as const;

const KINDS = {
  subject: 'number',
  atS: 'number',
  target: 'number',
  shown: 'number',
  folder: 'number',
  session: 'number',
  /** Its best trace. */
  founder: 'index',
  /** Bit set of the programs that told of it. */
  tellers: 'index',
  standing: 'byte',
  /** 1 when its time is the transcript's. */
  isEarly: 'byte',
} as const;

/** The events; row numbers are their names, in the order of subject and time. */
export interface OldEvents {
  readonly columns: Columns<keyof typeof KINDS>;
  count(): number;
  /** Makes an event of a trace. */
  found(trace: number): number;
  /** Adds a trace to an event, which learns from it what it did not know. */
  absorb(event: number, trace: number): void;
  /** True when the program that left the trace has not told of the event yet. */
  isNewTo(event: number, trace: number): boolean;
  /** True when nothing that both know speaks against their being the same. */
  fits(event: number, trace: number): boolean;
  /** True when both know the same of what it was about and where. */
  fitsExactly(event: number, trace: number): boolean;
  /** True for a session of which a backfill summed up the transcript. */
  isSummary(event: number): boolean;
  /** Says that the first event is the second one, which learns its session. */
  merge(event: number, into: number): void;
  /** True when the event turned out to be another one. */
  isMerged(event: number): boolean;
  /** Hands the traces of merged events over. */
  settle(): void;
}

/** Makes an empty list over the traces. */
export function createOldEvents(traces: Traces): OldEvents {
  const columns = makeColumns(KINDS);
  const of = traces.columns;
  const bit = (trace: number): number => 1 << variantByNumber(of.variant.at(trace)).teller;
  const isSame = (a: number, b: number): boolean => a === 0 || b === 0 || a === b;
  const mergedInto = new Map<number, number>();
  const learn = (name: 'target' | 'shown' | 'folder' | 'session', event: number, trace: number) => {
    if (columns[name].at(event) === 0) columns[name].set(event, of[name].at(trace));
  };
  return {
    columns,
    count: () => columns.atS.length,
    found: (trace) => {
      const event = columns.atS.length;
      columns.subject.push(of.subject.at(trace));
      columns.atS.push(of.atS.at(trace));
      columns.target.push(of.target.at(trace));
      columns.shown.push(of.shown.at(trace));
      columns.folder.push(of.folder.at(trace));
      columns.session.push(of.session.at(trace));
      columns.founder.push(trace);
      columns.tellers.push(bit(trace));
      columns.standing.push(STANDING.unknown);
      columns.isEarly.push(variantByNumber(of.variant.at(trace)).clock === 'transcript' ? 1 : 0);
      of.event.set(trace, event);
      of.role.set(trace, ROLE.founder);
      return event;
    },
    absorb: (event, trace) => {
      for (const name of ['target', 'shown', 'folder', 'session'] as const)
        learn(name, event, trace);
      columns.tellers.set(event, columns.tellers.at(event) | bit(trace));
      of.event.set(trace, event);
      of.role.set(trace, ROLE.duplicate);
    },
    isNewTo: (event, trace) => (columns.tellers.at(event) & bit(trace)) === 0,
    fits: (event, trace) =>
      isSame(columns.target.at(event), of.target.at(trace)) &&
      isSame(columns.folder.at(event), of.folder.at(trace)) &&
      isSame(columns.session.at(event), of.session.at(trace)),
    fitsExactly: (event, trace) =>
      columns.target.at(event) === of.target.at(trace) &&
      columns.folder.at(event) === of.folder.at(trace) &&
      columns.session.at(event) === of.session.at(trace),
    isSummary: (event) => {
      const { witness, clock } = variantByNumber(of.variant.at(columns.founder.at(event)));
      return witness === 'session-events' && clock === 'transcript';
    },
    merge: (event, into) => {
      mergedInto.set(event, into);
      columns.standing.set(event, STANDING.merged);
      for (const name of ['target', 'shown', 'session'] as const)
        if (columns[name].at(into) === 0) columns[name].set(into, columns[name].at(event));
    },
    isMerged: (event) => columns.standing.at(event) === STANDING.merged,
    settle: () => {
      if (mergedInto.size === 0) return;
      for (let trace = 0; trace < traces.count(); trace++) {
        const into = mergedInto.get(of.event.at(trace));
        if (into === undefined) continue;
        of.event.set(trace, into);
        of.role.set(trace, ROLE.duplicate);
      }
    },
  };
}

/** The events of one subject in the order of time. */
export interface SubjectEvents {
  readonly subject: number;
  /** With the hook's time: when they had ended. */
  readonly ended: readonly Moment[];
  /** With the transcript's: when they had begun. */
  readonly begun: readonly Moment[];
}

/** The events, subject by subject. */
export function* eventsBySubject({ columns, count }: OldEvents): Generator<SubjectEvents> {
  let ended: Moment[] = [];
  let begun: Moment[] = [];
  for (let event = 0; event < count(); event++) {
    const subject = columns.subject.at(event);
    const list = columns.isEarly.at(event) === 1 ? begun : ended;
    list.push({ name: event, atS: columns.atS.at(event) });
    if (event + 1 < count() && columns.subject.at(event + 1) === subject) continue;
    yield { subject, ended, begun };
    ended = [];
    begun = [];
  }
}
