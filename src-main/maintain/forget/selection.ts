/** Which events are meant, and what hangs on them. */

import type { CapturedEvent } from '../../../src-core/event/event.ts';
import { activityLines } from '../../../src-core/spool/activity-log.ts';
import type { ReadableDb, Row } from '../../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../../src-core/store/events.ts';
import type { ForgetTarget, Meaning } from './target.ts';

/** What is to be removed. */
export interface Selection {
  readonly events: ReadonlySet<string>;
  readonly amendments: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
  /** Sessions of which nothing stays. */
  readonly sessions: ReadonlySet<string>;
  /** What they left in the activity log. */
  readonly activity: ReadonlySet<string>;
}

const CHUNK_ROWS = 1000;

/** Looks all rows through. */
export function selectEvents(db: ReadableDb, target: ForgetTarget, meaning: Meaning): Selection {
  const events = new Set<string>();
  const activity = new Set<string>();
  const amended = amendedEvents(db, meaning, target);
  for (const event of storedEvents(db, target)) {
    if (!meaning.isMeant(event) && !amended.has(event.id)) continue;
    events.add(event.id);
    for (const line of tellingLines(event)) activity.add(line);
  }
  const sessions = sessionsOf(db, target, meaning, events);
  return {
    events,
    sessions,
    activity,
    amendments: new Set(amendmentsOf(db, events)),
    messages: new Set(messagesOf(db, target, sessions)),
  };
}

/** Lines of the activity log that say more of an event than a time of day and a tool. */
function tellingLines(event: CapturedEvent): readonly string[] {
  if (event.filePath === null && event.hookEvent !== 'SessionStart') return [];
  return activityLines(event)
    .split('\n')
    .filter((line) => /\d/.test(line));
}

function* storedEvents(db: ReadableDb, target: ForgetTarget): Generator<CapturedEvent> {
  const where = target.kind === 'session' ? 'session_id = ?' : '? IS NOT NULL';
  const select = db.prepare(
    `SELECT seq, ${EVENT_COLUMNS} FROM hookline_event WHERE ${where} AND seq > ? ORDER BY seq LIMIT ${CHUNK_ROWS}`,
  );
  const key = target.kind === 'session' ? target.id : '';
  let rows = select.all(key, 0) as Row[];
  while (rows.length > 0) {
    for (const row of rows) yield eventOfRow(row);
    rows = select.all(key, Number(rows.at(-1)?.seq)) as Row[];
  }
}

/** Events of which something that was learnt later, and perhaps corrected since, holds the text. */
function amendedEvents(
  db: ReadableDb,
  { isInText }: Meaning,
  { kind }: ForgetTarget,
): ReadonlySet<string> {
  if (kind !== 'match') return new Set();
  const rows = db.prepare('SELECT event_id, value FROM hookline_amendment').all() as Row[];
  return new Set(
    rows.filter(({ value }) => isInText(String(value))).map(({ event_id }) => String(event_id)),
  );
}

function sessionsOf(
  db: ReadableDb,
  target: ForgetTarget,
  { isInText }: Meaning,
  events: ReadonlySet<string>,
): ReadonlySet<string> {
  if (target.kind === 'session') return new Set([target.id]);
  if (target.kind === 'match') return new Set();
  const rows = db
    .prepare('SELECT id, session_id FROM hookline_event WHERE session_id IS NOT NULL')
    .all() as Row[];
  const inside = new Set<string>();
  const outside = new Set<string>();
  for (const { id, session_id } of rows)
    (events.has(String(id)) ? inside : outside).add(String(session_id));
  const told = db.prepare('SELECT session_id, project FROM hookline_transcript').all() as Row[];
  for (const { session_id, project } of told)
    if (project !== null && isInText(String(project))) inside.add(String(session_id));
  return new Set([...inside].filter((id) => !outside.has(id)));
}

function amendmentsOf(db: ReadableDb, events: ReadonlySet<string>): string[] {
  const rows = db.prepare('SELECT id, event_id FROM hookline_amendment').all() as Row[];
  return rows.filter(({ event_id }) => events.has(String(event_id))).map(({ id }) => String(id));
}

function messagesOf(db: ReadableDb, target: ForgetTarget, sessions: ReadonlySet<string>): string[] {
  const rows = db
    .prepare('SELECT message_id, session_id, project FROM hookline_usage')
    .all() as Row[];
  const isMeant = ({ session_id, project }: Row): boolean =>
    sessions.has(String(session_id)) ||
    (target.kind === 'project' && isBelow(target.folder, project));
  return rows.filter(isMeant).map(({ message_id }) => String(message_id));
}

function isBelow(folder: string, project: Row[string] | undefined): boolean {
  return typeof project === 'string' && (project === folder || project.startsWith(`${folder}/`));
}
