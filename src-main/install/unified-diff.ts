/** The difference of two settings texts, for reading before consent is given. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { parseText, plainValue } from './settings-document.ts';

const LONGEST_READABLE_LINE = 1000;
/** Beyond this the two texts have nothing in common that is worth showing. */
const MAX_EDITS = 20_000;

/** A side of the comparison; null stands for no file. */
export type DiffSide = string | null;

/**
 * A unified diff with three lines around each change, empty if nothing changes. A file on a few very
 * long lines is compared as if it were laid out, and the diff says so: nobody can read one line of
 * a megabyte.
 */
export function unifiedDiff(path: string, before: DiffSide, after: DiffSide): string {
  if (before === after) return '';
  const isLong = [before, after].some((text) => text !== null && hasLongLine(text));
  const note = isLong ? '(shown laid out; the file itself stays on its long lines)\n' : '';
  const [left, right] = [before, after].map((text) => (isLong ? layOut(text) : (text ?? '')));
  const patch = createTwoFilesPatch(
    before === null ? '/dev/null' : path,
    after === null ? '/dev/null' : path,
    left ?? '',
    right ?? '',
    undefined,
    undefined,
    { context: 3, maxEditLength: MAX_EDITS, headerOptions: FILE_HEADERS_ONLY },
  );
  return note + (patch ?? `${path}: too many changes to show\n`);
}

function hasLongLine(text: string): boolean {
  return text.split('\n').some((line) => line.length > LONGEST_READABLE_LINE);
}

function layOut(text: DiffSide): string {
  const document = text === null ? null : parseText(text, false);
  if (document?.kind !== 'document' || !document.root) return text ?? '';
  return `${JSON.stringify(plainValue(document.root), null, 2)}\n`;
}
