/**
 * Moves the lines of past months out of files that have grown large, into the archive. Lines of others
 * stay, and so does a line whose event the store does not know. The caller holds the lock, and both
 * stores agree.
 *
 *   gather   lines of ours of past months, month by month, into segments; each is entered in the
 *            manifest as soon as it was read back
 *   settle   what stands in a segment that is not settled leaves the file
 *
 * Broken off anywhere, the next run settles what was gathered and goes on.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../../../src-core/files/paths.ts';
import { readLines } from '../../../src-core/journal/read.ts';
import { STREAMS, type Stream } from '../../../src-core/journal/streams.ts';
import type { ReadableDb } from '../../../src-core/store/driver.ts';
import { judgeLine, type OwnLine } from '../../bridge/line.ts';
import { type Rewritten, rewriteJournal } from '../../repair/rewrite-journal.ts';
import { isFile } from '../../repair/whole-file.ts';
import {
  archiveFolder,
  readManifest,
  readSegments,
  type Segment,
  writeSegments,
} from './manifest.ts';
import {
  type ArchiveLine,
  describeLines,
  readSegment,
  SEGMENT_BYTES,
  writeSegment,
} from './segment.ts';

/** A file below this is left alone. */
export const ARCHIVE_ABOVE_BYTES = 100 * 1024 * 1024;

/** What to archive. */
export interface ArchiveOptions {
  readonly paths: Paths;
  readonly db: ReadableDb;
  readonly now: number;
  readonly aboveBytes?: number;
  readonly segmentBytes?: number;
  /** Called by name before each step; tests break a run off there. */
  readonly atPoint?: (name: string) => void;
}

/** What was moved, or would be, of one stream. */
export interface ArchivedStream {
  readonly stream: string;
  readonly lines: number;
  readonly bytes: number;
}

/** What would be moved. Writes nothing. */
export function planArchive(options: ArchiveOptions): readonly ArchivedStream[] {
  return largeStreams(options).flatMap((stream) => {
    const counts = { stream: stream.name, lines: 0, bytes: 0 };
    for (const { bytes } of archivableLines(options, stream)) {
      counts.lines++;
      counts.bytes += bytes.length + 1;
    }
    return counts.lines === 0 ? [] : [counts];
  });
}

/**
 * Archives; what was moved by this run.
 * @throws the system's error; every line stands in its file or in the archive then
 */
export function archiveLines(options: ArchiveOptions): readonly ArchivedStream[] {
  const { paths, atPoint = () => {} } = options;
  removeLeftovers(paths);
  restoreManifest(paths);
  settle(options);
  const moved: ArchivedStream[] = [];
  for (const stream of largeStreams(options)) {
    const before = readSegments(paths).length;
    gather(options, stream);
    const segments = readSegments(paths).slice(before);
    if (segments.length === 0) continue;
    atPoint(`gathered ${stream.name}`);
    const sum = (name: 'lines' | 'bytes'): number =>
      segments.reduce((n, each) => n + each[name], 0);
    moved.push({ stream: stream.name, lines: sum('lines'), bytes: sum('bytes') });
  }
  settle(options);
  return moved;
}

/** Drafts, and segments that were never entered, whose lines are in their file still. */
function removeLeftovers(paths: Paths): void {
  const folder = archiveFolder(paths);
  if (!existsSync(folder)) return;
  const entered = readManifest(paths)?.map(({ file }) => file);
  const isLeft = (name: string): boolean =>
    name.endsWith('.part') ||
    (entered !== undefined && name.endsWith('.jsonl.gz') && !entered.includes(name));
  for (const name of readdirSync(folder)) if (isLeft(name)) rmSync(join(folder, name));
}

/** A lost manifest is made again from the segments. */
function restoreManifest(paths: Paths): void {
  const segments = readSegments(paths);
  if (segments.length === 0 || readManifest(paths) !== null) return;
  const described = segments.map((segment): Segment => {
    const read = readSegment(paths, segment);
    if (read.kind === 'damaged') return segment;
    return {
      ...segment,
      ...describeLines(read.lines.flatMap((bytes) => archiveLineOf(bytes) ?? [])),
    };
  });
  writeSegments(paths, described);
}

