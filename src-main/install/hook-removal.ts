/**
 * Takes our entries out of settings.json.
 *
 * Three ways, the most exact first: the bytes are the ones we wrote, so the original ones come back;
 * or our recorded stretches are still there word for word and are cut; or our entries are found by
 * what they call. Each result is read again and compared before it counts.
 */
import { isDeepStrictEqual } from 'node:util';
import { handlerEdits } from './handler-removal.ts';
import { isOurHandler } from './hook-entries.ts';
import {
  parseSettings,
  parseText,
  type SettingsDocument,
  settingsBytes,
} from './settings-document.ts';
import { meaningWithoutOurs, ourEntries } from './settings-meaning.ts';
import { type RemovalSettingsPlan, sha256, type WrittenSettings } from './settings-plan.ts';
import { applyEdits, type Cut } from './settings-splice.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Plans the removal from a file with these bytes; `known` is what the install record remembers. */
export function planHookRemoval(
  path: string,
  bytes: Buffer | null,
  known: WrittenSettings | null,
): RemovalSettingsPlan {
  if (bytes === null) return { kind: 'unchanged', remains: [] };
  const original = known && known.afterSha256 === sha256(bytes) ? known.original : null;
  if (original && original.kind !== 'unknown') {
    const after = original.kind === 'bytes' ? original.bytes : null;
    const diff = unifiedDiff(path, bytes.toString('utf8'), after?.toString('utf8') ?? null);
    return { kind: 'plan', how: 'original', before: bytes, after, diff, remains: [] };
  }
  const document = parseSettings(bytes);
  if (document.kind === 'refused') return document;
  if (ourEntries(document).length === 0) {
    return { kind: 'unchanged', remains: mentionsIn(document.text) };
  }
  const removed = removeOurs(document, known);
  if (!removed) {
    const reason = 'our entries cannot be taken out without touching something else';
    return { kind: 'refused', reason, where: null };
  }
  return {
    kind: 'plan',
    how: removed.how,
    before: bytes,
    after: settingsBytes(document, removed.text),
    diff: unifiedDiff(path, document.text, removed.text),
    remains: mentionsIn(removed.text),
  };
}

/** The text without our entries, or null where that cannot be had without changing other things. */
export function removeOurs(
  document: SettingsDocument,
  known: WrittenSettings | null,
): { readonly text: string; readonly how: 'spans' | 'entries' } | null {
  const cut = known && applyCuts(document.text, known.cuts);
  if (cut !== null && isSameButForOurs(document, cut)) return { text: cut, how: 'spans' };
  const edits = handlerEdits(document, {
    isTaken: isOurHandler,
    mayTakeEvent: (event) => known === null || known.createdEvents.includes(event),
    mayTakeHooks: known === null || known.createdHooks,
  });
  const text = applyEdits(document.text, edits);
  return isSameButForOurs(document, text) ? { text, how: 'entries' } : null;
}

function isSameButForOurs(document: SettingsDocument, text: string): boolean {
  const result = parseText(text, document.hasBom);
  if (result.kind === 'refused' || ourEntries(result).length > 0) return false;
  return isDeepStrictEqual(meaningWithoutOurs(result), meaningWithoutOurs(document));
}

/**
 * Null unless every recorded stretch is there, in the order of writing. Equal stretches may stand in
 * several lists, so each one is looked for behind the one before.
 */
function applyCuts(text: string, cuts: readonly Cut[]): string | null {
  let result = '';
  let at = 0;
  for (const { find, leave } of cuts) {
    const start = text.indexOf(find, at);
    if (start === -1) return null;
    result += text.slice(at, start) + leave;
    at = start + find.length;
  }
  return at === 0 ? null : result + text.slice(at);
}

function mentionsIn(text: string): readonly string[] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap((line, i) =>
      line.includes('hookline-hook') ? [`line ${i + 1} still names hookline-hook`] : [],
    );
}
