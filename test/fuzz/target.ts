/** What a parser is fed with and what must hold whatever it is fed with. */

/** A parser under test. */
export interface FuzzTarget {
  readonly name: string;
  /** Good inputs, of which bad ones are made. */
  readonly corpus: readonly Buffer[];
  /** Inputs in a run of the tests; a run of `npm run fuzz` goes on until its time is over. */
  readonly runs: number;
  /** @throws when something does not hold for these bytes */
  readonly check: (bytes: Buffer) => void;
}
