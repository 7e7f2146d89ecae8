/** Where the settings file as it was without us is kept. */
import fs from 'node:fs';
import { basename, join } from 'node:path';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { InstallRecord } from './install-record.ts';
import { isSame } from './replace-file.ts';
import { type Original, sha256 } from './settings-plan.ts';

/** The file of the original and its checksum, as the record holds it; null if there was no file. */
export type KeptOriginal = NonNullable<InstallRecord['settings']>['original'];

/** What there is to choose from. `backup` is the copy of `before` that was just made. */
export interface OriginalSources {
  readonly original: Original;
  readonly before: Buffer | null;
  readonly backup: string | null;
  readonly record: InstallRecord | null;
}

/**
 * The copy that holds the original: the fresh backup, the one recorded earlier, or a new file where
 * earlier entries of ours had to be taken out to get at it.
 */
export function keepOriginal(
  paths: Pick<Paths, 'settingsJson' | 'backups'>,
  _clock: Clock,
  { original, before, backup, record }: OriginalSources,
): KeptOriginal {
  if (original.kind === 'missing') return null;
  if (original.kind === 'unknown')
    throw new Error('a plan without the original cannot be recorded');
  const sum = sha256(original.bytes);
  if (backup && isSame(original.bytes, before)) return { path: backup, sha256: sum };
  const recorded = record?.settings?.original;
  if (recorded?.sha256 === sum) return recorded;
  const name = `${basename(paths.settingsJson)}.${sum.slice(0, 16)}.without-hookline`;
  const path = join(paths.backups, name);
  fs.writeFileSync(path, original.bytes, { mode: 0o600 });
  return { path, sha256: sum };
}

/** Removes kept files that the record named and names no more: the settings hold their bytes again. */
export function dropForgotten(before: InstallRecord | null, after: InstallRecord | null): void {
  const kept = new Set(keptPaths(after));
  for (const path of keptPaths(before)) if (!kept.has(path)) fs.rmSync(path, { force: true });
}

function keptPaths(record: InstallRecord | null): readonly string[] {
  return [record?.settings?.original, record?.retired?.original].flatMap((it) =>
    it ? [it.path] : [],
  );
}
