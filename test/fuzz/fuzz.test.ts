/** A minute of damaged inputs for every parser; `npm run fuzz` goes on for longer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from './mutate.ts';
import { TARGETS } from './targets.ts';

const FOUND = join(import.meta.dirname, 'corpus');

/** Inputs that once did harm. */
function foundBefore(name: string): Buffer[] {
  const folder = join(FOUND, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => readFileSync(join(folder, file)));
}

describe.each(TARGETS)('damaged input for $name', ({ name, corpus, runs, check }) => {
  it('does no harm, nor did any that was found before', () => {
    expect(corpus.length).toBeGreaterThan(0);
    for (const bytes of [...corpus, ...foundBefore(name)]) check(bytes);
    fc.assert(fc.property(mutated(corpus), check), {
      numRuns: runs,
      seed: 20_260,
      endOnFailure: false,
    });
  });
});
