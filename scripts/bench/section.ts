/** What a section of the bench measures, and the rows that it gives. */
import { median, p95 } from './statistics.ts';

/** Units of figures. */
export type Unit = 'ms' | 'kB' | 'MB' | '% of a core';

/** A figure with its yardstick and goals, or the reason why there is none. */
export type BenchRow =
  | {
      readonly kind: 'figure';
      readonly what: string;
      readonly unit: Unit;
      readonly runs: number;
      readonly samples: readonly number[];
      /** The least sample: what is left of it when nobody else uses the machine. */
      readonly least: number;
      readonly p50: number;
      /** Null for what is measured once or twice. */
      readonly p95: number | null;
      /** Both figures divided by the yardstick's median of the same run. */
      readonly ratio: { readonly to: string; readonly p50: number; readonly p95: number } | null;
      readonly goals: readonly { readonly text: string; readonly isMet: boolean }[];
    }
  | { readonly kind: 'unmeasured'; readonly what: string; readonly reason: string }
  | { readonly kind: 'note'; readonly text: string };

/** One section. */
export interface Section {
  readonly title: string;
  /** Measures; what cannot be measured here is a row that says why. */
  run(context: BenchContext): Promise<readonly BenchRow[]>;
}

/** What a section is told. */
export interface BenchContext {
  /** Also measures at a million events, which takes minutes. */
  readonly isBig: boolean;
  readonly say: (sentence: string) => void;
}

/** Samples of the same run against which others are held. */
export interface Yardstick {
  readonly name: string;
  readonly samples: readonly number[];
}

/** A goal: the figure, or its ratio to the yardstick's median, is at most this. */
export interface GoalSpec {
  readonly of: 'p50' | 'p95';
  readonly most: number;
  /** True where `most` is a multiple of the yardstick. */
  readonly isRatio?: boolean;
}

/** Samples and what they are held against. */
export interface FigureOptions {
  readonly unit: Unit;
  readonly samples: readonly number[];
  readonly yardstick?: Yardstick;
  readonly goals?: readonly GoalSpec[];
}

/** Fewer samples than this have no 95th percentile worth the name. */
const FEWEST_FOR_P95 = 5;

/** Makes a figure of samples. */
export function figure(what: string, options: FigureOptions): BenchRow {
  const { unit, samples, yardstick, goals = [] } = options;
  const values = { p50: median(samples), p95: p95(samples) };
  const base = yardstick === undefined ? null : median(yardstick.samples);
  return {
    kind: 'figure',
    what,
    unit,
    runs: samples.length,
    samples,
    least: Math.min(...samples),
    p50: values.p50,
    p95: samples.length < FEWEST_FOR_P95 ? null : values.p95,
    ratio:
      yardstick === undefined || base === null
        ? null
        : { to: yardstick.name, p50: values.p50 / base, p95: values.p95 / base },
    goals: goals.map(({ of, most, isRatio = false }) => ({
      text: isRatio ? `${of} ≤ ${most} ×` : `${of} ≤ ${most} ${unit}`,
      isMet: (isRatio ? values[of] / (base ?? Number.NaN) : values[of]) <= most,
    })),
  };
}

/** A row that says why there is no figure. */
export function unmeasured(what: string, reason: string): BenchRow {
  return { kind: 'unmeasured', what, reason };
}

/** A row of words: sizes, circumstances. */
export function note(text: string): BenchRow {
  return { kind: 'note', text };
}
