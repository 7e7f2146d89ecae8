/** The top of a value axis and its few round ticks, from zero. */
export interface ValueScale {
  readonly top: number;
  readonly ticks: readonly number[];
}

/** At most `most` round ticks above zero; the top is the largest value, so bars use the full height. */
export function valueScale(max: number, most: number): ValueScale {
  const whole = Math.max(1, max);
  const power = 10 ** Math.floor(Math.log10(whole));
  const step =
    [1, 2, 5, 10, 20, 50]
      .map((factor) => (factor * power) / 10)
      .find((candidate) => candidate >= 1 && Math.floor(whole / candidate) <= most) ?? whole;
  const ticks = [0];
  for (let tick = step; tick <= whole; tick += step) ticks.push(tick);
  return { top: whole, ticks };
}
