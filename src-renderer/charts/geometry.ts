/** Pure geometry of the small charts: numbers in, SVG path data out. `null` leaves a gap. */

/** A stretch of an axis, both ends between 0 and 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Width and height of a drawing in CSS pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** One bar for each value above zero, on a zero baseline; a small value still shows `least` pixels. */
export function barsPath(
  values: readonly (number | null)[],
  { width, height }: Box,
  {
    max,
    least = 1.5,
    gap = 1,
  }: { readonly max: number; readonly least?: number; readonly gap?: number },
): string {
  const step = width / Math.max(1, values.length);
  const bar = round(Math.max(0.5, step - gap));
  return values
    .map((value, index) => {
      if (value === null || value <= 0) return '';
      const tall = Math.max(least, Math.min(1, value / max) * (height - 1));
      return `M${round(index * step + gap / 2)} ${round(height - tall)}h${bar}V${height}h${-bar}z`;
    })
    .join('');
}

/** A line through the middles of the steps between `low` and `high`, and where it ends. */
export function linePath(
  values: readonly (number | null)[],
  { width, height }: Box,
  {
    low,
    high,
    inset = 2.5,
  }: { readonly low: number; readonly high: number; readonly inset?: number },
): { readonly path: string; readonly end: { readonly x: number; readonly y: number } | null } {
  const step = width / Math.max(1, values.length);
  const range = high - low || 1;
  let path = '';
  let end: { x: number; y: number } | null = null;
  values.forEach((value, index) => {
    if (value === null) return;
    const share = Math.min(1, Math.max(0, (value - low) / range));
    const x = round((index + 0.5) * step);
    const y = round(height - inset - share * (height - 2 * inset));
    const before = index === 0 ? null : (values[index - 1] ?? null);
    const after = values[index + 1] ?? null;
    // A point without neighbours would draw nothing; a hair's length shows it as a dot.
    path += before === null ? `M${x} ${y}${after === null ? 'h0.01' : ''}` : `L${x} ${y}`;
    end = { x, y };
  });
  return { path, end };
}

/** Steps for what is counted at a moment; each run of known values is its own outline and area. */
export function stepsPath(
  values: readonly (number | null)[],
  { width, height }: Box,
  max: number,
): { readonly outline: string; readonly area: string } {
  const step = width / Math.max(1, values.length);
  let outline = '';
  let area = '';
  let start = 0;
  values.forEach((value, index) => {
    if (value === null) return;
    const y = round(height - 1 - Math.min(1, value / max) * (height - 3));
    const isFirst = index === 0 || (values[index - 1] ?? null) === null;
    if (isFirst) start = round(index * step);
    const x = round((index + 1) * step);
    const piece = isFirst ? `M${start} ${y}H${x}` : `V${y}H${x}`;
    outline += piece;
    area += piece;
    if ((values[index + 1] ?? null) === null) area += `V${height}H${start}z`;
  });
  return { outline, area };
}

/** Overlapping or touching spans joined, in order, cut to 0..1; empty ones left out. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = spans
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(1, to) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else joined.push(span);
  }
  return joined;
}

/** What of `span` none of the (joined) `holes` covers. */
export function without(span: Span, holes: readonly Span[]): readonly Span[] {
  const rest: Span[] = [];
  let from = span.from;
  for (const hole of holes) {
    if (hole.to <= from || hole.from >= span.to) continue;
    if (hole.from > from) rest.push({ from, to: hole.from });
    from = Math.max(from, hole.to);
  }
  if (from < span.to) rest.push({ from, to: span.to });
  return rest;
}

/** A span at least `least` wide, grown around its middle and kept within 0..1. */
export function atLeast(span: Span, least: number): Span {
  const missing = least - (span.to - span.from);
  if (missing <= 0) return span;
  const from = Math.min(Math.max(0, span.from - missing / 2), Math.max(0, 1 - least));
  return { from, to: Math.min(1, from + least) };
}

/** Pixel widths of proportional parts with 1 px between them; none is thinner than `least`. */
export function proportionWidths(
  values: readonly number[],
  width: number,
  least = 3,
): readonly number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  if (sum <= 0) return values.map(() => 0);
  const live = values.filter((value) => value > 0).length;
  const free = Math.max(0, width - (live - 1));
  const widths = values.map((value) => (value > 0 ? Math.max(least, (value / sum) * free) : 0));
  const largest = widths.indexOf(Math.max(...widths));
  const over = widths.reduce((total, value) => total + value, 0) - free;
  return widths.map((value, index) =>
    round(index === largest ? Math.max(least, value - over) : value),
  );
}

/** Heat of a value on a scale up to `max`: 0 for a known zero, else 1 to 5; null stays null. */
export function heatLevel(value: number | null, max: number): number | null {
  if (value === null) return null;
  if (value <= 0 || max <= 0) return 0;
  return Math.min(5, 1 + Math.floor((value / max) * 5));
}
