/**
 * How a settings file is laid out, so that what we put in looks like what is around it.
 *
 * In a file written as `JSON.stringify(value, null, 2)` our text has the same shape: when the client
 * saves the file anew in that form, not a byte of ours moves.
 */
import type { Node } from 'jsonc-parser';
import type { SettingsDocument } from './settings-document.ts';

/** What is the same for the whole file. */
export interface FileLayout {
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
  /** True if a space follows colons and commas on one line. */
  readonly isSpaced: boolean;
}

/** What holds inside one object or list. */
export interface ContainerLayout {
  readonly isMultiline: boolean;
  readonly childIndent: string;
  readonly closeIndent: string;
}

/** Reads the line ends, the indentation and the spacing of a file; JSON's usual ones if it has none. */
export function fileLayoutOf({ text, root }: SettingsDocument): FileLayout {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const firstChild = root?.children?.[0];
  let unit = '  ';
  if (root && firstChild && hasLineBreak(text, root.offset, firstChild.offset)) {
    unit = lineIndent(text, firstChild.offset).slice(lineIndent(text, root.offset).length) || '  ';
  }
  const colon = firstChild?.colonOffset;
  const isSpaced = colon === undefined || /\s/.test(text.charAt(colon + 1));
  return { eol, unit, isSpaced };
}

/** The layout inside a container; an empty one takes after the container it is in. */
export function containerLayoutOf(
  text: string,
  container: Node,
  { unit }: FileLayout,
): ContainerLayout {
  const closeIndent = lineIndent(text, container.offset);
  const firstChild = container.children?.[0];
  const isMultiline = isMultilineContainer(text, container);
  const childIndent =
    firstChild && isMultiline ? lineIndent(text, firstChild.offset) : closeIndent + unit;
  return { isMultiline, childIndent, closeIndent };
}

/** The value as JSON for a place with this indentation; on one line if `isMultiline` is false. */
export function renderJson(
  value: unknown,
  file: FileLayout,
  { isMultiline, childIndent }: Pick<ContainerLayout, 'isMultiline' | 'childIndent'>,
): string {
  if (isMultiline) {
    return JSON.stringify(value, null, file.unit).replaceAll('\n', file.eol + childIndent);
  }
  // No string in JSON holds a line break as such, so those here are all between values.
  return file.isSpaced
    ? JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ')
    : JSON.stringify(value);
}

/** The same for a property of an object. */
export function renderProperty(
  name: string,
  value: unknown,
  layouts: { readonly file: FileLayout; readonly container: ContainerLayout },
): string {
  const { file, container } = layouts;
  const colon = container.isMultiline || file.isSpaced ? ': ' : ':';
  return JSON.stringify(name) + colon + renderJson(value, file, container);
}

function isMultilineContainer(text: string, container: Node): boolean {
  const firstChild = container.children?.[0];
  if (firstChild) return hasLineBreak(text, container.offset, firstChild.offset);
  if (hasLineBreak(text, container.offset, container.offset + container.length)) return true;
  // The parent of a value is its property, and that one's parent is the object.
  const parent = container.parent?.type === 'property' ? container.parent.parent : container.parent;
  return parent ? isMultilineContainer(text, parent) : true;
}

function hasLineBreak(text: string, from: number, to: number): boolean {
  return /[\r\n]/.test(text.slice(from, to));
}

function lineIndent(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}
