/** The record line: where capture was at work, where it was paused, and where events were not kept. */
import type { RecordSegment } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readGaps } from '../../src-core/spool/gap.ts';
import { readPauses } from '../capture/pause.ts';
import type { Span } from './measures.ts';

/** Pauses and gaps, oldest first; one that lasts reaches to `now`. */
export function recordBreaks(paths: Paths, now: number): readonly RecordSegment[] {
  const pauses = readPauses(paths).map(
    ({ fromAt, toAt }): RecordSegment => ({ fromAt, toAt: toAt ?? now + 1, kind: 'paused' }),
  );
  const gaps = readGaps(paths).map(
    // A gap of one event has no length, and must be seen.
    ({ fromAt, toAt }): RecordSegment => ({ fromAt, toAt: toAt + 1, kind: 'missing' }),
  );
  return [...pauses, ...gaps].sort((a, b) => a.fromAt - b.fromAt);
}

/** The line over a span: the breaks within it, and capture between them. */
export function recordSegments(
  { fromAt, toAt }: Span,
  breaks: readonly RecordSegment[],
): RecordSegment[] {
  const segments: RecordSegment[] = [];
  let at = fromAt;
  for (const it of breaks) {
    const begins = Math.max(at, it.fromAt);
    const ends = Math.min(toAt, it.toAt);
    if (ends <= begins) continue;
    if (begins > at) segments.push({ fromAt: at, toAt: begins, kind: 'hook' });
    segments.push({ fromAt: begins, toAt: ends, kind: it.kind });
    at = ends;
  }
  if (at < toAt || segments.length === 0) segments.push({ fromAt: at, toAt, kind: 'hook' });
  return segments;
}
