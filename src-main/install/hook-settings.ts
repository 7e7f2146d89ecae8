/** Registers our hooks in Claude Code's settings.json; a plan only, nothing is written here. */
import { isDeepStrictEqual } from 'node:util';
import { type HookEntryOptions, isWantedHandler, wantedGroups } from './hook-entries.ts';
import { removeOurs } from './hook-removal.ts';
import {
  parseSettings,
  parseText,
  type Refusal,
  type SettingsDocument,
  settingsBytes,
} from './settings-document.ts';
import { hasEvent, spliceGroups } from './settings-groups.ts';
import { meaningWithoutOurs, ourEntries } from './settings-meaning.ts';
import {
  type InstallSettingsPlan,
  type Original,
  sha256,
  type WrittenSettings,
} from './settings-plan.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What the planner is told beside the bytes. */
export interface PlanHookInstallOptions extends HookEntryOptions {
  /** Named in the diff. */
  readonly path: string;
  /** What the install record remembers; null where there is none. */
  readonly known: WrittenSettings | null;
  /** Another change, made to the file as it is without us; null where there is nothing to change. */
  readonly beneath?: (bytes: Buffer | null) => Beneath | null;
}

/** The file that a change leaves, or why it cannot be made. */
export type Beneath = { readonly kind: 'changed'; readonly bytes: Buffer | null } | Refusal;

/** Which events call us as these options ask; an unreadable file is refused as by the planner. */
export type HookState =
  | {
      readonly kind: 'state';
      readonly present: readonly string[];
      readonly missing: readonly string[];
      /** True if the file switches all hooks off. */
      readonly isDisabled: boolean;
    }
  | Refusal;

/** Plans the registration in a file with these bytes; null stands for no file. */
export function planHookInstall(
  bytes: Buffer | null,
  options: PlanHookInstallOptions,
): InstallSettingsPlan {
  const document = parseSettings(bytes);
  if (document.kind === 'refused') return document;
  const isDone = isComplete(document, options);
  if (isDone && options.beneath === undefined) return { kind: 'unchanged' };

  const found = withoutUs(bytes, document, options.known);
  if (found.document.kind === 'refused') return found.document;
  const { document: base = found.document, original = found.original } = below(found, options);
  if (base.kind === 'refused') return base;
  const isAsFound = original === found.original;
  if (isDone && isAsFound) return { kind: 'unchanged' };
  const groups = wantedGroups(options);
  const lists = new Map([...groups].map(([event, group]) => [event, [group]]));
  const spliced = spliceGroups(base, lists);
  if (!isSound(isAsFound ? document : base, spliced.text, options)) {
    const reason = 'our entries cannot be added without touching something else';
    return { kind: 'refused', reason, where: null };
  }
  const after = settingsBytes(base, spliced.text);
  return {
    kind: 'plan',
    before: bytes,
    after,
    entries: [...groups].map(([event, group]) => ({ event, group })),
    replaced: [...new Set(ourEntries(document).map(({ handler }) => String(handler.command)))],
    diff: unifiedDiff(options.path, bytes && document.text, spliced.text),
    beneath: isAsFound ? null : found.original,
    written: {
      afterSha256: sha256(after),
      original,
      cuts: spliced.insertions.map(({ cut }) => cut),
      createdHooks: base.hooksProperty === null,
      createdEvents: [...groups.keys()].filter((event) => !hasEvent(base, event)),
    },
  };
}

/** Reads which of the wanted entries are in a file with these bytes. */
export function inspectHooks(bytes: Buffer | null, options: HookEntryOptions): HookState {
  const document = parseSettings(bytes);
  if (document.kind === 'refused') return document;
  const wanted = [...wantedGroups(options).keys()];
  const right = new Set(
    ourEntries(document)
      .filter(({ handler, matcher }) => isWantedHandler(handler, matcher, options))
      .map(({ event }) => event),
  );
  return {
    kind: 'state',
    present: wanted.filter((event) => right.has(event)),
    missing: wanted.filter((event) => !right.has(event)),
    isDisabled: meaningWithoutOurs(document).disableAllHooks === true,
  };
}

function isComplete(document: SettingsDocument, options: HookEntryOptions): boolean {
  const entries = ourEntries(document);
  const events = new Set(entries.map(({ event }) => event));
  const wanted = [...wantedGroups(options).keys()];
  return (
    entries.length === wanted.length &&
    wanted.every((event) => events.has(event)) &&
    entries.every(({ handler, matcher }) => isWantedHandler(handler, matcher, options))
  );
}

/** The file as it was, or would be, without us: what registering starts from. */
function withoutUs(
  bytes: Buffer | null,
  document: SettingsDocument,
  known: WrittenSettings | null,
): { readonly document: SettingsDocument | Refusal; readonly original: Original } {
  if (bytes === null) return { document, original: { kind: 'missing' } };
  if (ourEntries(document).length === 0) return { document, original: { kind: 'bytes', bytes } };
  if (known && known.original.kind !== 'unknown' && known.afterSha256 === sha256(bytes)) {
    const original = known.original;
    return {
      document: parseSettings(original.kind === 'bytes' ? original.bytes : null),
      original,
    };
  }
  const text = removeOurs(document, known)?.text;
  if (text === undefined) {
    const reason = 'earlier entries of ours cannot be replaced without touching something else';
    return { document: { kind: 'refused', reason, where: null }, original: { kind: 'unknown' } };
  }
  const original: Original = { kind: 'bytes', bytes: settingsBytes(document, text) };
  return { document: parseText(text, document.hasBom), original };
}

/** The file with the other change made, from which registering starts then. */
function below(
  { original }: { readonly original: Original },
  { beneath }: PlanHookInstallOptions,
): { readonly document?: SettingsDocument | Refusal; readonly original?: Original } {
  if (beneath === undefined || original.kind === 'unknown') return {};
  const change = beneath(original.kind === 'bytes' ? original.bytes : null);
  if (change === null) return {};
  if (change.kind === 'refused') return { document: change };
  return {
    document: parseSettings(change.bytes),
    original: change.bytes === null ? { kind: 'missing' } : { kind: 'bytes', bytes: change.bytes },
  };
}

/** Reads our own result again: every entry once, and nothing else different. */
function isSound(before: SettingsDocument, text: string, options: HookEntryOptions): boolean {
  const after = parseText(text, before.hasBom);
  return (
    after.kind === 'document' &&
    isComplete(after, options) &&
    isDeepStrictEqual(meaningWithoutOurs(after), meaningWithoutOurs(before))
  );
}
