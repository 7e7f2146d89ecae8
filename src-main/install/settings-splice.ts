/**
 * Puts items into a JSON text, changing no other character.
 *
 * An item goes behind the comments that follow the last one, so that a comment stays with the line
 * it was written for; the comma that is then needed goes directly behind the last item.
 */
import type { Node } from 'jsonc-parser';
import type { ContainerLayout, FileLayout } from './settings-layout.ts';
import { type Token, tokensBetween } from './settings-tokens.ts';

/** A stretch of the text and what takes its place. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** How an insertion is undone in the text that holds it: find this, leave that. */
export interface Cut {
  readonly find: string;
  readonly leave: string;
}

/** Edits of one container and how to undo them. */
export interface Insertion {
  readonly edits: readonly Edit[];
  readonly cut: Cut;
}

/** Applies edits that do not overlap; their offsets are those of the text given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    if (edit.offset < at) throw new Error(`edits overlap at ${edit.offset}`);
    result += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return result + text.slice(at);
}

/** Adds rendered items at the end of an object or list. */
export function insertItems(
  text: string,
  container: Node,
  items: readonly string[],
  layouts: { readonly file: FileLayout; readonly container: ContainerLayout },
): Insertion {
  const { file, container: layout } = layouts;
  const close = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  const lastEnd = last ? last.offset + last.length : container.offset + 1;
  const gap = tokensBetween(text, lastEnd, close);
  const afterComments = gap.at(-1)?.end ?? lastEnd;
  const space = file.isSpaced ? ' ' : '';
  const body = layout.isMultiline
    ? items.map((item) => file.eol + layout.childIndent + item).join(',')
    : leadOnOneLine(gap, last ? space : '', file.eol) + items.join(`,${space}`);

  if (!last) {
    const isClosedOnOwnLine = /[\r\n]/.test(text.slice(afterComments, close));
    if (!layout.isMultiline || isClosedOnOwnLine) return insertion(afterComments, body);
    return insertion(close, body + file.eol + layout.closeIndent);
  }
  if (gap.some((token) => token.kind === 'comma')) return insertion(afterComments, `${body},`);
  if (afterComments === lastEnd) return insertion(lastEnd, `,${body}`);
  const between = text.slice(lastEnd, afterComments);
  return {
    edits: [
      { offset: lastEnd, length: 0, text: ',' },
      { offset: afterComments, length: 0, text: body },
    ],
    cut: { find: `,${between}${body}`, leave: between },
  };
}

function leadOnOneLine(gap: readonly Token[], space: string, eol: string): string {
  return gap.at(-1)?.kind === 'line' ? eol : space;
}

function insertion(offset: number, text: string): Insertion {
  return { edits: [{ offset, length: 0, text }], cut: { find: text, leave: '' } };
}
