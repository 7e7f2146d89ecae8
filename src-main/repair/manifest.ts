/**
 * What a repair copied before it changed anything, in a folder of its own below the backups: the
 * manifest says of each file how it was before and after, so that the repair can be taken back. It is
 * written before the first change, and again whenever more is known.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import { RepairPart, type RepairReport } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';

const FileState = v.object({
  bytes: v.number(),
  /** SHA-256 of all of it, hex. */
  hash: v.string(),
  mode: v.number(),
});
/** A file as it stood at one moment. */
export type FileState = v.InferOutput<typeof FileState>;

const ManifestFile = v.object({
  path: v.string(),
  /** Name of its copy in the folder; null where it only grew, or was not there. */
  copy: v.nullable(v.string()),
  before: v.nullable(FileState),
  after: v.nullable(FileState),
});
/** One file of a repair. */
export type ManifestFile = v.InferOutput<typeof ManifestFile>;

const Manifest = v.object({
  version: v.literal(1),
  id: v.string(),
  startedAt: v.number(),
  state: v.picklist(['running', 'done', 'cancelled', 'failed', 'undone']),
  parts: v.array(RepairPart),
  summary: v.string(),
  files: v.array(ManifestFile),
  modes: v.array(v.object({ path: v.string(), before: v.number() })),
  database: v.object({
    /** Name of its copy in the folder; null where it was not copied. */
    copy: v.nullable(v.string()),
    /** Where a damaged one is kept. */
    asidePath: v.nullable(v.string()),
    /** Rows up to this one were there when the repair ended; null where that is not known. */
    lastSeq: v.nullable(v.number()),
    /** The same of the old table. */
    lastOldRow: v.nullable(v.number()),
    /** Ids of the amendments that the repair brought into it. */
    addedAmendments: v.array(v.string()),
  }),
  /** The backfill that the repair started, which is taken back first. */
  backfillRun: v.nullable(v.number()),
});
/** What a repair copied and changed. */
export type Manifest = v.InferOutput<typeof Manifest>;

const START = 'repair-';

/** The folder of a repair. */
export function snapshotFolder({ backups }: Paths, id: string): string {
  return join(backups, `${START}${id}`);
}

/** A name for a repair that no other has. */
export function freeId(paths: Paths, now: number): string {
  for (let at = now; ; at += 1000) {
    const id = `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    if (!existsSync(snapshotFolder(paths, id))) return id;
  }
}

/**
 * Keeps the manifest (0600).
 * @throws the system's error when it cannot be written
 */
export function writeManifest(paths: Paths, manifest: Manifest): void {
  const path = join(snapshotFolder(paths, manifest.id), 'manifest.json');
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

/** All repairs whose snapshots are kept, the oldest first; a folder without a manifest is none. */
export function readRepairs(paths: Paths): readonly Manifest[] {
  if (!existsSync(paths.backups)) return [];
  return readdirSync(paths.backups)
    .filter((name) => name.startsWith(START))
    .sort()
    .flatMap((name) => readOne(join(paths.backups, name, 'manifest.json')) ?? []);
}

function readOne(path: string): Manifest | null {
  try {
    const result = v.safeParse(Manifest, JSON.parse(readFileSync(path, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    // Broken off before it was written: nothing had been changed by then.
    return null;
  }
}

/**
 * Keeps the report beside the snapshot.
 * @throws the system's error when it cannot be written
 */
export function writeReport(paths: Paths, report: RepairReport): void {
  const path = join(snapshotFolder(paths, report.id), 'report.json');
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
}
