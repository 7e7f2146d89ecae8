/**
 * Index of the first argument that is neither an option nor the value of one of `valued`; what
 * stands behind `--` is no option.
 */
export function skipOptions(args: readonly string[], valued: ReadonlySet<string>): number {
  let at = 0;
  while (at < args.length) {
    const word = args[at] ?? '';
    if (word === '--') return at + 1;
    if (!word.startsWith('-') || word === '-') return at;
    at += valued.has(word) ? 2 : 1;
  }
  return at;
}
