/**
 * Tombstones: what was forgotten, in a file of ours beside SQLite, so that no store, backup or
 * transcript brings it back, even when the database is lost. One line each, only ever appended; a
 * later line that lifts an id wins over an earlier one that forgot it.
 *
 * Whoever removes events writes the tombstones first: broken off between the two, the events are
 * still there and the removal can be repeated.
 */
import { existsSync } from 'node:fs';
import { isObject, numberOf, textOf } from '../base/json.ts';
import type { CapturedEvent, Content } from '../event/event.ts';
import type { Paths } from '../files/paths.ts';
import { appendLines } from '../journal/append.ts';
import { readLines } from '../journal/read.ts';
import { hasRightSum, lineOf } from '../journal/sum.ts';

/**
 * What is forgotten: events by id, for as long as nobody wants them again or for good; a whole session;
 * or all that happened in a span (ends included).
 */
export type Burial =
  | { readonly ids: readonly string[]; readonly isForGood?: boolean }
  | { readonly sessionId: string }
  | { readonly fromAt: number; readonly toAt: number };

/** Why and when, epoch milliseconds. The reason is for people. */
export interface Epitaph {
  readonly reason: string;
  readonly at: number;
}

/** Answers for one run of a program; the file is read when the first question comes. */
export interface Tombstones {
  /** True for an event that is forgotten by its id, its session or its time. */
  covers(event: Pick<CapturedEvent, 'id' | 'sessionId' | 'at'>): boolean;
  /** True for an id that is forgotten as such. */
  coversId(id: string): boolean;
  /** True for an id that nobody can want again. */
  isForGood(id: string): boolean;
  /** Lines that say nothing: each may have forgotten something. */
  damaged(): number;
}

/** A line of so many ids is read at one go, and loses as many when it is damaged. */
const IDS_IN_A_LINE = 500;

/**
 * Forgets. Forgetting twice does no harm.
 * @throws the system's error when it cannot be written; nothing may be removed then
 */
export function addTombstones({ tombstones }: Paths, burial: Burial, epitaph: Epitaph): void {
  const isForGood = 'ids' in burial && burial.isForGood === true;
  appendLines(tombstones, linesOf(burial, isForGood ? 'gone' : 'ids', epitaph));
}

/**
 * Takes the tombstones of these ids away, because the user wants their events back. A session or a
 * span that was forgotten stays so.
 * @throws the system's error when it cannot be written
 */
export function liftTombstones(
  { tombstones }: Paths,
  ids: readonly string[],
  epitaph: Epitaph,
): void {
  appendLines(tombstones, linesOf({ ids }, 'lifts', epitaph));
}

function linesOf(
  burial: Burial,
  member: 'ids' | 'gone' | 'lifts',
  { at, reason }: Epitaph,
): string[] {
  if ('sessionId' in burial) return [lineOf({ at, reason, session: burial.sessionId })];
  if ('fromAt' in burial)
    return [lineOf({ at, reason, from_at: burial.fromAt, to_at: burial.toAt })];
  const lines: string[] = [];
  for (let i = 0; i < burial.ids.length; i += IDS_IN_A_LINE) {
    // A list is no content of an event, but stands in a line like one.
    const ids = burial.ids.slice(i, i + IDS_IN_A_LINE) as unknown as Content;
    lines.push(lineOf({ at, reason, [member]: ids }));
  }
  return lines;
}

/**
 * Opens the tombstones; nothing is read yet. Its answers throw the system's error when there is a
 * file that cannot be read: what may be forgotten must not come back.
 */
export function openTombstones({ tombstones }: Paths): Tombstones {
  let read: Graveyard | null = null;
  const graves = (): Graveyard => {
    read ??= readAll(tombstones);
    return read;
  };
  return {
    covers: ({ id, sessionId, at }) => {
      const { ids, gone, sessions, spans } = graves();
      if (ids.has(id) || gone.has(id) || (sessionId !== null && sessions.has(sessionId)))
        return true;
      return spans.some(({ fromAt, toAt }) => at >= fromAt && at <= toAt);
    },
    coversId: (id) => graves().ids.has(id) || graves().gone.has(id),
    isForGood: (id) => graves().gone.has(id),
    damaged: () => graves().damaged,
  };
}

interface Graveyard {
  readonly ids: Set<string>;
  readonly gone: Set<string>;
  readonly sessions: Set<string>;
  readonly spans: { readonly fromAt: number; readonly toAt: number }[];
  damaged: number;
}

function readAll(path: string): Graveyard {
  const graves: Graveyard = {
    ids: new Set(),
    gone: new Set(),
    sessions: new Set(),
    spans: [],
    damaged: 0,
  };
  if (!existsSync(path)) return graves;
  for (const { bytes } of readLines(path)) {
    const text = bytes.toString('utf8');
    if (text.trim() !== '' && !takeLine(graves, text)) graves.damaged++;
  }
  return graves;
}

/** False for a line that says nothing. */
function takeLine({ ids, gone, sessions, spans }: Graveyard, text: string): boolean {
  const record = recordOf(text);
  if (record === null) return false;
  const [session, fromAt, toAt] = [
    textOf(record.session),
    numberOf(record.from_at),
    numberOf(record.to_at),
  ];
  if (session !== null) sessions.add(session);
  else if (fromAt !== null && toAt !== null) spans.push({ fromAt, toAt });
  else if (Array.isArray(record.ids)) for (const id of record.ids) ids.add(String(id));
  else if (Array.isArray(record.gone)) for (const id of record.gone) gone.add(String(id));
  else if (Array.isArray(record.lifts)) for (const id of record.lifts) ids.delete(String(id));
  else return false;
  return true;
}

function recordOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && hasRightSum(value) ? value : null;
  } catch {
    return null;
  }
}
