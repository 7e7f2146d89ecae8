/** Tokens by day as two programs count them, held against each other. Pure. */

/** Tokens of one day, `YYYY-MM-DD`. */
export interface DayTokens {
  readonly day: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Sentences about each day that the two count otherwise; none where they agree. */
export function differences(ours: readonly DayTokens[], theirs: readonly DayTokens[]): string[] {
  const found: string[] = [];
  const days = new Set([...ours, ...theirs].map(({ day }) => day));
  for (const day of [...days].sort()) {
    const [a, b] = [ours, theirs].map((list) => textOf(list.find((one) => one.day === day)));
    if (a !== b) found.push(`${day}: ours ${a}; theirs ${b}`);
  }
  return found;
}

function textOf(tokens: DayTokens | undefined): string {
  if (tokens === undefined) return 'nothing';
  const { input, output, cacheRead, cacheWrite } = tokens;
  return `${input} in, ${output} out, ${cacheRead} read, ${cacheWrite} written`;
}
