/**
 * Reads what a shell's `times` printed: the second line is the time of its children, user and
 * system, as `0m1.230s 0m0.450s`. Returns milliseconds.
 * @throws for a text that is not of that form
 */
export function readChildrenMs(printed: string): number {
  const line = printed.split('\n')[1] ?? '';
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`the shell's times are not understood: ${printed}`);
  return parts.reduce((sum, [, minutes, seconds]) => {
    return sum + (Number(minutes) * 60 + Number(seconds)) * 1000;
  }, 0);
}
