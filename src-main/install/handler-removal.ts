/**
 * Takes handlers out of a settings text: those that a rule names, with the groups, lists and objects
 * that are empty without them. What has a comment in it stays, since the comment is somebody's.
 */
import type { Node } from 'jsonc-parser';
import {
  nameOf,
  plainValue,
  propertiesOf,
  type SettingsDocument,
  valueNode,
} from './settings-document.ts';
import { eventsOf, groupsOf } from './settings-meaning.ts';
import type { Edit } from './settings-splice.ts';
import { hasComment } from './settings-tokens.ts';
import { removeItems } from './settings-unsplice.ts';

/** What is taken out. */
export interface HandlerRule {
  readonly isTaken: (handler: unknown) => boolean;
  /** True if the list of this event goes as well when nothing is left in it. */
  readonly mayTakeEvent: (event: string) => boolean;
  /** True if "hooks" goes as well when nothing is left in it. */
  readonly mayTakeHooks: boolean;
}

/** The edits that take them out; none where there are none. */
export function handlerEdits(document: SettingsDocument, rule: HandlerRule): readonly Edit[] {
  const { text, root, hooksProperty } = document;
  const hooks = hooksProperty && valueNode(hooksProperty);
  if (!root || !hooksProperty || !hooks) return [];
  const edits: Edit[] = [];
  const emptied = new Set<Node>();
  for (const property of eventsOf(document)) {
    const event = eventEdits(text, property, rule);
    const mayGo = rule.mayTakeEvent(nameOf(property)) && !hasCommentIn(text, property);
    if (event.isEmptied && mayGo) emptied.add(property);
    else edits.push(...event.edits);
  }
  const isAllEmptied = emptied.size > 0 && emptied.size === propertiesOf(hooks).length;
  if (isAllEmptied && rule.mayTakeHooks && !hasCommentIn(text, hooksProperty)) {
    return removeItems(text, root, new Set([hooksProperty]));
  }
  return [...edits, ...removeItems(text, hooks, emptied)];
}

function eventEdits(
  text: string,
  property: Node,
  { isTaken }: HandlerRule,
): { readonly isEmptied: boolean; readonly edits: readonly Edit[] } {
  const list = valueNode(property);
  const groups = groupsOf(property);
  const edits: Edit[] = [];
  const emptied = new Set<Node>();
  for (const { group, handlerList, handlers } of groups) {
    const taken = new Set(handlers.filter((handler) => isTaken(plainValue(handler))));
    if (!handlerList || taken.size === 0) continue;
    const isAll = taken.size === handlers.length && hasOnlyKnownKeys(group);
    if (isAll && !hasCommentIn(text, group)) emptied.add(group);
    else edits.push(...removeItems(text, handlerList, taken));
  }
  if (list && emptied.size > 0) edits.push(...removeItems(text, list, emptied));
  return { isEmptied: emptied.size > 0 && emptied.size === groups.length, edits };
}

function hasOnlyKnownKeys(group: Node): boolean {
  return propertiesOf(group).every((property) => ['matcher', 'hooks'].includes(nameOf(property)));
}

function hasCommentIn(text: string, node: Node): boolean {
  return hasComment(text, node.offset, node.offset + node.length);
}
