/** Writes the whole record into a bundle. The key of redacted tokens stays here. */
import { createHash } from 'node:crypto';
import { setImmediate as giveWay } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { recordOf } from '../../src-core/event/record.ts';
import { redactMembers } from '../../src-core/event/redact/members.ts';
import type { Redactor } from '../../src-core/event/redact.ts';
import { amendmentOfRecord, amendmentRecord } from '../../src-core/journal/amendments.ts';
import { sumOf } from '../../src-core/journal/sum.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import {
  BUNDLE_TABLES,
  BUNDLE_VERSION,
  type BundleEnd,
  type BundleHeader,
  type BundleLevel,
  type BundleLine,
  createCounts,
} from './bundle-format.ts';
import { writeNewFile } from './new-file.ts';
import { readEvents } from './read-events.ts';

/** What is written. */
export interface WriteBundleOptions {
  readonly db: ReadableDb;
  readonly file: string;
  readonly level: BundleLevel;
  readonly redactor: Redactor;
  readonly now: number;
}

const LINES_A_TURN = 500;

/**
 * Writes it, whole or not at all; how many lines of each kind.
 * @throws SQLite's or the system's error
 */
export function writeBundle(options: WriteBundleOptions): Promise<BundleEnd['counts']> {
  const { db, file, level, redactor, now } = options;
  return writeNewFile(file, async (write) => {
    const pack = createGzip();
    const ended = new Promise<void>((resolve, reject) => {
      pack.on('data', (bytes: Buffer) => {
        try {
          write(bytes);
        } catch (error) {
          pack.destroy(error as Error);
        }
      });
      pack.once('end', resolve);
      pack.once('error', reject);
    });
    // Whoever awaits it does so at the end; until then a failure is no unhandled one.
    ended.catch(() => undefined);
    const hash = createHash('sha256');
    const put = (value: BundleHeader | BundleLine | BundleEnd): void => {
      const line = `${JSON.stringify(value)}\n`;
      hash.update(line);
      pack.write(line);
    };
    const { counts, add } = createCounts();
    put({ hookline_bundle: BUNDLE_VERSION, created_at: now, level });
    let lines = 0;
    // One state, whatever is stored meanwhile.
    db.exec('BEGIN');
    try {
      for (const line of linesOf(db, level, redactor)) {
        put(line);
        add(line.kind);
        if (++lines % LINES_A_TURN === 0) await drained(pack);
        if (pack.destroyed) break;
      }
    } finally {
      db.exec('COMMIT');
    }
    if (!pack.destroyed) {
      const end: BundleEnd = { kind: 'end', counts, sum: hash.copy().digest('hex') };
      pack.end(`${JSON.stringify(end)}\n`);
    }
    await ended;
    return counts;
  });
}

/** Lets the packer catch up, so that no more than some blocks wait in memory. */
async function drained(pack: ReturnType<typeof createGzip>): Promise<void> {
  while (pack.writableNeedDrain && !pack.destroyed) await giveWay();
}

function* linesOf(db: ReadableDb, level: BundleLevel, redactor: Redactor): Generator<BundleLine> {
  for (const event of readEvents(db)) {
    const record = recordOf(atLevel(event, level, redactor));
    yield { kind: 'event', record: { ...record, sum: sumOf(record) } };
  }
  yield* amendmentLines(db);
  for (const table of BUNDLE_TABLES)
    for (const value of db.prepare(`SELECT * FROM ${table}`).iterate()) {
      const { run: _, ...row } = value as Record<string, string | number | null>;
      yield { kind: table, row };
    }
}

function atLevel(event: CapturedEvent, level: BundleLevel, redactor: Redactor): CapturedEvent {
  if (event.content === null || level === 'full') return event;
  if (level === 'metadata') return { ...event, content: null };
  const content = redactMembers(event.content, redactor.redact) as CapturedEvent['content'];
  return { ...event, content };
}

function* amendmentLines(db: ReadableDb): Generator<BundleLine> {
  const rows = db
    .prepare(
      'SELECT event_id, field, value, source, at_ms AS at FROM hookline_amendment ORDER BY at_ms, id',
    )
    .iterate();
  for (const each of rows) {
    const row = each as Row;
    const value: unknown = JSON.parse(String(row.value));
    const amendment = amendmentOfRecord({ ...row, value, at: Number(row.at) });
    if (amendment === null) continue;
    const record = amendmentRecord(amendment);
    yield { kind: 'amendment', record: { ...record, sum: sumOf(record) } };
  }
}
