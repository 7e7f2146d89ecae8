/** One line of a diff, ready to draw. */
export interface DiffLine {
  readonly key: number;
  readonly kind: 'context' | 'added' | 'removed' | 'break';
  /** Line number in the file as it is; null for lines that are not in it. */
  readonly number: number | null;
  readonly text: string;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@/;
const KINDS: Readonly<Record<string, 'added' | 'removed' | 'context'>> = {
  '+': 'added',
  '-': 'removed',
  ' ': 'context',
};

/** Reads a unified diff; what comes before the first hunk is left out, a further hunk begins with a break. */
export function parseDiff(diff: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let number: number | null = null;
  for (const raw of diff.split('\n')) {
    const hunk = HUNK.exec(raw);
    const kind = KINDS[raw.charAt(0)];
    const key = lines.length;
    if (hunk !== null) {
      if (number !== null) lines.push({ key, kind: 'break', number: null, text: '' });
      number = Number(hunk[1]);
    } else if (number !== null && kind !== undefined) {
      lines.push({ key, kind, number: kind === 'added' ? null : number, text: raw.slice(1) });
      if (kind !== 'added') number += 1;
    }
  }
  return lines;
}

/** How many lines a diff adds and changes; a line taken away and one put in its place are one change. */
export function diffSize(lines: readonly DiffLine[]): {
  readonly added: number;
  readonly changed: number;
} {
  const added = lines.filter((line) => line.kind === 'added').length;
  const changed = lines.filter((line) => line.kind === 'removed').length;
  return { added: Math.max(0, added - changed), changed };
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
