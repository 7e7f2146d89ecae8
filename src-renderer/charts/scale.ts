/** The top of a value axis and its few round ticks, from zero. */
export interface ValueScale {
  readonly top: number;
  readonly ticks: readonly number[];
}

/** At most `most` round ticks above zero; the top is the largest value, so bars use the full height. */
export function valueScale(max: number, most: number): ValueScale {
  const top = Math.max(1, max);
  const power = 10 ** Math.floor(Math.log10(top));
  const steps = [0.1, 0.2, 0.5, 1, 2, 5]
    .map((factor) => Math.round(factor * power))
    .filter((step) => step >= 1 && step <= top);
  const step = steps.find((each) => Math.floor(top / each) <= most);
  if (step === undefined) {
    // No round step fits so few times (45 and one tick): its highest multiple stands alone.
    const largest = steps.at(-1) ?? 1;
    return { top, ticks: [0, Math.floor(top / largest) * largest] };
  }
  return { top, ticks: Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => n * step) };
}
