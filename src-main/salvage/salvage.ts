/**
 * Makes a new database of what can still be read of a damaged one, and puts it in its place. The
 * damaged one is kept, under a dated name, byte for byte. What of our events could not be read the
 * bridge takes from JSONL afterwards.
 *
 * The new one is complete before anything is renamed: broken off anywhere, the next call begins
 * again. The caller holds the lock.
 */
import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import { makePrivateFile } from '../../src-core/files/private-file.ts';
import type { OpenSqlite, Row, WritableDb } from '../../src-core/store/driver.ts';
import { migrate } from '../../src-core/store/migrate.ts';
import { MIGRATIONS } from '../../src-core/store/migrations/all.ts';
import { openStore } from '../../src-core/store/open.ts';
import type { StoreErrorKind } from '../../src-core/store/store-error.ts';
import { type CopiedForeign, copyHeader, createForeignCopier } from './copy-foreign.ts';
import { type CopiedOwn, copyOwn } from './copy-own.ts';
import { DAMAGED_SCHEMA } from './copy-table.ts';
import { diagnoseStore } from './diagnose.ts';
import { DATABASE_ENDS, replaceDatabase } from './set-aside.ts';
import { makeWorkingCopy, stateOf, type WorkingCopy } from './working-copy.ts';

/** What a salvage works with. */
export interface SalvageOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly now: number;
  /** How long a statement waits for another writer, milliseconds. */
  readonly busyMs: number;
  /** Also where recording could go on: only with the user's consent. */
  readonly evenIfPartial?: boolean;
}

/** What came of a database. */
export interface SalvageReport {
  readonly at: number;
  /** Where the damaged one is kept. */
  readonly asidePath: string;
  /** What SQLite says of it. */
  readonly complaints: readonly string[];
  /** True where even its first bytes had to be guessed; `user_version` is lost then. */
  readonly isMended: boolean;
  /** False where nothing of it could be read. */
  readonly isReadable: boolean;
  readonly own: CopiedOwn;
  readonly foreign: CopiedForeign;
}

/** How a salvage ended. */
export type SalvageResult =
  | { readonly kind: 'salvaged'; readonly report: SalvageReport }
  /** The database was left as it is. */
  | { readonly kind: 'refused'; readonly reason: string; readonly cause: StoreErrorKind };

/** Others may write while it is copied; then it is copied again. */
const MOST_TRIES = 3;

/**
 * Salvages. A database that is sound, or that is merely busy, out of reach or newer, is refused.
 * @throws the system's error when the new database cannot be made; nothing is changed then
 */
export function salvageStore(options: SalvageOptions): SalvageResult {
  const { paths, evenIfPartial = false } = options;
  const diagnosis = diagnoseStore({ ...options, path: paths.database });
  if (diagnosis.kind === 'refused') {
    const { kind, message } = diagnosis.error;
    return { kind: 'refused', reason: message, cause: kind };
  }
  const isMeant = diagnosis.kind === 'unusable' || (diagnosis.kind === 'partial' && evenIfPartial);
  if (!isMeant) return { kind: 'refused', reason: REASONS[diagnosis.kind], cause: 'other' };
  const draft = `${paths.database}.new`;
  try {
    for (let tries = 1; ; tries++) {
      const before = stateOf(paths.database);
      const copied = makeNew(options, draft);
      if (before === stateOf(paths.database)) {
        const asidePath = replaceDatabase(paths.database, draft, options.now);
        const { complaints } = diagnosis;
        return { kind: 'salvaged', report: { at: options.now, asidePath, complaints, ...copied } };
      }
      if (tries === MOST_TRIES)
        return { kind: 'refused', reason: 'another program is writing into it', cause: 'busy' };
    }
  } finally {
    rmSync(paths.salvageFolder, { recursive: true, force: true });
    removeDatabase(draft);
  }
}

const REASONS = {
  absent: 'there is no database',
  sound: 'the database opens and passes its check',
  partial: 'what is damaged is not needed for recording; repair it with consent',
} as const;

type Copied = Omit<SalvageReport, 'at' | 'asidePath' | 'complaints'>;

function makeNew(options: SalvageOptions, draft: string): Copied {
  const { paths, open } = options;
  mkdirSync(paths.own, { recursive: true, mode: 0o700 });
  const damaged = makeWorkingCopy(paths.database, paths.salvageFolder, open);
  removeDatabase(draft);
  makePrivateFile(draft);
  const copied =
    damaged.path === null ? readNothing(options, draft) : fill(options, draft, damaged);
  // Other programs of the user read the file too: it keeps the mode that it had.
  chmodSync(draft, statSync(paths.database).mode & 0o777);
  return copied;
}

function readNothing({ open, busyMs, now }: SalvageOptions, draft: string): Copied {
  openStore({ path: draft, open, busyMs, now }).close();
  const own = { events: 0, wrongEvents: 0, amendments: 0, isWhole: false };
  return { isMended: false, isReadable: false, own, foreign: { tables: [], lost: [] } };
}

function fill(
  { open, now }: SalvageOptions,
  draft: string,
  { path, isMended }: WorkingCopy,
): Copied {
  const db = open(draft) as WritableDb;
  try {
    // Nobody knows the file yet; it is flushed as a whole before it gets its name.
    db.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF');
    attachDamaged(db, path ?? '');
    db.exec(formatOf(db));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA ignore_check_constraints = ON');
    const foreign = createForeignCopier(db, createOwnership(open));
    // No transaction around it: SQLite undoes a whole one in which it met damage.
    const tables = foreign.copyTables();
    if (!isMended) copyHeader(db);
    migrate(db, now, MIGRATIONS);
    const oldTable = tables.find(({ name }) => name.toLowerCase() === 'tool_events');
    const own = copyOwn(db, { areOldRowsWhole: oldTable?.isWhole === true });
    return { isMended, isReadable: true, own, foreign: foreign.copyRest() };
  } finally {
    db.close();
  }
}

function attachDamaged(db: WritableDb, path: string): void {
  db.prepare(`ATTACH DATABASE ? AS ${DAMAGED_SCHEMA}`).run(path);
}

/** Page size and vacuum mode were the maker's choice; they take effect in an empty file alone. */
function formatOf(db: WritableDb): string {
  return ['page_size', 'auto_vacuum']
    .map((name) => {
      const row = db.prepare(`PRAGMA ${DAMAGED_SCHEMA}.${name}`).get() as Row;
      return `PRAGMA main.${name} = ${Math.trunc(Number(Object.values(row)[0]))};`;
    })
    .join(' ');
}

/** Tells what the migrations make, by making it. The old table is everybody's: its rows are carried. */
function createOwnership(open: OpenSqlite): (name: string) => boolean {
  const db = open(':memory:') as WritableDb;
  try {
    migrate(db, 0, MIGRATIONS);
    const names = (db.prepare('SELECT name FROM sqlite_master').all() as Row[])
      .map((row) => String(row.name))
      .filter((name) => name.startsWith('hookline_'));
    const ours = new Set(names);
    return (name) => ours.has(name);
  } finally {
    db.close();
  }
}

function removeDatabase(path: string): void {
  for (const end of [...DATABASE_ENDS, '-journal']) rmSync(`${path}${end}`, { force: true });
}
