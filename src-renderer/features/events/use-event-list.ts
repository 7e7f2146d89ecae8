import { useEffect, useState } from 'react';
import type { EventRow } from '../../../src-core/contract/views.ts';
import { appendOlder, mergeNewest, olderThan } from './select.ts';

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
  const [isEnd, setEnd] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setKnown((before) => mergeNewest(before, newest)), [newest]);

  const load = async (beforeAt: number): Promise<void> => {
    setLoading(true);
    setProblem(null);
    try {
      const older = await readOlder(beforeAt, pageSize);
      setKnown((before) => appendOlder(before, older));
      setEnd(older.length < pageSize);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoading(false);
    }
  };

  return {
    events: known,
    isWhole: isEnd || newest.length < pageSize,
    isLoading,
    problem,
    loadOlder: () => {
      const beforeAt = olderThan(known);
      if (beforeAt !== null && !isLoading) void load(beforeAt);
    },
  };
}