function largeStreams({
  paths,
  aboveBytes = ARCHIVE_ABOVE_BYTES,
}: ArchiveOptions): readonly Stream[] {
  return STREAMS.filter((stream) => {
    const path = stream.pathIn(paths);
    return isFile(path) && statSync(path).size > aboveBytes;
  });
}

function* archivableLines(
  { paths, db, now }: ArchiveOptions,
  stream: Stream,
): Generator<ArchiveLine> {
  const find = db.prepare('SELECT at_ms FROM hookline_event WHERE id = ?');
  const thisMonth = monthOf(now);
  for (const { bytes } of readLines(stream.pathIn(paths))) {
    const line = archiveLineOf(bytes);
    if (line === null || monthOf(line.at) >= thisMonth) continue;
    if (find.get(line.id) !== undefined) yield line;
  }
}

/** Null for a line that is not ours, or tells no time. */
export function archiveLineOf(bytes: Buffer): ArchiveLine | null {
  const line = judgeLine(bytes);
  const at = line.kind === 'own' ? timeOf(line) : null;
  return line.kind === 'own' && at !== null ? { id: line.id, at, bytes } : null;
}

function timeOf(line: OwnLine): number | null {
  const { at, ts } = line.record();
  if (typeof at === 'number') return at;
  return typeof ts === 'number' ? ts * 1000 : null;
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

function gather(options: ArchiveOptions, stream: Stream): void {
  const { paths, segmentBytes = SEGMENT_BYTES, atPoint = () => {} } = options;
  const months = new Map<string, ArchiveLine[]>();
  let size = 0;
  const flush = (): void => {
    for (const [month, lines] of months) {
      const entered = readSegments(paths);
      const segment = writeSegment(paths, { stream: stream.name, month }, lines);
      atPoint(`written ${segment.file}`);
      writeSegments(paths, [...entered, segment]);
    }
    months.clear();
    size = 0;
  };
  for (const line of archivableLines(options, stream)) {
    const month = monthOf(line.at);
    const lines = months.get(month) ?? [];
    months.set(month, lines);
    // The block that it was read with is many times as large.
    lines.push({ ...line, bytes: Buffer.from(line.bytes) });
    size += line.bytes.length + 1;
    if (size >= segmentBytes) flush();
  }
  flush();
}

/** Takes the lines of unsettled segments out of their files. */
function settle({ paths, atPoint = () => {} }: ArchiveOptions): void {
  const segments = readSegments(paths);
  const open = segments.filter(({ isSettled }) => !isSettled);
  if (open.length === 0) return;
  const rewritten: Rewritten[] = [];
  const settled = new Set<string>();
  try {
    for (const stream of STREAMS) {
      const sums = new Set<string>();
      for (const segment of open.filter(({ stream: name }) => name === stream.name)) {
        // A line leaves its file only where it was read in the archive just now.
        if (takeSums(paths, segment, sums)) settled.add(segment.file);
      }
      const path = stream.pathIn(paths);
      if (sums.size === 0 || !isFile(path)) continue;
      atPoint(`rewriting ${stream.name}`);
      const result = rewriteJournal(path, (bytes) => {
        const line = judgeLine(bytes);
        return line.kind === 'own' && sums.has(line.sum) ? 'remove' : 'keep';
      });
      if (result !== null) rewritten.push(result);
      atPoint(`rewritten ${stream.name}`);
    }
  } finally {
    for (const { close } of rewritten) close();
  }
  const mark = (each: Segment): Segment =>
    settled.has(each.file) ? { ...each, isSettled: true } : each;
  writeSegments(paths, segments.map(mark));
}

function takeSums(paths: Paths, segment: Segment, sums: Set<string>): boolean {
  const read = readSegment(paths, segment);
  if (read.kind === 'damaged') return false;
  for (const bytes of read.lines) {
    const line = judgeLine(bytes);
    if (line.kind === 'own') sums.add(line.sum);
  }
  return true;
}
