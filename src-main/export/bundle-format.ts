/**
 * The bundle in which a whole record moves to another machine: one gzip file of JSON lines. The first
 * line says what it is, the last what must have been read by then: how many of each, and the SHA-256
 * of all lines before. It holds no names of files, so nothing in it can say where it is written to.
 */
import * as v from 'valibot';

/** Version of the bundle's shape; a later one is refused. */
export const BUNDLE_VERSION = 1;

/** How much of each event goes along: none of the content, content without secrets, or all that is kept. */
export const BUNDLE_LEVELS = ['metadata', 'redacted', 'full'] as const;
export type BundleLevel = (typeof BUNDLE_LEVELS)[number];

/** Rows that go along as they are, without the number of the run that brought them here. */
export const BUNDLE_TABLES = ['hookline_usage', 'hookline_cost_state', 'hookline_link'] as const;
export type BundleTable = (typeof BUNDLE_TABLES)[number];

/** The first line. */
export const BundleHeader = v.object({
  hookline_bundle: v.number(),
  created_at: v.number(),
  level: v.picklist(BUNDLE_LEVELS),
});
export type BundleHeader = v.InferOutput<typeof BundleHeader>;

const Cell = v.nullable(v.union([v.string(), v.number()]));

/** Every other line but the last. */
export const BundleLine = v.variant('kind', [
  v.object({ kind: v.literal('event'), record: v.record(v.string(), v.unknown()) }),
  v.object({ kind: v.literal('amendment'), record: v.record(v.string(), v.unknown()) }),
  v.object({ kind: v.picklist(BUNDLE_TABLES), row: v.record(v.string(), Cell) }),
]);
export type BundleLine = v.InferOutput<typeof BundleLine>;

/** The last line. */
export const BundleEnd = v.object({
  kind: v.literal('end'),
  counts: v.record(v.string(), v.number()),
  sum: v.string(),
});
export type BundleEnd = v.InferOutput<typeof BundleEnd>;

/** Counts lines by their kind. */
export function createCounts(): { add(kind: string): void; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  return {
    counts,
    add: (kind) => {
      counts[kind] = (counts[kind] ?? 0) + 1;
    },
  };
}
