/** The plans for settings.json and what is remembered of a plan that was carried out. */
import { createHash } from 'node:crypto';
import type { HookGroup } from './hook-entries.ts';
import type { Refusal } from './settings-document.ts';
import type { Cut } from './settings-splice.ts';

/** The file as it was without us; `unknown` when the copy of it is lost or damaged. */
export type Original =
  | { readonly kind: 'missing' }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'unknown' };

/** What we wrote into settings.json, for taking it out again. */
export interface WrittenSettings {
  /** SHA-256 (hex) of the whole file as we left it. */
  readonly afterSha256: string;
  readonly original: Original;
  readonly cuts: readonly Cut[];
  /** True if "hooks" was not there before. */
  readonly createdHooks: boolean;
  /** Events whose list was not there before. */
  readonly createdEvents: readonly string[];
}

/** An entry that a plan adds. */
export interface PlannedEntry {
  readonly event: string;
  readonly group: HookGroup;
}

/** What registering would do to settings.json. `before` is null where there is no file. */
export type InstallSettingsPlan =
  | {
      readonly kind: 'plan';
      readonly before: Buffer | null;
      readonly after: Buffer;
      readonly entries: readonly PlannedEntry[];
      /** Commands of earlier entries of ours that this plan takes out. */
      readonly replaced: readonly string[];
      readonly diff: string;
      readonly written: WrittenSettings;
      /** The file without us as it was before the change beneath; null where there was no such change. */
      readonly beneath: Original | null;
    }
  | { readonly kind: 'unchanged' }
  | Refusal;

/**
 * What unregistering would do. `how` says what is given back: the `original` bytes (or no file),
 * all but our recorded `spans`, or all but our `entries`, found by what they call.
 */
export type RemovalSettingsPlan =
  | {
      readonly kind: 'plan';
      readonly how: 'original' | 'spans' | 'entries';
      readonly before: Buffer | null;
      readonly after: Buffer | null;
      readonly diff: string;
      /** What is left of us in the file, in words; empty where nothing is. */
      readonly remains: readonly string[];
    }
  | { readonly kind: 'unchanged'; readonly remains: readonly string[] }
  | Refusal;

/** SHA-256 of bytes in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
