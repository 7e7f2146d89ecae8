/** Order statistics over measured values. */

/**
 * The value below which that share of the samples lies, interpolated between neighbours.
 * @throws for no samples
 */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error('no samples');
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle value. @throws for no samples */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The value that one sample in twenty exceeds. @throws for no samples */
export function p95(samples: readonly number[]): number {
  return quantile(samples, 0.95);
}
