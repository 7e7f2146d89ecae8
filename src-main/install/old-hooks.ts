/** Takes the old pipeline's hooks out of a settings file, and puts them back. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../src-core/base/json.ts';
import { handlerEdits } from './handler-removal.ts';
import { oldScriptOf } from './old-pipeline.ts';
import {
  nameOf,
  parseSettings,
  parseText,
  plainValue,
  propertiesOf,
  type Refusal,
  type SettingsDocument,
  settingsBytes,
  valueNode,
} from './settings-document.ts';
import { spliceGroups } from './settings-groups.ts';
import { eventsOf, groupsOf, meaningWithout } from './settings-meaning.ts';
import { type Original, sha256 } from './settings-plan.ts';
import { applyEdits } from './settings-splice.ts';

/** A hook that was taken out, with the group that it stood in. */
export interface TakenHook {
  readonly event: string;
  /** A group of this hook alone, as settings.json holds it. */
  readonly group: unknown;
}

/** A settings file without the old hooks. */
export interface Retired {
  readonly kind: 'changed';
  readonly bytes: Buffer;
  readonly hooks: readonly TakenHook[];
}

/** Takes them out; null where there are none, and a refusal where that would change more. */
export function takeOldHooks(bytes: Buffer | null): Retired | Refusal | null {
  const document = parseSettings(bytes);
  if (document.kind === 'refused') return document;
  const hooks = takenFrom(document);
  if (hooks.length === 0) return null;
  const edits = handlerEdits(document, {
    isTaken: isOld,
    mayTakeEvent: () => true,
    mayTakeHooks: true,
  });
  const text = applyEdits(document.text, edits);
  const after = parseText(text, document.hasBom);
  const isExact =
    after.kind === 'document' &&
    takenFrom(after).length === 0 &&
    isDeepStrictEqual(meaningWithout(after, isOld), meaningWithout(document, isOld));
  if (!isExact) {
    const reason = 'the older hooks cannot be taken out without touching something else';
    return { kind: 'refused', reason, where: null };
  }
  return { kind: 'changed', bytes: settingsBytes(document, text), hooks };
}

/** What is remembered of hooks that were taken out. */
export interface KnownRetired {
  /** SHA-256 (hex) of the file without them, as it was left. */
  readonly afterSha256: string;
  /** The file with them; `unknown` where only the hooks themselves are known. */
  readonly original: Original;
  readonly hooks: readonly TakenHook[];
}

/**
 * Puts them back: the very bytes where nobody has changed the file since, else at the end of their
 * lists, without those that are there again.
 */
export function putOldHooksBack(
  bytes: Buffer | null,
  { afterSha256, original, hooks }: KnownRetired,
): { readonly kind: 'changed'; readonly bytes: Buffer | null } | Refusal | null {
  if (original.kind !== 'unknown' && bytes !== null && sha256(bytes) === afterSha256) {
    return { kind: 'changed', bytes: original.kind === 'bytes' ? original.bytes : null };
  }
  const document = parseSettings(bytes);
  if (document.kind === 'refused') return document;
  const present = takenFrom(document);
  const missing = hooks.filter((hook) => !present.some((it) => isDeepStrictEqual(it, hook)));
  if (missing.length === 0) return null;
  const lists = new Map<string, unknown[]>();
  for (const { event, group } of missing) lists.set(event, [...(lists.get(event) ?? []), group]);
  const { text } = spliceGroups(document, lists);
  const after = parseText(text, document.hasBom);
  const isExact =
    after.kind === 'document' &&
    isDeepStrictEqual(meaningWithout(after, isOld), meaningWithout(document, isOld));
  if (!isExact) {
    const reason = 'the older hooks cannot be put back without touching something else';
    return { kind: 'refused', reason, where: null };
  }
  return { kind: 'changed', bytes: settingsBytes(document, text) };
}

function takenFrom(document: SettingsDocument): readonly TakenHook[] {
  return eventsOf(document).flatMap((property) =>
    groupsOf(property).flatMap(({ group, handlers }) => {
      const matcher = propertiesOf(group).findLast((it) => nameOf(it) === 'matcher');
      const matcherNode = matcher && valueNode(matcher);
      const rest = matcherNode ? { matcher: plainValue(matcherNode) } : {};
      return handlers
        .map(plainValue)
        .filter(isOld)
        .map((handler) => ({ event: nameOf(property), group: { ...rest, hooks: [handler] } }));
    }),
  );
}

function isOld(handler: unknown): boolean {
  return isObject(handler) && oldScriptOf(handler) !== null;
}
