/** `npm run fuzz`: feeds the parsers with damaged input for as long as it is told. See --help. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { mutated } from '../test/fuzz/mutate.ts';
import type { FuzzTarget } from '../test/fuzz/target.ts';
import { TARGETS } from '../test/fuzz/targets.ts';

const FOUND = join(import.meta.dirname, '..', 'test', 'fuzz', 'corpus');
const HELP = `Usage: npm run fuzz -- [--minutes <n>] [--only <parser>[,<parser>]] [--seed <n>]

Makes damaged input for each parser in turn (${TARGETS.map(({ name }) => name).join(', ')}), one minute
in all unless told otherwise. What does harm is made small, written to test/fuzz/corpus, and tried by
npm test from then on; the exit code is 1 then.`;

/** True when nothing did harm. */
function fuzz({ name, corpus, check }: FuzzTarget, milliseconds: number, seed: number): boolean {
  const run = fc.check(fc.property(mutated(corpus), check), {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: milliseconds,
    markInterruptAsFailure: false,
  });
  console.log(`${name}: ${run.numRuns} inputs, seed ${run.seed}`);
  const [bytes] = run.counterexample ?? [];
  if (!run.failed || bytes === undefined) return true;
  const folder = join(FOUND, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, createHash('sha256').update(bytes).digest('hex').slice(0, 12));
  writeFileSync(file, bytes);
  console.error(`✗ ${name}: ${String(run.errorInstance)}\n  kept in ${file}`);
  return false;
}

function main(): number {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      only: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const only = values.only?.split(',');
  const targets = TARGETS.filter(({ name }) => only?.includes(name) ?? true);
  if (targets.length === 0) {
    console.error(`There is no parser "${values.only}".\n${HELP}`);
    return 2;
  }
  const each = (Number(values.minutes) * 60_000) / targets.length;
  const results = targets.map((target) => fuzz(target, each, Number(values.seed)));
  return results.every(Boolean) ? 0 : 1;
}

process.exitCode = main();
