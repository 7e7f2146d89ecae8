/**
 * A spool entry: what the launcher saved of one hook run.
 *
 *   hookline-spool 1 NUL version NUL project folder NUL entrypoint NUL payload NUL hookline-end LF
 *
 * NUL cannot occur in an environment variable, so the header is safe for any bytes; the payload is
 * kept as it came. The time of the event is the file's modification time. An entry without its end
 * mark is unfinished: its launcher is still writing or was killed.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import { MAX_PAYLOAD_BYTES } from '../base/limits.ts';

const MAGIC = Buffer.from('hookline-spool 1\0');
const END = Buffer.from('\0hookline-end\n');
const HEADER_FIELDS = 3;
const OWNER_WRITES = 0o200;

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
  /** A drain handled it before and had to leave it: some of its lines may stand already. */
  readonly wasTried: boolean;
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

/**
 * Marks an entry as tried, by its mode: that takes no space on a full disk, and keeps its name and
 * time, which are its identity.
 * @throws the system's error when the mode cannot be set
 */
export function markTried(file: SpoolFile): void {
  chmodSync(file.path, 0o400);
}

/**
 * The state in which an entry was found: another one once it was written to. Names alone do not
 * tell, since an unfinished entry is finished under its own name.
 */
export function stateOf({ name, atNs, sizeBytes }: SpoolFile): string {
  return `${name} ${atNs} ${sizeBytes}`;
}

/** Null for an entry that somebody else has drained meanwhile, and for what is no file at all. */
function describe(folder: string, name: string): SpoolFile | null {
  const path = join(folder, name);
  try {
    const stat = lstatSync(path, { bigint: true });
    if (!stat.isFile()) return null;
    const { mtimeNs, mtimeMs, size, mode } = stat;
    const pid = NAME.exec(name)?.[1];
    return {
      name,
      path,
      at: Number(mtimeMs),
      atNs: mtimeNs,
      sizeBytes: Number(size),
      pid: pid === undefined ? null : Number(pid),
      wasTried: (Number(mode) & OWNER_WRITES) === 0,
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** An entry as it was read, with its time then: an entry that was being written when it was listed is later. */
export interface ReadSpoolEntry extends SpoolEntry {
  readonly at: number;
}

/**
 * Reads an entry; null for one that is gone.
 * @throws the system's error when it cannot be read
 */
export function readEntry(file: SpoolFile): ReadSpoolEntry | null {
  const read = readBounded(file.path);
  return read === null ? null : { ...parseEntry(read.bytes), at: read.at };
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

function readBounded(path: string): { bytes: Buffer; at: number } | null {
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
    const { mtimeMs } = fstatSync(file, { bigint: true });
    return { bytes: bytes.subarray(0, filled), at: Number(mtimeMs) };
  } finally {
    closeSync(file);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
