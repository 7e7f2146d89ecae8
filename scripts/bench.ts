/** `npm run bench`: takes Hookline's figures beside their yardsticks in one run. See --help. */
import { parseArgs } from 'node:util';
import { appSection } from './bench/app-section.ts';
import { bundleSection } from './bench/bundle-section.ts';
import { cpuSection } from './bench/cpu-section.ts';
import { dualWriteSection } from './bench/dual-write-section.ts';
import { glanceSection } from './bench/glance-section.ts';
import { launcherSection } from './bench/launcher-section.ts';
import { describeMachine, readLoad, readMachine } from './bench/machine.ts';
import { refreshSection } from './bench/refresh-section.ts';
import { type BenchRow, type Section, unmeasured } from './bench/section.ts';
import { formatTable } from './bench/table.ts';
import { visibleSection } from './bench/visible-section.ts';
import { bringBuildUpToDate } from './demo/built.ts';

const SECTIONS: readonly Section[] = [
  launcherSection,
  dualWriteSection,
  visibleSection,
  cpuSection,
  refreshSection,
  glanceSection,
  appSection,
  bundleSection,
];

const USAGE = `Usage: npm run bench [-- --only <sections>] [-- --big] [-- --json]

Takes figures in private homes, each beside its yardsticks and interleaved with them, so that a busy
machine slows both alike. Prints the least, the median and the 95th percentile of each, its ratio to
the yardstick's median, and whether its goal is met. All of it takes about eight minutes.

  --only <names>  of ${SECTIONS.map(({ name }) => name).join(', ')}; separated by commas
  --big           also at a million events (minutes)
  --json          prints one JSON object`;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      big: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const names = values.only?.split(',') ?? SECTIONS.map(({ name }) => name);
  const unknown = names.filter((wanted) => !SECTIONS.some(({ name }) => name === wanted));
  if (unknown.length > 0) {
    console.error(`There is no section ${unknown.join(', ')}.\n\n${USAGE}`);
    return 2;
  }
  bringBuildUpToDate(console.error);
  const machine = readMachine();
  const startedAt = new Date().toISOString();
  const loadBefore = readLoad();
  const sections = [];
  for (const section of SECTIONS.filter(({ name }) => names.includes(name))) {
    console.error(`measuring: ${section.title}`);
    sections.push({
      name: section.name,
      title: section.title,
      rows: await runSection(section, values.big),
    });
  }
  const load = { before: loadBefore, after: readLoad() };
  if (values.json) {
    console.log(JSON.stringify({ startedAt, machine, load, sections }));
    return 0;
  }
  console.log(describeMachine(machine));
  console.log(
    `${startedAt}; load of the last minute ${load.before.toFixed(2)} before, ${load.after.toFixed(2)} after (this run's own included)`,
  );
  console.log(formatTable(sections));
  return 0;
}

/** A section that breaks says so and leaves the others their turn. */
async function runSection(section: Section, isBig: boolean): Promise<readonly BenchRow[]> {
  try {
    return await section.run({ isBig, say: console.error });
  } catch (error) {
    return [unmeasured('all of it', (error as Error).message)];
  }
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`The bench did not run: ${(error as Error).message}`);
    return 1;
  });
}
