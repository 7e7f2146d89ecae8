/** What the ranked pages draw, worked out of what main says. */
import type { Source } from '../../../src-core/contract/views.ts';
import type {
  Fate,
  RankDetail,
  RankedBy,
  RankFigure,
  RankRow,
  RanksView,
} from '../../../src-core/contract/work.ts';
import type { FillTone } from '../../charts/proportion.tsx';
import type { SourceMarkName } from '../../charts/source-mark.tsx';
import { className } from '../../data/error-names.ts';
import type { Format, Part } from '../../data/format.ts';
import { type Kpi, kpiOf } from '../../data/kpi.ts';
import { OUTCOMES, SOURCES } from '../../data/words.ts';
import type { ShapeName } from '../../ui/shape.tsx';
import { text } from './text.ts';

const RATES: ReadonlySet<RankFigure['name']> = new Set(['success', 'errorRate', 'recovered']);
const DURATIONS: ReadonlySet<RankFigure['name']> = new Set(['timeToRecover', 'medianMs']);
const NOT_COMPARED: ReadonlySet<RankFigure['name']> = new Set(['medianMs', 'names']);
const GOOD: Readonly<Partial<Record<RankFigure['name'], 'up' | 'down'>>> = {
  success: 'up',
  recovered: 'up',
  errors: 'down',
  errorRate: 'down',
  timeToRecover: 'down',
  abandoned: 'down',
};

/** The figures of the range as the strip draws them. */
export function kpisOf(figures: readonly RankFigure[], format: Format): readonly Kpi[] {
  return figures.map((figure) => {
    const { name } = figure;
    const parts = (value: number | null): readonly Part[] => {
      if (RATES.has(name)) return format.percentParts(value);
      if (DURATIONS.has(name)) return format.durationParts(value);
      return [{ value: format.count(value), unit: '' }];
    };
    const good = GOOD[name] ?? null;
    const isCompared = !NOT_COMPARED.has(name);
    return kpiOf(text.figures[name], figure, {
      parts,
      good,
      format,
      isRate: RATES.has(name),
      isCompared,
    });
  });
}

/** What a row is called. */
export function rowName(by: RankedBy, name: string): string {
  return by === 'error' ? className(name) : name;
}

/** What an entry of a list in the detail is called. */
export function entryName(about: RankDetail['lists'][number]['about'], name: string): string {
  switch (about) {
    case 'outcomes':
      return name in OUTCOMES ? OUTCOMES[name as keyof typeof OUTCOMES].label : name;
    case 'classes':
      return className(name);
    case 'next':
      return name in text.endings ? text.endings[name as keyof typeof text.endings] : name;
    default:
      return name;
  }
}

const BAD_ENTRIES: ReadonlySet<string> = new Set(['failed', 'timed_out', 'abandoned']);

/** The colour of an entry's bar: what failed is told from what did not. */
export function entryTone(
  by: RankedBy,
  about: RankDetail['lists'][number]['about'],
  name: string,
): FillTone {
  if (about === 'classes' || about === 'commands') return 'wrong';
  if (about === 'outcomes' || about === 'next') {
    if (BAD_ENTRIES.has(name)) return 'wrong';
    return name === 'recovered' || name === 'succeeded' || name === 'expected' ? 'fine' : 'unknown';
  }
  return by === 'error' ? 'wrong' : 'fine';
}

/** What the column of rates beside a list says; null for a list whose shares are its rates. */
export function rateHead(by: RankedBy, about: RankDetail['lists'][number]['about']): string | null {
  const head = text.rate[about];
  return head === null || typeof head === 'string' ? head : head[by];
}

/** How an error ended, as a sign and words; null where nothing is known of it. */
export function fateWords(
  fate: Fate | null,
  at: number,
  { now, format }: { readonly now: number; readonly format: Format },
): { readonly shape: ShapeName; readonly words: string; readonly isOpen: boolean } | null {
  switch (fate?.ending) {
    case undefined:
      return null;
    case 'recovered':
      return {
        shape: 'recovered',
        words: text.recoveredIn(format.duration((fate?.endedAt ?? at) - at)),
        isOpen: false,
      };
    case 'abandoned':
      return { shape: 'abandoned', words: text.abandoned, isOpen: false };
    case 'open':
      return { shape: 'failed', words: text.openFor(format.roughly(now - at)), isOpen: true };
  }
}

/** Where the figures come from: the mark of the witnesses, and the whole sentence. */
export function provenanceOf(
  bySource: RanksView['bySource'],
  format: Format,
): { readonly mark: SourceMarkName; readonly sentence: string } {
  const found = Object.entries(bySource).filter(([, count]) => (count ?? 0) > 0);
  const sentence = text.provenance(
    found.map(([source, count]) =>
      text.fromSource(format.count(count ?? 0), SOURCES[source as Source].long),
    ),
  );
  const [only] = found;
  return { mark: found.length === 1 && only?.[0] === 'hook' ? 'hook' : 'mixed', sentence };
}

/** The largest count of the rows, at least one: bars are drawn against it. */
export function mostOf(rows: readonly Pick<RankRow, 'calls'>[]): number {
  return Math.max(1, ...rows.map(({ calls }) => calls));
}
