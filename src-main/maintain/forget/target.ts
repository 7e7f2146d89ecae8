/** What is to be forgotten, and how it is told in bytes, rows and events. */
import { resolve } from 'node:path';
import type { CapturedEvent } from '../../../src-core/event/event.ts';
import { createExclusion } from '../../../src-core/settings/exclusion.ts';

/** What the user names: one session, one folder with all below it, or all that holds a text. */
export type ForgetTarget =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'project'; readonly folder: string }
  | { readonly kind: 'match'; readonly text: string };

/** Tells what the target means. */
export interface Meaning {
  isMeant(event: CapturedEvent): boolean;
  /** True for bytes that name the target, in any of the ways in which our files write a text. */
  isIn(bytes: Buffer): boolean;
  /** The same of a text in a row. */
  isInText(text: string): boolean;
}

/** Shorter ones would meet half of the record. */
const LEAST_CHARACTERS = 3;

/** The target as it is looked for; a reason where it cannot be. */
export function readTarget(target: ForgetTarget): ForgetTarget | { readonly reason: string } {
  switch (target.kind) {
    case 'project': {
      const folder = resolve(target.folder);
      return folder === '/' ? { reason: 'Name a folder below /.' } : { kind: 'project', folder };
    }
    case 'session':
    case 'match': {
      const text = target.kind === 'session' ? target.id : target.text;
      if (text.trim().length >= LEAST_CHARACTERS) return target;
      return { reason: `Name at least ${LEAST_CHARACTERS} characters.` };
    }
  }
}

/** Builds the meaning of a target. */
export function meaningOf(target: ForgetTarget): Meaning {
  switch (target.kind) {
    case 'session':
      return {
        ...finderOf(target.id, () => true),
        isMeant: ({ sessionId }) => sessionId === target.id,
      };
    case 'project': {
      const isInside = createExclusion([target.folder]);
      return {
        ...finderOf(target.folder, isNoPartOfName),
        isMeant: ({ project, cwd }) => isInside(project, cwd),
      };
    }
    case 'match':
      return {
        ...finderOf(target.text, () => true),
        isMeant: (event) => holds(Object.values(event), target.text),
      };
  }
}

type Finder = Pick<Meaning, 'isIn' | 'isInText'>;

function finderOf(text: string, isEnd: (next: number | undefined) => boolean): Finder {
  const writings = writingsOf(text).map((writing) => Buffer.from(writing));
  const isIn = (bytes: Buffer): boolean =>
    writings.some((writing) => {
      for (let at = bytes.indexOf(writing); at >= 0; at = bytes.indexOf(writing, at + 1))
        if (isEnd(bytes[at + writing.length])) return true;
      return false;
    });
  return { isIn, isInText: (row) => isIn(Buffer.from(row)) };
}

/** As it is, inside of JSON, inside of JSON that is a text of JSON, and the same in ASCII alone. */
function writingsOf(text: string): readonly string[] {
  const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);
  const plain = [text, inJson(text), inJson(inJson(text))];
  return [...new Set([...plain, ...plain.map(inAscii)])];
}

function inAscii(text: string): string {
  return text.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `/a/b` is in `/a/b/c` and not in `/a/bc`. */
function isNoPartOfName(next: number | undefined): boolean {
  return next === undefined || !/[\w.-]/.test(String.fromCharCode(next));
}

/** True when the text stands in any of the texts in it. */
function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, each]) => name.includes(text) || holds(each, text));
}
