/**
 * Writes files again that were deleted: chunk by chunk from the rows, all such files in one pass. What
 * was written is read back and compared byte by byte, and the cursor moves behind it; no row is
 * touched, since rows say already that their lines are there. Whatever else happens to such a file
 * meanwhile ends the shortcut: the rest of its lines is forgotten, found and healed one by one.
 */
import { closeSync, fstatSync, readSync, writeSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import { openForAppend } from '../../src-core/journal/append.ts';
import { STREAMS, type Stream } from '../../src-core/journal/streams.ts';
import {
  type Row,
  type Statement,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS } from '../../src-core/store/events.ts';
import { type FileCursor, hashBefore, type Refill, saveCursor, statFile } from './cursor.ts';
import { lineOfRow } from './row-lines.ts';
import { forgetLines } from './row-marks.ts';
import { EMPTY_CURSOR, readCursor } from './scan.ts';
import { isRowWhole } from './sweep.ts';

const CHUNK_ROWS = 500;

interface Target {
  readonly stream: Stream;
  readonly path: string;
  readonly range: Refill;
  cursor: FileCursor;
}

/**
 * Finishes the files that are being refilled; the lines written, by stream, of all that were tried.
 * @throws SQLite's error; what was written until then is known
 */
export function refillStreams(db: WritableDb, paths: Paths): ReadonlyMap<string, number> {
  const written = new Map<string, number>();
  let targets = STREAMS.flatMap((stream): Target[] => {
    const cursor = readCursor(db, stream.name) ?? EMPTY_CURSOR;
    const path = stream.pathIn(paths);
    return cursor.refill === null ? [] : [{ stream, path, range: cursor.refill, cursor }];
  });
  for (const { stream } of targets) written.set(stream.name, 0);
  const setMarks = db.prepare('UPDATE hookline_event SET lines = ? WHERE seq = ?');
  for (const rows of rowsOf(db, targets)) {
    // A line of a damaged row would be right by its sum and wrong by what it says.
    const sound = rows.filter(isRowWhole);
    const chunk = targets.map((target) => ({ target, lines: linesFor(sound, target) }));
    const isGood = chunk.map(({ target, lines }) => appendAndCompare(target, lines.join('')));
    const last = Number(rows.at(-1)?.seq);
    transaction(db, () => {
      correctMarks(setMarks, { rows, sound: new Set(sound), targets });
      chunk.forEach(({ target, lines }, i) => {
        if (isGood[i]) advance(db, target, last, lines.length);
      });
    });
    chunk.forEach(({ target, lines }, i) => {
      const { name } = target.stream;
      if (isGood[i]) written.set(name, (written.get(name) ?? 0) + lines.length);
      else giveUp(db, target);
    });
    targets = targets.filter((_, i) => isGood[i]);
    if (targets.length === 0) return written;
  }
  transaction(db, () => {
    for (const { stream, cursor } of targets)
      saveCursor(db, stream.name, { ...cursor, refill: null });
  });
  return written;
}

function* rowsOf(db: WritableDb, targets: readonly Target[]): Generator<readonly Row[]> {
  if (targets.length === 0) return;
  const select = db.prepare(
    `SELECT seq, sum, lines, expected, ${EVENT_COLUMNS} FROM hookline_event
     WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK_ROWS}`,
  );
  const upTo = Math.max(...targets.map(({ range }) => range.upTo));
  let after = Math.min(...targets.map(({ range }) => range.after));
  for (;;) {
    const rows = select.all(after, upTo) as Row[];
    if (rows.length === 0) return;
    yield rows;
    after = Number(rows.at(-1)?.seq);
  }
}

function isIn({ after, upTo }: Refill, row: Row): boolean {
  return Number(row.seq) > after && Number(row.seq) <= upTo;
}

function linesFor(rows: readonly Row[], { stream, range }: Target): string[] {
  const lines: string[] = [];
  for (const row of rows) {
    if ((Number(row.expected) & stream.bit) === 0 || !isIn(range, row)) continue;
    const line = lineOfRow(row, stream.bit);
    if (line !== '') lines.push(line);
  }
  return lines;
}

/** For the bytes of a chunk as they are written and as they are read back; memory of its own each would pile up. */
let space = Buffer.alloc(4 * 1024 * 1024);

function bytesOf(text: string): Buffer {
  // No character takes more than three bytes for each of its units.
  if (2 * 3 * text.length > space.length) space = Buffer.alloc(2 * 3 * text.length);
  return space.subarray(0, space.write(text));
}

/** False when the file is not what the cursor says, or does not hold at its end what was written. */
function appendAndCompare({ path, cursor }: Target, text: string): boolean {
  if (text === '') return true;
  const bytes = bytesOf(text);
  try {
    const file = openForAppend(path);
    try {
      const { size, ino, dev } = fstatSync(file, { bigint: true });
      if (Number(size) !== cursor.offset) return false;
      if (cursor.inode !== '' && cursor.inode !== `${dev}:${ino}`) return false;
      if (writeSync(file, bytes) !== bytes.length) return false;
      const back = space.subarray(bytes.length, 2 * bytes.length);
      return (
        readSync(file, back, 0, back.length, cursor.offset) === back.length && back.equals(bytes)
      );
    } finally {
      closeSync(file);
    }
  } catch (error) {
    // Whoever heals the lines one by one meets it again, and tells of it.
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return false;
  }
}

function advance(db: WritableDb, target: Target, last: number, lines: number): void {
  const { cursor, path, range, stream } = target;
  const stat = statFile(path);
  if (stat === null || stat.size === cursor.offset) {
    target.cursor = { ...cursor, refill: { ...range, after: last } };
  } else {
    target.cursor = {
      ...cursor,
      ...stat,
      offset: stat.size,
      tail: hashBefore(path, stat.size),
      own: cursor.own + lines,
      refill: { ...range, after: last },
    };
  }
  saveCursor(db, stream.name, target.cursor);
}

/** Rows whose line was never seen have one now, and those that expect none lost theirs with the file. */
function correctMarks(
  setMarks: Statement,
  {
    rows,
    sound,
    targets,
  }: {
    readonly rows: readonly Row[];
    readonly sound: ReadonlySet<Row>;
    readonly targets: readonly Target[];
  },
): void {
  for (const row of rows) {
    const [before, expected] = [Number(row.lines), Number(row.expected)];
    const bits = targets.reduce(
      (all, { stream, range }) => (isIn(range, row) ? all | stream.bit : all),
      0,
    );
    const lines = (before & ~bits) | (sound.has(row) ? expected & bits : 0);
    if (lines !== before) setMarks.run(lines, row.seq ?? null);
  }
}

/** Leaves the file to the scan, which reads on behind what is known of it. */
function giveUp(db: WritableDb, { stream, cursor }: Target): void {
  forgetLines(db, stream.bit, cursor.refill?.after ?? 0);
  transaction(db, () =>
    saveCursor(db, stream.name, { ...cursor, size: cursor.offset, modifiedNs: '', refill: null }),
  );
}
