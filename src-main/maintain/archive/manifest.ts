/**
 * The archive: months of lines that were taken out of files that had grown large. A segment holds
 * lines of one stream and one month as they stood in the file, byte for byte, compressed; the
 * manifest says of each what is in it. A line in a segment counts as standing in its file.
 *
 * A segment is entered before its lines leave the file and is `isSettled` once they have: broken off
 * between the two the lines stand in both, which counts once, and the next run goes on from there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Paths } from '../../../src-core/files/paths.ts';

const Segment = v.object({
  /** Name in the archive's folder. */
  file: v.pipe(v.string(), v.regex(/^[a-z-]+-\d{4}-\d{2}-\d+\.jsonl\.gz$/)),
  stream: v.string(),
  /** UTC, YYYY-MM. */
  month: v.string(),
  lines: v.number(),
  /** Events, each once. */
  ids: v.number(),
  /** Before it was compressed. */
  bytes: v.number(),
  /** SHA-256 of the lines, hex. */
  sum: v.string(),
  /** Of the first and the last event, epoch milliseconds. */
  fromAt: v.number(),
  toAt: v.number(),
  isSettled: v.boolean(),
});
/** One file of the archive. */
export type Segment = v.InferOutput<typeof Segment>;

const Manifest = v.object({ version: v.literal(1), segments: v.array(Segment) });

/** The archive's folder. */
export function archiveFolder({ own }: Pick<Paths, 'own'>): string {
  return join(own, 'archive');
}

/** The manifest's file. */
export function archiveManifest(paths: Pick<Paths, 'own'>): string {
  return join(archiveFolder(paths), 'manifest.json');
}

/**
 * All segments. Where the manifest is lost or damaged the files speak for themselves: each line
 * carries its own sum, so that nothing is taken for right that is not.
 */
export function readSegments(paths: Pick<Paths, 'own'>): readonly Segment[] {
  const folder = archiveFolder(paths);
  if (!existsSync(folder)) return [];
  return readManifest(paths) ?? foundSegments(folder);
}

/** The segments that the manifest names; null where it cannot be read. */
export function readManifest(paths: Pick<Paths, 'own'>): readonly Segment[] | null {
  try {
    const value: unknown = JSON.parse(readFileSync(archiveManifest(paths), 'utf8'));
    const result = v.safeParse(Manifest, value);
    return result.success ? result.output.segments : null;
  } catch {
    // The caller looks at the files instead.
    return null;
  }
}

const NAME = /^([a-z-]+)-(\d{4}-\d{2})-\d+\.jsonl\.gz$/;

function foundSegments(folder: string): readonly Segment[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [, stream, month] = NAME.exec(file) ?? [];
      if (stream === undefined || month === undefined) return [];
      const unknown = { lines: 0, ids: 0, bytes: 0, sum: '', fromAt: 0, toAt: 0 };
      // What may still stand in its file as well is taken out by the next run.
      return [{ file, stream, month, ...unknown, isSettled: false }];
    });
}

/**
 * Writes the manifest (0600).
 * @throws the system's error when it cannot be written
 */
export function writeSegments(paths: Pick<Paths, 'own'>, segments: readonly Segment[]): void {
  mkdirSync(archiveFolder(paths), { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify({ version: 1, segments }, null, 2)}\n`;
  writeFileSync(archiveManifest(paths), text, { mode: 0o600 });
}

/** A name that no file in the archive has. */
export function freeName(paths: Pick<Paths, 'own'>, stream: string, month: string): string {
  for (let i = 1; ; i++) {
    const file = `${stream}-${month}-${i}.jsonl.gz`;
    if (!existsSync(join(archiveFolder(paths), file))) return file;
  }
}
