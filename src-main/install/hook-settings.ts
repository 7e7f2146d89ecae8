/** Registers our hooks in Claude Code's settings.json; a plan only, nothing is written here. */
import { isDeepStrictEqual } from 'node:util';
import {
  type HookEntryOptions,
  type HookGroup,
  isWantedHandler,
  wantedGroups,
} from './hook-entries.ts';
import { removeOurs } from './hook-removal.ts';
import {
  nameOf,
  parseSettings,
  parseText,
  type Refusal,
  type SettingsDocument,
  settingsBytes,
  valueNode,
} from './settings-document.ts';
import { containerLayoutOf, fileLayoutOf, renderJson, renderProperty } from './settings-layout.ts';
import { eventsOf, meaningWithoutOurs, ourEntries } from './settings-meaning.ts';
import {
  type InstallSettingsPlan,
  type Original,
  sha256,
  type WrittenSettings,
} from './settings-plan.ts';
import { applyEdits, type Insertion, insertItems } from './settings-splice.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What the planner is told beside the bytes. */
export interface PlanHookInstallOptions extends HookEntryOptions {
  /** Named in the diff. */
  readonly path: string;
  /** What the install record remembers; null where there is none. */
  readonly known: WrittenSettings | null;
}

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
  if (isComplete(document, options)) return { kind: 'unchanged' };

  const base = withoutUs(bytes, document, options.known);
  if (base.document.kind === 'refused') return base.document;
  const groups = wantedGroups(options);
  const spliced = splice(base.document, groups);
  if (!isSound(document, spliced.text, options)) {
    const reason = 'our entries cannot be added without touching something else';
    return { kind: 'refused', reason, where: null };
  }
  const after = settingsBytes(base.document, spliced.text);
  return {
    kind: 'plan',
    before: bytes,
    after,
    entries: [...groups].map(([event, group]) => ({ event, group })),
    replaced: [...new Set(ourEntries(document).map(({ handler }) => String(handler.command)))],
    diff: unifiedDiff(options.path, bytes && document.text, spliced.text),
    written: {
      afterSha256: sha256(after),
      original: base.original,
      cuts: spliced.insertions.map(({ cut }) => cut),
      createdHooks: base.document.hooksProperty === null,
      createdEvents: [...groups.keys()].filter((event) => !listOf(base.document, event)),
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

function splice(
  document: SettingsDocument,
  groups: ReadonlyMap<string, HookGroup>,
): { readonly text: string; readonly insertions: readonly Insertion[] } {
  const insertions = document.root ? inserted(document, groups) : [appended(document, groups)];
  // In the order of the file, for the undoing looks for one stretch behind the other.
  insertions.sort((a, b) => (a.edits[0]?.offset ?? 0) - (b.edits[0]?.offset ?? 0));
  const edits = insertions.flatMap((insertion) => insertion.edits);
  return { text: applyEdits(document.text, edits), insertions };
}

function inserted(document: SettingsDocument, groups: ReadonlyMap<string, HookGroup>): Insertion[] {
  const { text, root, hooksProperty } = document;
  const file = fileLayoutOf(document);
  const hooks = hooksProperty && valueNode(hooksProperty);
  if (!root) return [];
  if (!hooks) {
    const container = containerLayoutOf(text, root, file);
    const lists = Object.fromEntries([...groups].map(([event, group]) => [event, [group]]));
    const property = renderProperty('hooks', lists, { file, container });
    return [insertItems(text, root, [property], { file, container })];
  }
  const insertions: Insertion[] = [];
  const properties: string[] = [];
  const hooksLayout = containerLayoutOf(text, hooks, file);
  for (const [event, group] of groups) {
    const list = listOf(document, event);
    if (list) {
      const container = containerLayoutOf(text, list, file);
      insertions.push(
        insertItems(text, list, [renderJson(group, file, container)], { file, container }),
      );
    } else properties.push(renderProperty(event, [group], { file, container: hooksLayout }));
  }
  if (properties.length > 0) {
    insertions.push(insertItems(text, hooks, properties, { file, container: hooksLayout }));
  }
  return insertions;
}

/** For a file that is empty or holds nothing but comments. */
function appended(document: SettingsDocument, groups: ReadonlyMap<string, HookGroup>): Insertion {
  const { text } = document;
  const file = fileLayoutOf(document);
  const lists = Object.fromEntries([...groups].map(([event, group]) => [event, [group]]));
  const body = renderJson({ hooks: lists }, file, { isMultiline: true, childIndent: '' });
  const lead = text === '' || /[\r\n]$/.test(text) ? '' : file.eol;
  const find = lead + body + file.eol;
  return { edits: [{ offset: text.length, length: 0, text: find }], cut: { find, leave: '' } };
}

function listOf(document: SettingsDocument | Refusal, event: string) {
  if (document.kind === 'refused') return undefined;
  const property = eventsOf(document).find((candidate) => nameOf(candidate) === event);
  return property && valueNode(property);
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
