/** Prints what was measured, for a person. */
import type { BenchRow } from './section.ts';

/** A section's title and rows. */
export interface MeasuredSection {
  readonly title: string;
  readonly rows: readonly BenchRow[];
}

const HEAD = ['', 'runs', 'least', 'p50', 'p95', 'against', 'goal'] as const;
type Cells = readonly string[];

/** One table for all sections; its columns are as wide as they need to be. */
export function formatTable(sections: readonly MeasuredSection[]): string {
  const cells = sections.flatMap(({ title, rows }) => [
    [title],
    ...rows.map((row) => cellsOf(row) ?? []),
  ]);
  const widths = HEAD.map((name, i) =>
    Math.max(name.length, ...cells.map((row) => (row[i] ?? '').length)),
  );
  const lines = sections.flatMap(({ title, rows }) => [
    '',
    formatLine([title, ...HEAD.slice(1)], widths),
    ...rows.map((row) => lineOf(row, widths)),
  ]);
  return lines.join('\n');
}

function lineOf(row: BenchRow, widths: readonly number[]): string {
  const cells = cellsOf(row);
  if (cells !== null) return formatLine(cells, widths);
  if (row.kind === 'unmeasured') return `  ${row.what}: not measured, ${row.reason}`;
  return `  ${row.kind === 'note' ? row.text : ''}`;
}

/** The cells of a figure; null for a row of words. */
function cellsOf(row: BenchRow): Cells | null {
  if (row.kind !== 'figure') return null;
  const { what, unit, runs, least, p50, p95, ratio, goals } = row;
  return [
    `  ${what}`,
    String(runs),
    runs === 1 ? '' : formatNumber(least),
    `${formatNumber(p50)} ${unit}`,
    p95 === null ? '' : formatNumber(p95),
    ratio === null
      ? ''
      : `${formatRatio(ratio.p50, p95 === null ? null : ratio.p95)} × ${ratio.to}`,
    goals.map(({ text, isMet }) => `${isMet ? 'met' : 'MISSED'}: ${text}`).join(', '),
  ];
}

function formatRatio(p50: number, p95: number | null): string {
  return p95 === null ? formatNumber(p50) : `${formatNumber(p50)} / ${formatNumber(p95)}`;
}

/** Three figures that matter. */
function formatNumber(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3);
}

function formatLine(cells: Cells, widths: readonly number[]): string {
  const padded = cells.map((cell, i) => {
    const width = widths[i] ?? 0;
    const isNumber = i >= 1 && i <= 4;
    return isNumber ? cell.padStart(width) : cell.padEnd(width);
  });
  return padded.join('  ').trimEnd();
}
