/** What a backfill would do, counted without doing it. */
import type { Verdict } from './judge.ts';
import type { Reading } from './settle.ts';
import type { Telling } from './telling.ts';

/** What a backfill would do. */
export interface BackfillPreview {
  /** Transcripts that are there, and those among them that have something to read. */
  readonly files: number;
  readonly toRead: number;
  readonly bytes: number;
  /** Calls, prompts and starts of sessions that the store lacks. */
  readonly new: number;
  /** Stored calls of which the transcript knows more: the model above all. */
  readonly enriching: number;
  readonly alreadyKnown: number;
  /** Left out: capture was paused then, or an undone run had brought it. */
  readonly leftOut: { readonly paused: number; readonly takenBack: number };
  readonly notUnderstood: {
    /** Lines that are damaged. */
    readonly lines: number;
    /** Lines of types that this program does not know, by type; they are no errors. */
    readonly types: Readonly<Record<string, number>>;
    /** Files that could not be read. */
    readonly files: number;
  };
  /** By month (UTC), the oldest first. */
  readonly months: readonly PreviewMonth[];
}

/** What would come of one month. */
export interface PreviewMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly new: number;
  readonly enriching: number;
  readonly alreadyKnown: number;
}

/** Counts verdicts. */
export interface PreviewCount {
  add(telling: Telling, verdict: Verdict): void;
  result(plan: {
    readonly files: number;
    readonly readings: readonly Reading[];
    readonly unreadable: number;
    readonly damaged: number;
    readonly unknown: ReadonlyMap<string, number>;
  }): BackfillPreview;
}

/** Begins to count. */
export function createPreviewCount(): PreviewCount {
  const months = new Map<string, { new: number; enriching: number; alreadyKnown: number }>();
  const leftOut = { paused: 0, takenBack: 0 };
  const monthOf = (at: number) => {
    const month = new Date(at).toISOString().slice(0, 7);
    const counts = months.get(month) ?? { new: 0, enriching: 0, alreadyKnown: 0 };
    months.set(month, counts);
    return counts;
  };
  return {
    add: ({ event }, verdict) => {
      switch (verdict.kind) {
        case 'new':
          monthOf(event.at).new++;
          return;
        case 'amends':
          monthOf(event.at).enriching++;
          return;
        case 'known':
          monthOf(event.at).alreadyKnown++;
          return;
        case 'left-out':
          leftOut[verdict.why === 'paused' ? 'paused' : 'takenBack']++;
          return;
        case 'waits':
          return;
      }
    },
    result: ({ files, readings, unreadable, damaged, unknown }) => {
      const list = [...months].sort(([a], [b]) => (a < b ? -1 : 1));
      const sum = (name: 'new' | 'enriching' | 'alreadyKnown'): number =>
        list.reduce((total, [, counts]) => total + counts[name], 0);
      return {
        files,
        toRead: readings.length,
        bytes: readings.reduce((total, { look, from }) => total + Math.max(0, look.size - from), 0),
        new: sum('new'),
        enriching: sum('enriching'),
        alreadyKnown: sum('alreadyKnown'),
        leftOut,
        notUnderstood: { lines: damaged, types: Object.fromEntries(unknown), files: unreadable },
        months: list.map(([month, counts]) => ({ month, ...counts })),
      };
    },
  };
}
