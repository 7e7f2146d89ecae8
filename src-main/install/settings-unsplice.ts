/** Takes items out of a JSON text with their commas; comments between items stay. */
import type { Node } from 'jsonc-parser';
import type { Edit } from './settings-splice.ts';
import { type Token, tokensBetween } from './settings-tokens.ts';

/** The edits that take these children out of an object or list. */
export function removeItems(
  text: string,
  container: Node,
  removed: ReadonlySet<Node>,
): readonly Edit[] {
  const items = itemsOf(text, container);
  const edits = items.flatMap((item, i) =>
    removed.has(item.node) ? itemEdits(text, item, runEndOf(items, i, removed)) : [],
  );
  const last = items.at(-1);
  if (!last || !removed.has(last.node) || last.comma) return edits;
  // The item that is last now needs no comma any more, as the file uses none at the end.
  const comma = items.findLast((item) => !removed.has(item.node))?.comma;
  return comma ? [...edits, cutBetween(comma.start, comma.end)] : edits;
}

interface Item {
  readonly node: Node;
  readonly end: number;
  /** Where the blanks before the item begin. */
  readonly spaceStart: number;
  readonly isAfterLineComment: boolean;
  /** The comma behind the item. */
  readonly comma: Token | undefined;
}

function itemsOf(text: string, container: Node): readonly Item[] {
  const children = container.children ?? [];
  const close = container.offset + container.length - 1;
  let previousEnd = container.offset + 1;
  return children.map((node, i) => {
    const before = tokensBetween(text, previousEnd, node.offset).at(-1);
    const end = node.offset + node.length;
    const after = tokensBetween(text, end, children[i + 1]?.offset ?? close);
    const item = {
      node,
      end,
      spaceStart: before?.end ?? previousEnd,
      isAfterLineComment: before?.kind === 'line',
      comma: after.find((token) => token.kind === 'comma'),
    };
    previousEnd = end;
    return item;
  });
}

/** Where the unbroken run of removed items ends that item `i` is in. */
function runEndOf(items: readonly Item[], i: number, removed: ReadonlySet<Node>): number {
  const kept = items.findIndex((item, k) => k > i && !removed.has(item.node));
  const last = items[(kept === -1 ? items.length : kept) - 1];
  return last?.comma?.end ?? last?.end ?? 0;
}

function itemEdits(text: string, item: Item, runEnd: number): readonly Edit[] {
  // A line comment before us would swallow what follows us on the same line.
  const mustKeepBreak = item.isAfterLineComment && !/^[ \t]*(?:[\r\n]|$)/.test(text.slice(runEnd));
  const start = mustKeepBreak ? item.node.offset : item.spaceStart;
  const edit = cutBetween(start, item.end);
  return item.comma ? [edit, cutBetween(item.comma.start, item.comma.end)] : [edit];
}

function cutBetween(from: number, to: number): Edit {
  return { offset: from, length: to - from, text: '' };
}
