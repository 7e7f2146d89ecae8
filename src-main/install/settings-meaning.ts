/** What a settings file says: our entries in it, and all the rest of it. */
import type { Node } from 'jsonc-parser';
import { isObject, type Json } from '../../src-core/base/json.ts';
import { isOurHandler } from './hook-entries.ts';
import {
  nameOf,
  plainValue,
  propertiesOf,
  type SettingsDocument,
  valueNode,
} from './settings-document.ts';

/** A handler of ours in the file. */
export interface OurEntry {
  readonly event: string;
  readonly matcher: unknown;
  readonly handler: Json;
}

/** One group of an event's list, as nodes; `handlers` is empty for a group that is not well-formed. */
export interface GroupNodes {
  readonly group: Node;
  readonly handlerList: Node | undefined;
  readonly handlers: readonly Node[];
}

/** The groups below one event property. */
export function groupsOf(eventProperty: Node): readonly GroupNodes[] {
  const list = valueNode(eventProperty);
  const groups = list?.type === 'array' ? (list.children ?? []) : [];
  return groups.map((group) => {
    // The last of two equal names counts, for the client as for JSON.parse.
    const hooks = propertiesOf(group).findLast((property) => nameOf(property) === 'hooks');
    const value = hooks && valueNode(hooks);
    const handlerList = value?.type === 'array' ? value : undefined;
    return { group, handlerList, handlers: handlerList?.children ?? [] };
  });
}

/** The event properties of a document, in order. */
export function eventsOf(document: SettingsDocument): readonly Node[] {
  return document.hooksProperty ? propertiesOf(valueNode(document.hooksProperty)) : [];
}

/** Every entry of ours, in the order of the file. */
export function ourEntries(document: SettingsDocument): readonly OurEntry[] {
  return eventsOf(document).flatMap((property) =>
    groupsOf(property).flatMap(({ group, handlers }) => {
      const matcher = propertiesOf(group).findLast((p) => nameOf(p) === 'matcher');
      const matcherNode = matcher && valueNode(matcher);
      return handlers
        .map(plainValue)
        .filter(isOurObject)
        .map((handler) => ({
          event: nameOf(property),
          matcher: matcherNode && plainValue(matcherNode),
          handler,
        }));
    }),
  );
}

/**
 * The file's value without our entries and without the empty groups, lists and objects that may or
 * may not be left behind by them: two files with the same meaning here differ only in what is ours.
 */
export function meaningWithoutOurs(document: SettingsDocument): Json {
  return meaningWithout(document, isOurHandler);
}

/** The same without the handlers that a rule names. */
export function meaningWithout(
  { root }: SettingsDocument,
  isLeftOut: (handler: unknown) => boolean,
): Json {
  const value: unknown = root ? plainValue(root) : {};
  if (!isObject(value)) return {};
  const { hooks, ...rest } = value;
  if (!isObject(hooks)) return hooks === undefined ? rest : { ...rest, hooks };
  const events = Object.entries(hooks)
    .map(([event, groups]): [string, unknown] => [
      event,
      Array.isArray(groups) ? groupsWithout(groups, isLeftOut) : groups,
    ])
    .filter(([, groups]) => !isEmptyList(groups));
  return events.length === 0 ? rest : { ...rest, hooks: Object.fromEntries(events) };
}

function groupsWithout(
  groups: readonly unknown[],
  isLeftOut: (handler: unknown) => boolean,
): readonly unknown[] {
  return groups
    .map((group) => {
      if (!isObject(group) || !Array.isArray(group.hooks)) return group;
      const handlers = group.hooks.filter((handler: unknown) => !isLeftOut(handler));
      return { ...group, hooks: handlers };
    })
    .filter((group) => !(isObject(group) && isEmptyList(group.hooks)));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isOurObject(handler: unknown): handler is Json {
  return isOurHandler(handler);
}
