/** Writes and reads one file of the archive. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { flushFile } from '../../../src-core/files/flush-file.ts';
import type { Paths } from '../../../src-core/files/paths.ts';
import { sha256 } from '../../../src-core/journal/sum.ts';
import { archiveFolder, freeName, type Segment } from './manifest.ts';

/** Lines of one segment, uncompressed: so much is in memory at once when it is read. */
export const SEGMENT_BYTES = 16 * 1024 * 1024;
/** What no segment of ours comes near; a file that claims more is not unpacked. */
const MOST_BYTES = 8 * SEGMENT_BYTES;

/** A line to be archived, without its line end. */
export interface ArchiveLine {
  readonly id: string;
  readonly at: number;
  readonly bytes: Buffer;
}

/** What reading a segment gave. */
export type SegmentRead =
  | { readonly kind: 'whole'; readonly lines: readonly Buffer[] }
  | { readonly kind: 'damaged'; readonly reason: string };

/** Where the lines belong; `file` writes over a segment that is there. */
export interface SegmentPlace {
  readonly stream: string;
  readonly month: string;
  readonly file?: string;
}

/**
 * Writes the lines as a segment, flushed and read back; the manifest is the caller's.
 * @throws the system's error, or when what was read back is not what was written; no such file then
 */
export function writeSegment(
  paths: Pick<Paths, 'own'>,
  { stream, month, file = freeName(paths, stream, month) }: SegmentPlace,
  lines: readonly ArchiveLine[],
): Segment {
  const folder = archiveFolder(paths);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const content = contentOf(lines);
  const draft = join(folder, `${file}.part`);
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, gzipSync(content), { mode: 0o600, flag: 'wx' });
    flushFile(draft);
    const sum = sha256(content);
    if (sha256(gunzipSync(readFileSync(draft))) !== sum)
      throw new Error(`${file} cannot be read back as it was written`);
    renameSync(draft, join(folder, file));
    return { file, stream, month, ...describeLines(lines), isSettled: false };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What the manifest says of these lines. */
export function describeLines(
  lines: readonly ArchiveLine[],
): Pick<Segment, 'lines' | 'ids' | 'bytes' | 'sum' | 'fromAt' | 'toAt'> {
  const content = contentOf(lines);
  const times = lines.map(({ at }) => at);
  return {
    lines: lines.length,
    ids: new Set(lines.map(({ id }) => id)).size,
    bytes: content.length,
    sum: sha256(content),
    fromAt: times.reduce((a, b) => Math.min(a, b), times[0] ?? 0),
    toAt: times.reduce((a, b) => Math.max(a, b), times[0] ?? 0),
  };
}

function contentOf(lines: readonly ArchiveLine[]): Buffer {
  return Buffer.concat(lines.flatMap(({ bytes }) => [bytes, NEWLINE]));
}

const NEWLINE = Buffer.from('\n');

/** Reads a segment back. Never throws: one that is damaged or missing says so. */
export function readSegment(paths: Pick<Paths, 'own'>, segment: Segment): SegmentRead {
  try {
    const packed = readFileSync(join(archiveFolder(paths), segment.file));
    const content = gunzipSync(packed, { maxOutputLength: MOST_BYTES });
    if (segment.sum !== '' && sha256(content) !== segment.sum)
      return { kind: 'damaged', reason: `${segment.file}: its sum does not fit` };
    return { kind: 'whole', lines: splitLines(content) };
  } catch (error) {
    return { kind: 'damaged', reason: `${segment.file}: ${(error as Error).message}` };
  }
}

function splitLines(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let begin = 0;
  for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, begin)) {
    lines.push(content.subarray(begin, end));
    begin = end + 1;
  }
  return lines;
}
