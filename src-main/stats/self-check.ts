/**
 * Once a day a sample of quarters and sessions is folded from its events again and held against the
 * rows that were kept, and the totals of one dimension against the sum of all rows. What differed is
 * noted for health; it is right afterwards, since folding again is how rows are made.
 */
import { sha256 } from '../../src-core/journal/sum.ts';
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { loadCursor, saveCursor } from '../bridge/cursor.ts';
import { renewRollups, resetRollups } from './rollup/renew.ts';
import { hasWrongTotals, SUMMED } from './rollup/sums.ts';
import { DAY_MS, QUARTER_MS, type Zone } from './zone.ts';

/** How many quarters and how many sessions are looked at. */
const SAMPLE = 40;
const NAME = 'stats-check';

/** What a check found. */
export interface SelfCheck {
  readonly at: number;
  /** How many quarters and sessions were folded again. */
  readonly checked: number;
  /** Those whose rows said something else than their events, and dimensions whose totals were no sums. */
  readonly mismatches: readonly string[];
}

/** The last check; null before the first. */
export function readSelfCheck(db: ReadableDb): SelfCheck | null {
  return loadCursor<SelfCheck>(db, NAME);
}

/** What a check works on: a store whose rollups are up to date. */
export interface SelfCheckOptions {
  readonly db: WritableDb;
  readonly zone: Zone;
  readonly now: number;
}

/** Checks, unless that was done within a day; returns what it found, or null if it was not due. */
export function checkDaily(options: SelfCheckOptions): SelfCheck | null {
  const last = readSelfCheck(options.db);
  const isDue = last === null || options.now - last.at >= DAY_MS || options.now < last.at;
  return isDue ? check(options) : null;
}

/** Checks now. The sample follows from the day, so that a finding can be looked at again. */
export function check({ db, zone, now }: SelfCheckOptions): SelfCheck {
  const day = Math.floor(now / DAY_MS);
  const scopes = sampleOf(db, String(day));
  const before = scopes.map((scope) => rowsOf(db, scope));
  const note = db.prepare('INSERT OR IGNORE INTO hookline_dirty VALUES (?)');
  transaction(db, () => {
    for (const scope of scopes) note.run(scope);
  });
  renewRollups({ db, zone });
  const mismatches = scopes
    .filter((scope, i) => rowsOf(db, scope) !== before[i])
    .map((scope) => (typeof scope === 'number' ? `quarter ${scope}` : `session ${scope}`));
  const dimension = SUMMED[day % SUMMED.length];
  if (dimension !== undefined && hasWrongTotals(db, dimension)) {
    mismatches.push(`totals ${dimension}`);
    resetRollups(db, zone);
    renewRollups({ db, zone });
  }
  const result: SelfCheck = { at: now, checked: scopes.length, mismatches };
  transaction(db, () => saveCursor(db, NAME, result));
  return result;
}

type Scope = number | string;

function sampleOf(db: ReadableDb, seed: string): readonly Scope[] {
  const { first, last } = db
    .prepare(
      'SELECT (SELECT min(at_ms) FROM hookline_event) AS first, (SELECT max(at_ms) FROM hookline_event) AS last',
    )
    .get() as Row;
  if (first === null || last === null) return [];
  const span = Number(last) - Number(first) + 1;
  const nextAt = db.prepare('SELECT min(at_ms) AS at FROM hookline_event WHERE at_ms >= ?');
  const nextSession = db.prepare(
    'SELECT min(session_id) AS id FROM hookline_event WHERE session_id >= ?',
  );
  const scopes = Array.from({ length: SAMPLE }, (_, i): Scope[] => {
    const random = sha256(`${seed} ${i}`);
    const share = Number.parseInt(random.slice(0, 8), 16) / 2 ** 32;
    const { at } = nextAt.get(Math.floor(Number(first) + share * span)) as Row;
    const { id } = nextSession.get(random) as Row;
    const sessions = id === null || id === undefined ? [] : [String(id)];
    return [Math.floor(Number(at) / QUARTER_MS), ...sessions];
  });
  return [...new Set(scopes.flat())];
}

const TABLES = {
  quarter: ['quarter', 'call', 'command', 'error'],
  session_id: ['session', 'episode', 'wait'],
};

/** All rows of a scope as one text. */
function rowsOf(db: ReadableDb, scope: Scope): string {
  const column = typeof scope === 'number' ? 'quarter' : 'session_id';
  return JSON.stringify(
    TABLES[column].map((table) =>
      db.prepare(`SELECT * FROM hookline_rollup_${table} WHERE ${column} = ?`).all(scope),
    ),
  );
}
