/**
 * Claude Code's settings.json as text with known places.
 *
 * The parser is used for offsets only. Nobody's bytes are ever printed anew: what is not ours in the
 * file stays as it is, because only stretches of our own are put in and taken out.
 */
import { isUtf8 } from 'node:buffer';
import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { CLIENT_EVENTS } from './hook-entries.ts';

/** A place in a text as editors count it: both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Why a file must not be edited. Nothing has been changed when this is returned. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
  readonly where: Place | null;
}

/** A settings file that may be edited. `root` is null where the file has no value in it. */
export interface SettingsDocument {
  readonly kind: 'document';
  readonly hasBom: boolean;
  readonly text: string;
  readonly root: Node | null;
  /** The property `hooks` of the root; its value is an object. */
  readonly hooksProperty: Node | null;
}

/**
 * Reads the bytes as the client does: JSON with comments and trailing commas, a byte order mark
 * allowed, nothing at all for a file that is missing. Refuses what the client would drop or what
 * cannot be edited without guessing.
 */
export function parseSettings(bytes: Uint8Array | null): SettingsDocument | Refusal {
  if (bytes === null) return emptyDocument('', false);
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = Buffer.from(hasBom ? bytes.subarray(3) : bytes);
  if (!isUtf8(body)) return refuseEncoding(body);
  return parseText(body.toString('utf8'), hasBom);
}

/** The bytes of a file with this text and the document's byte order mark. */
export function settingsBytes(document: SettingsDocument, text: string): Buffer {
  return Buffer.from(document.hasBom ? `\uFEFF${text}` : text, 'utf8');
}

/** Parses text that is known to be ours or to have been read before, as `parseSettings` does. */
export function parseText(text: string, hasBom: boolean): SettingsDocument | Refusal {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'refused', reason: 'the file is nested too deeply', where: null };
  }
  const first = errors[0];
  if (first !== undefined) {
    const reason = PARSE_ERRORS[first.error] ?? 'this is not valid JSON';
    return refuseAt(text, first.offset, reason);
  }
  if (root === undefined) return emptyDocument(text, hasBom);
  if (root.type !== 'object') {
    return refuseAt(text, root.offset, `the file holds ${TYPE_WORDS[root.type]}, not an object`);
  }
  return checkHooks(text, hasBom, root);
}

/** The value node of a property node. */
export function valueNode(property: Node): Node | undefined {
  return property.children?.[1];
}

/** The value of a node as `JSON.parse` would give it; the parser's own objects have no prototype. */
export function plainValue(node: Node): unknown {
  return JSON.parse(JSON.stringify(getNodeValue(node)));
}

/** The name of a property node. */
export function nameOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

/** The properties of an object node, in order; duplicates included. */
export function propertiesOf(object: Node | undefined): readonly Node[] {
  return object?.type === 'object' ? (object.children ?? []) : [];
}

/** Line and column of an offset in the text. */
export function placeOf(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function emptyDocument(text: string, hasBom: boolean): SettingsDocument {
  return { kind: 'document', hasBom, text, root: null, hooksProperty: null };
}

function checkHooks(text: string, hasBom: boolean, root: Node): SettingsDocument | Refusal {
  const [hooksProperty, second] = propertiesOf(root).filter((p) => nameOf(p) === 'hooks');
  if (second !== undefined) {
    return refuseAt(text, second.offset, '"hooks" is there twice; which one counts is a guess');
  }
  if (hooksProperty === undefined) {
    return { kind: 'document', hasBom, text, root, hooksProperty: null };
  }
  const hooks = valueNode(hooksProperty);
  if (hooks?.type !== 'object') {
    const found = TYPE_WORDS[hooks?.type ?? 'null'];
    return refuseAt(text, hooks?.offset ?? root.offset, `"hooks" is ${found}, not an object`);
  }
  return refuseEvents(text, hooks) ?? { kind: 'document', hasBom, text, root, hooksProperty };
}

function refuseEvents(text: string, hooks: Node): Refusal | undefined {
  const seen = new Set<string>();
  for (const property of propertiesOf(hooks)) {
    const event = nameOf(property);
    if (!CLIENT_EVENTS.has(event)) continue;
    if (seen.has(event)) {
      return refuseAt(text, property.offset, `"hooks.${event}" is there twice`);
    }
    seen.add(event);
    const value = valueNode(property);
    if (value?.type !== 'array') {
      const found = TYPE_WORDS[value?.type ?? 'null'];
      return refuseAt(
        text,
        value?.offset ?? property.offset,
        `"hooks.${event}" is ${found}, not a list`,
      );
    }
  }
  return undefined;
}

function refuseAt(text: string, offset: number, reason: string): Refusal {
  return { kind: 'refused', reason, where: placeOf(text, offset) };
}

function refuseEncoding(body: Buffer): Refusal {
  const [first, second] = body;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { kind: 'refused', reason: 'the file is UTF-16, not UTF-8', where: null };
  }
  // Decoding puts a substitute where the bytes are wrong, so the first difference is the place.
  const lenient = body.toString('utf8');
  const again = Buffer.from(lenient, 'utf8');
  let at = 0;
  while (at < body.length && body[at] === again[at]) at++;
  const before = body.subarray(0, at).toString('utf8');
  return refuseAt(before, before.length, 'the bytes here are not UTF-8');
}

const TYPE_WORDS: Readonly<Record<Node['type'], string>> = {
  object: 'an object',
  array: 'a list',
  property: 'a property',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** By the parser's error code; its own enum cannot be imported one file at a time. */
const PARSE_ERRORS: Readonly<Record<number, string>> = {
  1: 'this is not a JSON value',
  2: 'this number is not valid',
  3: 'a property name in double quotes is expected here',
  4: 'a value is expected here',
  5: 'a colon is expected here',
  6: 'a comma is expected here',
  7: 'a closing brace is missing',
  8: 'a closing bracket is missing',
  9: 'the file goes on after its value ends',
  10: 'this comment is not valid',
  11: 'this comment does not end',
  12: 'this string does not end',
  13: 'this number does not end',
  14: 'this \\u escape is not valid',
  15: 'this escape is not valid',
  16: 'a control character is not allowed here',
};
