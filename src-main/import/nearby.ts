/**
 * Pairs moments with spans of time one to one, as many as can be paired. Serving the span that ends
 * first with its earliest free moment gives the largest number of pairs, and the same pairs
 * whatever order things were read in.
 */

/** How far apart two traces of one event may be, seconds. */
export const NEARBY_S = 5;

/** Something that happened at a moment. */
export interface Moment {
  readonly name: number;
  readonly atS: number;
}

/** A stretch of time, both ends included, in which a moment may lie. */
export interface Span {
  readonly name: number;
  readonly fromS: number;
  readonly toS: number;
}

/** What pairing found. */
export interface Pairing {
  /** Moment by span. */
  readonly pairs: ReadonlyMap<number, number>;
  /** Pairs for which another moment would have served as well. */
  readonly ambiguous: number;
}

/** Pairs them; `fits` may refuse a pair. Moments must be in the order of time. */
export function pairNearby(
  spans: readonly Span[],
  moments: readonly Moment[],
  fits: (span: number, moment: number) => boolean,
): Pairing {
  const pairs = new Map<number, number>();
  const isTaken = new Uint8Array(moments.length);
  let ambiguous = 0;
  for (const span of spans.toSorted(
    (a, b) => a.toS - b.toS || a.fromS - b.fromS || a.name - b.name,
  )) {
    let chosen = -1;
    for (let i = firstFrom(moments, span.fromS); i < moments.length; i++) {
      const moment = moments[i] as Moment;
      if (moment.atS > span.toS) break;
      if (isTaken[i] === 1 || !fits(span.name, moment.name)) continue;
      if (chosen >= 0) {
        ambiguous++;
        break;
      }
      chosen = i;
    }
    if (chosen < 0) continue;
    isTaken[chosen] = 1;
    pairs.set(span.name, (moments[chosen] as Moment).name);
  }
  return { pairs, ambiguous };
}

/** Index of the first moment that is not before `fromS`. */
function firstFrom(moments: readonly Moment[], fromS: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle] as Moment).atS < fromS) low = middle + 1;
    else high = middle;
  }
  return low;
}
