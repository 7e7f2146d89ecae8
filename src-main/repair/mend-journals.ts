/**
 * Puts the files of lines in order: bad lines go to quarantine and out of the file, after what is
 * good in them was taken; repeated ones go; on request, lines are brought up to date with their rows.
 */
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { MAX_PAYLOAD_BYTES, MAX_QUARANTINE_BYTES } from '../../src-core/base/limits.ts';
import type { RepairPart } from '../../src-core/contract/repair.ts';
import type { Rejected } from '../../src-core/journal/quarantine.ts';
import { type ReadableDb, type Row, transaction } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS } from '../../src-core/store/events.ts';
import { lastSeq } from '../bridge/census.ts';
import { judgeLine, type OwnLine } from '../bridge/line.ts';
import { lineOfRow } from '../bridge/row-lines.ts';
import { sourcesOf } from './examine-journals.ts';
import { createLineJudge, findInStore } from './examine-lines.ts';
import { createRescuer, keepRejected, type MendOptions } from './mend-store.ts';
import { rescue } from './rescue.ts';
import { type Decide, type Fate, type Rewritten, rewriteJournal } from './rewrite-journal.ts';
import { isFile, linesAndTail } from './whole-file.ts';

const REJECTED_AT_ONCE = 500;

type Source = ReturnType<typeof sourcesOf>[number];

/** Takes whole records and amendments out of lines that do not belong; returns how many were new. */
export function rescueRecords(options: MendOptions, names: ReadonlySet<string>): number {
  const rescuer = createRescuer(options);
  let count = 0;
  for (const source of sourcesOf(options.paths)) {
    if (!names.has(source.name) || !isFile(source.path)) continue;
    for (const line of goodIn(options, source))
      transaction(options.db, () => {
        if (rescuer.take(line)) count++;
      });
  }
  return count;
}

/** What is good in lines that the bridge does not take. */
function* goodIn(options: MendOptions, source: Source): Generator<OwnLine> {
  const judge = judgeOf(options, source);
  for (const { bytes, isTail } of linesAndTail(source.path)) {
    const verdict = judge(bytes);
    if (verdict.kind === 'damaged') for (const { line } of rescue(bytes)) yield line;
    else if (verdict.kind === 'misplaced') yield verdict.line;
    // A whole line that only lacks its end is none for the bridge.
    else if (verdict.kind === 'good' && isTail) yield verdict.line;
  }
}

/** Gives the last line its end where it is a good line but for that; false where it is none. */
export function endGoodTail(path: string): boolean {
  for (const { bytes, isTail } of linesAndTail(path)) {
    if (!isTail || judgeLine(bytes).kind === 'damaged') continue;
    appendFileSync(path, '\n');
    return true;
  }
  return false;
}

function judgeOf({ db }: Pick<MendOptions, 'db'>, source: Source) {
  const { name: stream, bit, isPrimary } = source;
  const rows = findInStore(db, bit);
  return createLineJudge({ stream, isPrimary, rows, lastSeq: lastSeq(db) });
}

/** What came of one file. */
export interface MendedFile extends Rewritten {
  readonly name: string;
  readonly path: string;
}

/**
 * Rewrites one file as far as the parts ask for it; null where nothing in it changes.
 * @throws the system's error; the file is as it was then
 */
export function mendJournal(
  options: MendOptions,
  source: Source,
  parts: ReadonlySet<RepairPart>,
): MendedFile | null {
  if (!isFile(source.path)) return null;
  // Quarantine first: what cannot be kept there must stay where it is.
  if (parts.has('lines')) keepBadLines(options, source);
  const rewritten = rewriteJournal(source.path, createDecision(options, source, parts));
  return rewritten === null ? null : { ...rewritten, name: source.name, path: source.path };
}

/** Lines in which nothing good was found; what stood in the others is in the record. */
function keepBadLines(options: MendOptions, source: Source): void {
  const judge = judgeOf(options, source);
  let rejected: Rejected[] = [];
  for (const { bytes, offset } of linesAndTail(source.path)) {
    const verdict = judge(bytes);
    if (verdict.kind !== 'damaged' || rescue(bytes).length > 0) continue;
    const kept = bytes.length > MAX_PAYLOAD_BYTES ? bytes.subarray(0, MAX_QUARANTINE_BYTES) : bytes;
    const { reason } = verdict;
    const from = basename(source.path);
    rejected.push({ at: options.now, from, offset, reason, bytes: Buffer.from(kept) });
    if (rejected.length < REJECTED_AT_ONCE) continue;
    keepRejected(options, rejected);
    rejected = [];
  }
  keepRejected(options, rejected);
}

function createDecision(
  options: MendOptions,
  source: Source,
  parts: ReadonlySet<RepairPart>,
): Decide {
  const judge = judgeOf(options, source);
  const upToDate = parts.has('amended') ? createUpToDate(options.db, source) : () => null;
  const hasBad = parts.has('lines');
  return (bytes, { isTail }): Fate => {
    const verdict = judge(bytes);
    switch (verdict.kind) {
      case 'damaged':
      case 'misplaced':
        return hasBad ? 'remove' : 'keep';
      case 'repeated':
        return parts.has('duplicates') ? 'remove' : 'keep';
      case 'good':
        return fateOf(bytes, upToDate(verdict.line.id));
      case 'blank':
        return isTail && hasBad ? 'remove' : 'keep';
      case 'foreign':
        return 'keep';
    }
  };
}

function fateOf(bytes: Buffer, text: string | null): Fate {
  if (text === null) return 'keep';
  // What was learnt may have made it no error any more, say.
  if (text === '') return 'remove';
  return bytes.equals(Buffer.from(text)) ? 'keep' : { text };
}

/** The line as the row would write it now; null where nothing was learnt since. */
function createUpToDate(db: ReadableDb, { bit }: Source): (id: string) => string | null {
  if (bit === 0) return () => null;
  const amended = new Set(
    (db.prepare('SELECT DISTINCT event_id FROM hookline_amendment').all() as Row[]).map((row) =>
      String(row.event_id),
    ),
  );
  const find = db.prepare(`SELECT ${EVENT_COLUMNS} FROM hookline_event WHERE id = ?`);
  return (id) => {
    if (!amended.has(id)) return null;
    const row = find.get(id) as Row | undefined;
    return row === undefined ? null : lineOfRow(row, bit).trimEnd();
  };
}
