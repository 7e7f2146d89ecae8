/** Pages of events joined without holes or doubles. */
import type { EventRow } from '../../src-core/contract/views.ts';

/**
 * Joins the newest page with what was loaded before. When the two do not touch, there may be events
 * between them that nobody has read: then the newest page starts the list anew.
 */
export function mergeNewest(
  known: readonly EventRow[],
  newest: readonly EventRow[],
): readonly EventRow[] {
  const fresh = new Set(newest.map((event) => event.id));
  if (!known.some((event) => fresh.has(event.id))) return newest;
  const oldest = newest.at(-1)?.at ?? 0;
  // What the newest page covers is as that page says; an event that has gone from it is gone.
  return [...newest, ...known.filter((event) => !fresh.has(event.id) && event.at <= oldest)];
}

/** Adds an older page at the end; what both have is kept once. */
export function appendOlder(
  known: readonly EventRow[],
  older: readonly EventRow[],
): readonly EventRow[] {
  const ids = new Set(known.map((event) => event.id));
  return [...known, ...older.filter((event) => !ids.has(event.id))];
}
