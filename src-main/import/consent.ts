/**
 * Which imports the user consented to and which were taken back, in a file of ours beside SQLite:
 * when the database is lost, what was imported is imported again, and what was not is not.
 */
import { readFileSync } from 'node:fs';
import { isObject, numberOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { hasRightSum, lineOf } from '../../src-core/journal/sum.ts';

/** One import, as its user wanted it. Times are epoch milliseconds. */
export interface Consent {
  readonly run: number;
  readonly at: number;
  readonly undoneAt: number | null;
}

/**
 * Notes that the user let an import begin, or took it back.
 * @throws the system's error when it cannot be written
 */
export function noteConsent(
  { imports }: Paths,
  run: number,
  what: 'imported' | 'taken back',
  at: number,
): void {
  appendLines(imports, [lineOf({ run, what, at })]);
}

/** The imports in the order of their numbers; lines that say nothing are passed over. */
export function readConsents({ imports }: Paths): readonly Consent[] {
  const consents = new Map<number, Consent>();
  for (const { run, what, at } of readNotes(imports)) {
    const known = consents.get(run);
    if (what === 'taken back') {
      if (known !== undefined) consents.set(run, { ...known, undoneAt: known.undoneAt ?? at });
    } else if (known === undefined) consents.set(run, { run, at, undoneAt: null });
    // One that was broken off and went on later took over what had come until then.
    else consents.set(run, { ...known, at: Math.max(known.at, at) });
  }
  return [...consents.values()].sort((a, b) => a.run - b.run);
}

interface Note {
  readonly run: number;
  readonly what: 'imported' | 'taken back';
  readonly at: number;
}

function readNotes(path: string): readonly Note[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => noteOf(line) ?? []);
}

function noteOf(line: string): Note | null {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value) || !hasRightSum(value)) return null;
    const [run, at] = [numberOf(value.run), numberOf(value.at)];
    if (run === null || at === null) return null;
    return { run, at, what: value.what === 'taken back' ? 'taken back' : 'imported' };
  } catch {
    return null;
  }
}
