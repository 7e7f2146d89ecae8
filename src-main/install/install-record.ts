/** What an installation did, kept so that it can be undone exactly: `install.json`, 0600. */
import { readFileSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { KnownRetired } from './old-hooks.ts';
import { type Original, sha256, type WrittenSettings } from './settings-plan.ts';

const Kept = v.object({ path: v.string(), sha256: v.string() });

const RetiredRecord = v.object({
  /** When the old pipeline was retired. */
  at: v.number(),
  /** settings.json without the old hooks, and without us, as it was left. */
  afterSha256: v.string(),
  /** The same file with them; null where only the hooks themselves are known. */
  original: v.nullable(Kept),
  hooks: v.array(v.object({ event: v.string(), group: v.unknown() })),
  agents: v.array(
    v.object({
      label: v.string(),
      file: v.string(),
      kept: v.string(),
      sha256: v.string(),
      mode: v.number(),
      wasLoaded: v.boolean(),
    }),
  ),
});
/** What was taken from the old pipeline, for giving it back. */
export type RetiredRecord = v.InferOutput<typeof RetiredRecord>;

const InstallRecord = v.object({
  version: v.literal(1),
  installedAt: v.number(),
  appVersion: v.string(),
  settings: v.nullable(
    v.object({
      afterSha256: v.string(),
      /** Where the file as it was without us is kept; null if there was none. */
      original: v.nullable(Kept),
      cuts: v.pipe(v.array(v.object({ find: v.string(), leave: v.string() })), v.readonly()),
      createdHooks: v.boolean(),
      createdEvents: v.pipe(v.array(v.string()), v.readonly()),
    }),
  ),
  /** Folders that were not there before, outermost first. */
  createdFolders: v.array(v.string()),
  /** Modes that were looser before. */
  tightened: v.array(v.object({ path: v.string(), mode: v.number() })),
  retired: v.optional(v.nullable(RetiredRecord), null),
});
/** The record of one root's installation. */
export type InstallRecord = v.InferOutput<typeof InstallRecord>;

/** Reads the record; null if there is none or it is damaged, and undoing then goes by what is found. */
export function readInstallRecord(path: string): InstallRecord | null {
  try {
    const result = v.safeParse(InstallRecord, JSON.parse(readFileSync(path, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    // Entries, files and folders of ours can all be found without it.
    return null;
  }
}

/** Writes the record whole, 0600, unless it already says the same. */
export function writeInstallRecord(path: string, record: InstallRecord): void {
  if (isDeepStrictEqual(readInstallRecord(path), record)) return;
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

/** Removes the record, if there is one. */
export function removeInstallRecord(path: string): void {
  rmSync(path, { force: true });
}

/** What the record says of settings.json, with the original bytes if they are still to be had. */
export function writtenSettingsOf(record: InstallRecord | null): WrittenSettings | null {
  if (!record?.settings) return null;
  const { original, ...rest } = record.settings;
  return { ...rest, original: original ? readOriginal(original) : { kind: 'missing' } };
}

/** What the record says of the old hooks; null where none were taken out. */
export function knownRetiredOf(record: InstallRecord | null): KnownRetired | null {
  const retired = record?.retired;
  if (!retired) return null;
  const { afterSha256, hooks, original } = retired;
  return {
    afterSha256,
    hooks: hooks.map(({ event, group }) => ({ event, group })),
    original: original ? readOriginal(original) : { kind: 'unknown' },
  };
}

function readOriginal({ path, sha256: sum }: { path: string; sha256: string }): Original {
  try {
    const bytes = readFileSync(path);
    return sha256(bytes) === sum ? { kind: 'bytes', bytes } : { kind: 'unknown' };
  } catch {
    // A lost copy is a known state: the recorded stretches are cut instead.
    return { kind: 'unknown' };
  }
}
