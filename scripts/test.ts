/**
 * `npm test`: prepares the machine, builds, runs the rings of tests one after the other and closes
 * with one plain line. See --help.
 */
import { buildAll, type Machine, prepareMachine } from './test/machine.ts';
import { runRing, skipRing } from './test/ring-process.ts';
import { type Need, parseTestArguments, RINGS, type Ring, type TestRequest } from './test/rings.ts';
import { exitCodeOf, formatTally, NOTHING, sumTallies, type Tally } from './test/tally.ts';

const USAGE = `Usage: npm test [-- [--only ring,ring] [part of a file's path …]]

Rings: ${RINGS.map(({ name }) => name).join(', ')}.
As root on Debian or Ubuntu it first installs the packages the window tests need; elsewhere it
prints the command and counts those tests as skipped. The last line is "N passed, N failed,
N skipped"; the exit code is 1 if a test failed or none ran.`;

async function runTests({ rings, filters }: TestRequest): Promise<Tally> {
  const startedAt = performance.now();
  const needs = new Set<Need>(rings.flatMap((ring) => ring.needs));
  const machine = await prepareMachine(needs);
  const isBuilt = !needs.has('build') || buildAll();
  report('setup', startedAt, 240);
  const tallies: Tally[] = isBuilt ? [] : [{ ...NOTHING, failed: 1 }];
  for (const ring of rings) {
    const ringStartedAt = performance.now();
    tallies.push(await runOne({ ring, filters, machine, isBuilt }));
    report(ring.name, ringStartedAt, ring.budgetS);
  }
  return sumTallies(tallies);
}

interface OneRun {
  readonly ring: Ring;
  readonly filters: readonly string[];
  readonly machine: Machine;
  readonly isBuilt: boolean;
}

function runOne({ ring, filters, machine, isBuilt }: OneRun): Promise<Tally> {
  const run = { ring: ring.name, filters, env: machine.env };
  if (!isBuilt && ring.needs.includes('build')) return skipRing(run, 'the build failed');
  const reasons = ring.needs.flatMap((need) => machine.unmet.get(need) ?? []);
  return reasons.length > 0 ? skipRing(run, reasons.join('; ')) : runRing(run);
}

function report(what: string, startedAt: number, budgetS: number): void {
  const seconds = (performance.now() - startedAt) / 1000;
  const note = seconds > budgetS ? ` (more than the ${budgetS} s meant for it on two cores)` : '';
  console.log(`${what}: ${seconds.toFixed(1)} s${note}`);
}

async function main(): Promise<number> {
  // CI systems are taken for colourful terminals; in a log the codes only hide the words.
  if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1';
  const request = parseTestArguments(process.argv.slice(2));
  if (request.kind === 'help') {
    if (request.mistake) console.error(request.mistake);
    console.log(USAGE);
    return request.mistake ? 2 : 0;
  }
  const tally = await runTests(request).catch((error: unknown) => {
    console.error(error);
    return { ...NOTHING, failed: 1 };
  });
  for (const { reason, count } of tally.skips) console.log(`${count} skipped: ${reason}`);
  if (tally.passed + tally.failed === 0) console.log('No test ran.');
  console.log(formatTally(tally));
  return exitCodeOf(tally);
}

if (import.meta.main) process.exitCode = await main();
