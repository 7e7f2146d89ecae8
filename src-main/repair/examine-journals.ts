/**
 * Reads all files of lines against the rows: which lines are bad, repeated or misplaced, which are
 * missing, which events only a file holds, and of which no witness holds more than a trace.
 */
import { basename } from 'node:path';
import type { RepairFinding } from '../../src-core/contract/repair.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { openTombstones, type Tombstones } from '../../src-core/store/tombstones.ts';
import type { OwnLine } from '../bridge/line.ts';
import { openArchive } from '../maintain/archive/open-archive.ts';
import { createLineJudge, type LineJudge, type LineVerdict, recordsOf } from './examine-lines.ts';
import type { RowSurvey } from './examine-rows.ts';
import { createTally, findingOf, type Tally } from './finding.ts';
import { createLosses, type Loss } from './losses.ts';
import { traceOf } from './rescue.ts';
import { type FileLine, isFile, linesAndTail } from './whole-file.ts';

const LINES_A_TURN = 4000;

/** What the files say. */
export interface JournalSurvey {
  readonly findings: readonly RepairFinding[];
  readonly lines: number;
  readonly bytes: number;
  readonly outdatedLines: number;
  readonly lost: readonly Loss[];
  /** Names of the streams whose files hold lines that do not belong there. */
  readonly badStreams: ReadonlySet<string>;
  readonly repeatedStreams: ReadonlySet<string>;
}

/** What the reading needs. */
export interface JournalOptions {
  readonly paths: Paths;
  /** Null where there is no database that can be read. */
  readonly db: ReadableDb | null;
  readonly rows: RowSurvey | null;
  readonly giveWay: () => Promise<void>;
}

interface Work extends JournalOptions {
  readonly tallies: Readonly<Record<TallyName, Tally>>;
  readonly losses: ReturnType<typeof createLosses>;
  /** Ids of the amendments that have their line. */
  readonly amendments: Set<string>;
  readonly counts: { lines: number; bytes: number; outdated: number };
  readonly badStreams: Set<string>;
  readonly repeatedStreams: Set<string>;
}

type TallyName =
  | 'lines-damaged'
  | 'lines-misplaced'
  | 'line-torn'
  | 'lines-repeated'
  | 'lines-missing'
  | 'rows-missing'
  | 'amendments-missing'
  | 'file-unreadable';

const TALLIES: readonly TallyName[] = [
  'lines-damaged',
  'lines-misplaced',
  'line-torn',
  'lines-repeated',
  'lines-missing',
  'rows-missing',
  'amendments-missing',
  'file-unreadable',
];

interface Source {
  readonly name: string;
  readonly path: string;
  readonly bit: number;
  readonly isPrimary: boolean;
}

/** The files that are read, whole records first: what a projection traces may stand in them. */
export function sourcesOf(paths: Paths): readonly Source[] {
  const streams = STREAMS.map(({ name, bit, isPrimary, pathIn }) => ({
    name,
    bit,
    isPrimary,
    path: pathIn(paths),
  }));
  const amendments = {
    name: 'amendments',
    bit: 0,
    isPrimary: false,
    path: paths.journals.amendments,
  };
  return [...streams, amendments];
}

/** Reads them, giving way between chunks. */
export async function examineJournals(options: JournalOptions): Promise<JournalSurvey> {
  const tombstones = openTombstones(options.paths);
  const damagedRows = options.rows?.damagedRows ?? new Map();
  const damagedIds = new Set([...damagedRows.values()].map(({ id }) => id));
  const work: Work = {
    ...options,
    tallies: Object.fromEntries(TALLIES.map((name) => [name, createTally()])) as Work['tallies'],
    losses: createLosses(options.db, tombstones, damagedIds),
    amendments: new Set(),
    counts: { lines: 0, bytes: 0, outdated: 0 },
    badStreams: new Set(),
    repeatedStreams: new Set(),
  };
  for (const [seq, trace] of damagedRows) work.losses.suspect(trace, `row ${seq}`);
  for (const source of sourcesOf(options.paths)) await examineFile(work, source);
  if (options.db !== null) compareAmendments(work, options.db, tombstones);
  const lost = work.losses.list();
  const losses = {
    count: lost.length,
    evidence: lost.slice(0, 5).map(({ id, from }) => ({ where: from, what: `event ${id}` })),
  };
  return {
    findings: [
      ...TALLIES.flatMap((name) => findingOf(name, work.tallies[name]) ?? []),
      ...[findingOf('events-lost', losses) ?? []].flat(),
    ],
    lines: work.counts.lines,
    bytes: work.counts.bytes,
    outdatedLines: work.counts.outdated,
    lost,
    badStreams: work.badStreams,
    repeatedStreams: work.repeatedStreams,
  };
}

