/**
 * A spool entry: what the launcher saved of one hook run.
 *
 *   hookline-spool 1 NUL version NUL project folder NUL entrypoint NUL payload NUL hookline-end LF
 *
 * NUL cannot occur in an environment variable, so the header is safe for any bytes; the payload is
 * kept as it came. The time of the event is the file's modification time. An entry without its end
 * mark is unfinished: its launcher is still writing or was killed.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_PAYLOAD_BYTES } from '../base/limits.ts';

const MAGIC = Buffer.from('hookline-spool 1\0');
const END = Buffer.from('\0hookline-end\n');
const HEADER_FIELDS = 3;

/** A file in the spool. */
export interface SpoolFile {
  readonly name: string;
  readonly path: string;
  readonly at: number;
  /** For an order finer than a millisecond. */
  readonly atNs: bigint;
  readonly sizeBytes: number;
  /** The launcher's process, where the name tells it. */
  readonly pid: number | null;
}

/** What a spool file holds. */
export interface SpoolEntry {
  readonly isFinished: boolean;
  readonly launcherVersion: string;
  readonly project: string | null;
  readonly entrypoint: string | null;
  /** The payload's bytes, cut to what anybody would parse. */
  readonly payload: Buffer;
}

const NAME = /^(\d+)-\d+\.event$/;

/** The entries of a spool in the order in which they were written; empty where there is no spool. */
export function listSpool(folder: string): readonly SpoolFile[] {
  return namesIn(folder)
    .flatMap((name) => {
      const file = describe(folder, name);
      return file === null ? [] : [file];
    })
    .sort((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : a.name < b.name ? -1 : 1));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.event'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Null for an entry that somebody else has drained meanwhile. */
function describe(folder: string, name: string): SpoolFile | null {
  const path = join(folder, name);
  try {
    const { mtimeNs, mtimeMs, size } = statSync(path, { bigint: true });
    const pid = NAME.exec(name)?.[1];
    return {
      name,
      path,
      at: Number(mtimeMs),
      atNs: mtimeNs,
      sizeBytes: Number(size),
      pid: pid === undefined ? null : Number(pid),
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Reads an entry; null for one that is gone.
 * @throws the system's error when it cannot be read
 */
export function readEntry(file: SpoolFile): SpoolEntry | null {
  const bytes = readBounded(file.path);
  return bytes === null ? null : parseEntry(bytes);
}

/** Reads an entry's bytes; bytes without our header count as a payload without one. */
export function parseEntry(bytes: Buffer): SpoolEntry {
  const isFinished = bytes.length >= END.length && bytes.subarray(-END.length).equals(END);
  const body = isFinished ? bytes.subarray(0, -END.length) : bytes;
  const fields: string[] = [];
  let position = 0;
  if (body.subarray(0, MAGIC.length).equals(MAGIC)) {
    position = MAGIC.length;
    while (fields.length < HEADER_FIELDS) {
      const end = body.indexOf(0, position);
      if (end < 0) break;
      fields.push(body.toString('utf8', position, end));
      position = end + 1;
    }
  }
  const [launcherVersion = '', project = '', entrypoint = ''] = fields;
  return {
    isFinished,
    launcherVersion,
    project: project === '' ? null : project,
    entrypoint: entrypoint === '' ? null : entrypoint,
    payload: body.subarray(position),
  };
}

function readBounded(path: string): Buffer | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const size = Math.min(fstatSync(file).size, MAX_PAYLOAD_BYTES);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const count = readSync(file, bytes, filled, size - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
