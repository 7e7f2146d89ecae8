/**
 * Runs one ring with Vitest and sends its tally to the parent; started by scripts/test.ts with
 * the ring's name and file filters as arguments. A process of its own, so that a ring that hangs
 * can be ended and the others still run.
 */
import { startVitest, type TestModule, type TestSuite } from 'vitest/node';
import { type Outcome, tallyOutcomes } from './tally.ts';

const [ring = '', ...filters] = process.argv.slice(2);
const vitest = await startVitest('test', filters, {
  project: [ring],
  watch: false,
  passWithNoTests: true,
});
const outcomes = [
  ...vitest.state.getTestModules().flatMap(readModule),
  ...vitest.state.getUnhandledErrors().map((): Outcome => ({ kind: 'failed' })),
];
await vitest.close();
process.send?.(tallyOutcomes(outcomes), () => process.disconnect());

function readModule(module: TestModule): Outcome[] {
  const suites = [module, ...module.children.allSuites()];
  return [...suites.flatMap(readErrors), ...[...module.children.allTests()].map(readTest)];
}

/** An error in a hook or on loading leaves its tests unrun; it counts as one failure. */
function readErrors(suite: TestModule | TestSuite): Outcome[] {
  return suite.errors().length > 0 ? [{ kind: 'failed' }] : [];
}

function readTest(test: { result(): { state: string; note?: string | undefined } }): Outcome {
  const { state, note } = test.result();
  if (state === 'passed') return { kind: 'passed' };
  if (state === 'skipped') return { kind: 'skipped', reason: note ?? 'marked as skipped' };
  return { kind: 'failed' };
}
