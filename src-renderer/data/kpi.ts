/** A headline figure and how it changed against the period before. */
import type { Format, Part } from './format.ts';
import { kpiWords as words } from './words.ts';

/** A figure, ready to draw. */
export interface Kpi {
  readonly label: string;
  readonly parts: readonly Part[];
  readonly change: {
    readonly shape: 'up' | 'down' | 'same';
    readonly mood: 'better' | 'worse' | 'neutral';
    readonly words: string;
  } | null;
  readonly was: string | null;
  /** There is a period before to compare with, though nothing may be known of it. */
  readonly isCompared: boolean;
}

/** How a figure is written and which way is better; null where neither is. */
export interface KpiOptions {
  readonly parts: (value: number | null) => readonly Part[];
  readonly good: 'up' | 'down' | null;
  readonly format: Format;
  readonly isRate?: boolean;
  /** False for a figure that is never compared. */
  readonly isCompared?: boolean;
}

/** Puts a figure and its change into words; a change that would be written as 0.0 is none. */
export function kpiOf(
  label: string,
  { value, previous }: { readonly value: number | null; readonly previous: number | null },
  options: KpiOptions,
): Kpi {
  const { parts, good, format } = options;
  const shown = { label, parts: parts(value), isCompared: options.isCompared ?? true };
  if (value === null || previous === null) return { ...shown, change: null, was: null };
  const was = parts(previous)
    .map((part) => part.value + part.unit)
    .join(' ');
  const difference = value - previous;
  const isSame = options.isRate ? Math.abs(difference) < 0.0005 : difference === 0;
  if (isSame) {
    return { ...shown, change: { shape: 'same', mood: 'neutral', words: words.same }, was };
  }
  const shape = difference > 0 ? 'up' : 'down';
  const mood = good === null ? 'neutral' : shape === good ? 'better' : 'worse';
  if (previous === 0) {
    // From nothing to something is no percentage.
    return { ...shown, change: { shape, mood, words: words.fromNone }, was: null };
  }
  const change = options.isRate
    ? format.points(difference)
    : format.percent(Math.abs(difference) / previous);
  return { ...shown, change: { shape, mood, words: change }, was };
}
