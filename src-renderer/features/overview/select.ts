/** What the overview draws, worked out of what main says. */
import type { OverviewView, Source } from '../../../src-core/contract/views.ts';
import type { FillTone } from '../../charts/proportion.tsx';
import type { RecordStretch } from '../../charts/record-line.tsx';
import type { SourceMarkName } from '../../charts/source-mark.tsx';
import type { Format, Part } from '../../data/format.ts';
import { type Kpi, kpiOf } from '../../data/kpi.ts';
import { countFrom, OUTCOME_ORDER, SOURCES } from '../../data/words.ts';
import type { ShapeName } from '../../ui/shape.tsx';
import { text } from './text.ts';

const OTHER_SOURCES = [
  'spool',
  'journal',
  'transcript',
  'old',
] as const satisfies readonly Source[];

/** The record strip's headline: shape, words, and the sum that stands behind them. */
export interface RecordHeading {
  readonly shape: ShapeName;
  readonly title: string;
  readonly detail: string;
}

/** How complete the record of the range is; a sum that does not add up comes first. */
export function recordHeading(
  view: OverviewView,
  { isStale, format }: { readonly isStale: boolean; readonly format: Format },
): RecordHeading {
  const { total, missing, bySource } = view.record;
  const sum = Object.values(bySource).reduce((all, count) => all + count, 0);
  const stored = format.count(total);
  if (sum !== total) {
    const detail = text.recordSum(format.count(sum), stored);
    return { shape: 'failed', title: text.recordWrongSum, detail };
  }
  const seen = missing === null ? null : format.count(total + missing);
  const detail = seen === null ? text.recordStored(stored) : text.recordSeen(seen, stored);
  if (missing !== null && missing > 0) {
    // What is missing was seen by a witness, so seen and stored differ and no equals sign may join them.
    return {
      shape: 'failed',
      title: text.recordMissing(format.count(missing)),
      detail: text.recordMissingSum(seen ?? stored, stored),
    };
  }
  if (isStale) {
    const title = text.recordTo(format.clock(view.health.dataAt));
    return { shape: 'unknown', title, detail };
  }
  if (missing === 0) return { shape: 'pass', title: text.recordComplete, detail };
  const { drift } = view.health;
  if (drift === null) return { shape: 'unknown', title: text.recordUncompared, detail };
  if (drift === 0) return { shape: 'pass', title: text.recordAgrees, detail };
  return { shape: 'note', title: text.recordDiffers(format.count(drift)), detail };
}

/** The record line's stretches, placed in the range. */
export function recordStretches(view: OverviewView): readonly RecordStretch[] {
  const { fromAt, toAt } = view.range;
  const length = Math.max(1, toAt - fromAt);
  const place = (at: number): number => Math.min(1, Math.max(0, (at - fromAt) / length));
  return view.record.segments.map((segment) => ({
    kind: segment.kind,
    from: place(segment.fromAt),
    to: place(segment.toAt),
  }));
}

/** One entry of the strip's legend. */
export interface LegendEntry {
  readonly mark: SourceMarkName;
  readonly name: string;
  readonly value: string;
}

/** Hook as a share, the others as exact counts; the rare ones only when there are any. */
export function recordLegend(view: OverviewView, format: Format): readonly LegendEntry[] {
  const { bySource, total, missing } = view.record;
  const rare = (['spool', 'old'] as const).filter((source) => countFrom(bySource, source) > 0);
  const counted = (['transcript', 'journal', ...rare] as const).map((source) => ({
    mark: source,
    name: SOURCES[source].short,
    value: format.count(countFrom(bySource, source)),
  }));
  const hook = format.percent(total === 0 ? null : countFrom(bySource, 'hook') / total);
  return [
    { mark: 'hook', name: SOURCES.hook.short, value: hook },
    ...counted,
    { mark: 'missing', name: text.missing, value: format.count(missing) },
  ];
}

/** The mark and the sentence that say where the range's figures come from. */
export function provenanceOf(
  view: OverviewView,
  format: Format,
): { readonly mark: SourceMarkName; readonly sentence: string } {
  const { bySource, total } = view.record;
  const present = OTHER_SOURCES.filter((source) => countFrom(bySource, source) > 0);
  const others = present.map((source) =>
    source === 'old'
      ? text.oldCount(countFrom(bySource, 'old'), format.count(countFrom(bySource, 'old')))
      : text.fromSource(format.count(countFrom(bySource, source)), SOURCES[source].long),
  );
  const share = format.percent(total === 0 ? null : countFrom(bySource, 'hook') / total);
  const isMixed = countFrom(bySource, 'transcript') > 0 || countFrom(bySource, 'old') > 0;
  return { mark: isMixed ? 'mixed' : 'hook', sentence: text.provenance(share, others) };
}

/** The five figures; more calls is neither good nor bad, fewer errors is good. */
export function kpisOf(view: OverviewView, format: Format): readonly Kpi[] {
  const { kpis } = view;
  const count = (value: number | null): readonly Part[] => [
    { value: format.count(value), unit: '' },
  ];
  const duration = (value: number | null): readonly Part[] =>
    value === 0 ? [{ value: '0', unit: '\u202fm' }] : format.durationParts(value);
  return [
    kpiOf(text.calls, kpis.calls, { parts: count, good: null, format }),
    kpiOf(text.success, kpis.success, {
      parts: format.percentParts,
      good: 'up',
      format,
      isRate: true,
    }),
    kpiOf(text.errors, kpis.errors, { parts: count, good: 'down', format }),
    kpiOf(text.sessions, kpis.sessions, { parts: count, good: null, format }),
    kpiOf(text.activeTime, kpis.activeMs, { parts: duration, good: null, format }),
  ];
}

const TONES: Readonly<Record<OverviewView['outcomes'][number]['outcome'], FillTone>> = {
  succeeded: 'fine',
  expected: 'soft',
  failed: 'wrong',
  timed_out: 'wrong',
  interrupted: 'stopped',
  rejected: 'stopped',
  denied: 'stopped',
  unknown: 'unknown',
};

/** The outcomes in reading order with their share of all calls; those that never occurred are zero. */
export function outcomesOf(view: OverviewView) {
  const counts = new Map(view.outcomes.map(({ outcome, count }) => [outcome, count]));
  const total = view.outcomes.reduce((sum, { count }) => sum + count, 0);
  const rows = OUTCOME_ORDER.map((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return { outcome, count, share: total === 0 ? null : count / total, tone: TONES[outcome] };
  });
  return { total, rows };
}

/** The busiest hour of the week, and the scale's top; null when nothing was called. */
export function busiestHour(
  heat: OverviewView['heat'],
): { readonly weekday: number; readonly hour: number; readonly calls: number } | null {
  let best: { weekday: number; hour: number; calls: number } | null = null;
  heat.forEach((row, weekday) => {
    row.forEach((value, hour) => {
      if (value !== null && value > (best?.calls ?? 0)) best = { weekday, hour, calls: value };
    });
  });
  return best;
}

/** The range in words, as far as it was read. */
export function rangeWords(view: OverviewView, format: Format): string {
  const { days, fromAt, toAt } = view.range;
  const time = format.clock(toAt);
  if (days === 1) return text.todaySpan(format.day(toAt, view.now), format.clock(fromAt), time);
  return text.span(format.day(fromAt, view.now), format.day(toAt, view.now), time);
}
