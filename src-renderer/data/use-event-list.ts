import { useEffect, useState } from 'react';
import type { EventRow } from '../../src-core/contract/views.ts';
import { appendOlder, mergeNewest } from './event-pages.ts';

/** Reads events older than a moment; rejects when main cannot. */
export type ReadOlder = (beforeAt: number, limit: number) => Promise<readonly EventRow[]>;

/** The list on screen and how to make it longer. */
export interface EventList {
  readonly events: readonly EventRow[];
  /** There are no older events. */
  readonly isWhole: boolean;
  readonly isLoading: boolean;
  /** Why the last older page could not be read. */
  readonly problem: string | null;
  readonly loadOlder: () => void;
}

/** Keeps loaded pages while the newest page is read again and again. */
export function useEventList(
  newest: readonly EventRow[],
  pageSize: number,
  readOlder: ReadOlder,
): EventList {
  const [known, setKnown] = useState(newest);
  const [beginning, setBeginning] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setKnown((before) => mergeNewest(before, newest)), [newest]);

  const load = async (last: EventRow): Promise<void> => {
    setLoading(true);
    setProblem(null);
    try {
      const older = await readPage(last, pageSize, readOlder);
      setKnown((before) => appendOlder(before, older));
      if (older.length < pageSize) setBeginning((older.at(-1) ?? last).id);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoading(false);
    }
  };

  const last = known.at(-1);
  return {
    events: known,
    // A list that was started anew ends before the beginning that was once reached.
    isWhole: newest.length < pageSize || (last !== undefined && last.id === beginning),
    isLoading,
    problem,
    loadOlder: () => {
      if (last !== undefined && !isLoading) void load(last);
    },
  };
}

/**
 * The page after the last known event. It takes in that event's millisecond again, because others of
 * the same millisecond may stand beyond the page; should they fill a page, it goes on below them.
 */
async function readPage(
  last: EventRow,
  pageSize: number,
  readOlder: ReadOlder,
): Promise<readonly EventRow[]> {
  const page = await readOlder(last.at + 1, pageSize);
  const isStuck = page.length === pageSize && page.at(-1)?.at === last.at;
  return isStuck ? readOlder(last.at, pageSize) : page;
}