async function examineFile(work: Work, source: Source): Promise<void> {
  const { rows, tallies } = work;
  const lastSeq = rows?.lastSeq ?? 0;
  const seen = new Uint8Array(lastSeq + 1);
  const { name: stream, isPrimary, bit, path } = source;
  const judge = createLineJudge({ stream, isPrimary, rows: rows?.index ?? null, lastSeq });
  takeArchived(work, source, judge, seen);
  try {
    if (isFile(path)) await readLinesOf(work, source, judge, seen);
    if (rows !== null && bit !== 0) countMissing(work, source, rows, seen);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    tallies['file-unreadable'].add({ where: path, what: (error as Error).message });
  }
}

async function readLinesOf(
  work: Work,
  source: Source,
  judge: LineJudge,
  seen: Uint8Array,
): Promise<void> {
  let number = 0;
  for (const line of linesAndTail(source.path)) {
    number++;
    takeLine(work, source, { ...line, number }, judge(line.bytes), seen);
    if (number % LINES_A_TURN === 0) await work.giveWay();
  }
}

/** What is archived counts as standing in the file; the archive has sums of its own. */
function takeArchived(work: Work, source: Source, judge: LineJudge, seen: Uint8Array): void {
  for (const bytes of openArchive(work.paths)(source.name)?.read() ?? []) {
    const verdict = judge(bytes);
    if (verdict.kind === 'good') takeGood(work, source, verdict, seen);
  }
}

function takeLine(
  work: Work,
  source: Source,
  { bytes, isTail, number }: FileLine & { readonly number: number },
  verdict: LineVerdict,
  seen: Uint8Array,
): void {
  const { tallies, counts, losses } = work;
  counts.lines++;
  counts.bytes += bytes.length + 1;
  const where = `${basename(source.path)}, line ${number}`;
  const place = (what: string) => ({ where, what });
  if (isTail) {
    tallies['line-torn'].add(place('no line end'));
    work.badStreams.add(source.name);
  }
  switch (verdict.kind) {
    case 'blank':
    case 'foreign':
      return;
    case 'repeated':
      tallies['lines-repeated'].add(place(`event ${verdict.line.id}`));
      work.repeatedStreams.add(source.name);
      return;
    case 'good':
      takeGood(work, source, verdict, seen);
      return;
    case 'misplaced':
      tallies['lines-misplaced'].add(place(`event ${verdict.line.id}`));
      break;
    case 'damaged':
      tallies['lines-damaged'].add(place(verdict.reason));
      losses.suspect(verdict.kind === 'damaged' ? traceOf(bytes) : null, where);
      break;
  }
  work.badStreams.add(source.name);
  for (const line of recordsOf(bytes, verdict)) takeWitnessed(work, line, where);
}

function takeGood(
  work: Work,
  { isPrimary, name }: Source,
  verdict: Extract<LineVerdict, { kind: 'good' }>,
  seen: Uint8Array,
): void {
  const { line, seq, isOutdated } = verdict;
  if (seq !== null && seq < seen.length) seen[seq] = 1;
  if (isOutdated) work.counts.outdated++;
  if (name === 'amendments') {
    work.amendments.add(line.id);
    return;
  }
  const hasGoodRow = seq !== null && work.rows?.damagedRows.has(seq) !== true;
  if (isPrimary && !hasGoodRow) takeWitnessed(work, line, name);
  if (!isPrimary && seq === null) work.losses.suspect(traceOfProjection(line), name);
}

/** A whole record: where the store lacks its event, it can be brought back. */
function takeWitnessed({ db, tallies, losses }: Work, line: OwnLine, where: string): void {
  const event = eventOfRecord(line.record());
  if (event === null || !losses.hold(event)) return;
  // Without a store all of them are missing there, which is said once.
  if (db !== null) tallies['rows-missing'].add({ where, what: `event ${event.id}` });
}

function traceOfProjection(line: OwnLine): { id: string; at: number | null } {
  const { ts } = line.record();
  return { id: line.id, at: typeof ts === 'number' ? ts * 1000 : null };
}

function compareAmendments(
  { tallies, amendments }: Work,
  db: ReadableDb,
  tombstones: Tombstones,
): void {
  const rows = db.prepare('SELECT id, is_written FROM hookline_amendment').all() as Row[];
  const stored = new Set(rows.map(({ id }) => String(id)));
  // What was learnt since the last run of the bridge has no line yet, and gets one.
  for (const { id, is_written } of rows)
    if (Number(is_written) === 1 && !amendments.has(String(id)))
      tallies['amendments-missing'].add({ where: 'amendments.jsonl', what: `amendment ${id}` });
  for (const id of amendments)
    if (!stored.has(id) && !tombstones.coversId(id))
      tallies['amendments-missing'].add({ where: 'hookline_amendment', what: `amendment ${id}` });
}

function countMissing(
  { tallies }: Work,
  { bit, path }: Source,
  { expected, lastSeq }: RowSurvey,
  seen: Uint8Array,
): void {
  for (let seq = 1; seq <= lastSeq; seq++) {
    if (((expected[seq] ?? 0) & bit) !== 0 && seen[seq] !== 1)
      tallies['lines-missing'].add({ where: basename(path), what: `row ${seq}` });
  }
}
