/** Puts groups of hooks into a settings text, changing no other character. */
import { nameOf, type SettingsDocument, valueNode } from './settings-document.ts';
import { containerLayoutOf, fileLayoutOf, renderJson, renderProperty } from './settings-layout.ts';
import { eventsOf } from './settings-meaning.ts';
import { applyEdits, type Insertion, insertItems } from './settings-splice.ts';

/** Groups by event, in the order in which they are written. */
export type GroupLists = ReadonlyMap<string, readonly unknown[]>;

/** The text with the groups at the end of their lists, and how each stretch is undone. */
export function spliceGroups(
  document: SettingsDocument,
  groups: GroupLists,
): { readonly text: string; readonly insertions: readonly Insertion[] } {
  const insertions = document.root ? inserted(document, groups) : [appended(document, groups)];
  // In the order of the file, for the undoing looks for one stretch behind the other.
  insertions.sort((a, b) => (a.edits[0]?.offset ?? 0) - (b.edits[0]?.offset ?? 0));
  const edits = insertions.flatMap((insertion) => insertion.edits);
  return { text: applyEdits(document.text, edits), insertions };
}

/** True if the file has a list for the event. */
export function hasEvent(document: SettingsDocument, event: string): boolean {
  return listOf(document, event) !== undefined;
}

function inserted(document: SettingsDocument, groups: GroupLists): Insertion[] {
  const { text, root, hooksProperty } = document;
  const file = fileLayoutOf(document);
  const hooks = hooksProperty && valueNode(hooksProperty);
  if (!root) return [];
  if (!hooks) {
    const container = containerLayoutOf(text, root, file);
    const property = renderProperty('hooks', Object.fromEntries(groups), { file, container });
    return [insertItems(text, root, [property], { file, container })];
  }
  const insertions: Insertion[] = [];
  const properties: string[] = [];
  const hooksLayout = containerLayoutOf(text, hooks, file);
  for (const [event, added] of groups) {
    const list = listOf(document, event);
    if (list) {
      const container = containerLayoutOf(text, list, file);
      const items = added.map((group) => renderJson(group, file, container));
      insertions.push(insertItems(text, list, items, { file, container }));
    } else properties.push(renderProperty(event, added, { file, container: hooksLayout }));
  }
  if (properties.length > 0) {
    insertions.push(insertItems(text, hooks, properties, { file, container: hooksLayout }));
  }
  return insertions;
}

/** For a file that is empty or holds nothing but comments. */
function appended(document: SettingsDocument, groups: GroupLists): Insertion {
  const { text } = document;
  const file = fileLayoutOf(document);
  const hooks = Object.fromEntries(groups);
  const body = renderJson({ hooks }, file, { isMultiline: true, childIndent: '' });
  const lead = text === '' || /[\r\n]$/.test(text) ? '' : file.eol;
  const find = lead + body + file.eol;
  return { edits: [{ offset: text.length, length: 0, text: find }], cut: { find, leave: '' } };
}

function listOf(document: SettingsDocument, event: string) {
  const property = eventsOf(document).find((candidate) => nameOf(candidate) === event);
  return property && valueNode(property);
}
