/** `npm run bench`: takes Hookline's figures beside their yardsticks in one run. See --help. */
import { parseArgs } from 'node:util';
import { describeMachine, readLoad, readMachine } from './bench/machine.ts';
import { type BenchRow, type Section, unmeasured } from './bench/section.ts';
import { formatTable } from './bench/table.ts';
import { bringBuildUpToDate } from './demo/built.ts';

/** Loaded when their turn comes: what a later one brings along would slow the starts of processes down. */
const SECTIONS: Readonly<Record<string, () => Promise<Section>>> = {
  launcher: async () => (await import('./bench/launcher-section.ts')).launcherSection,
  'dual-write': async () => (await import('./bench/dual-write-section.ts')).dualWriteSection,
  visible: async () => (await import('./bench/visible-section.ts')).visibleSection,
  cpu: async () => (await import('./bench/cpu-section.ts')).cpuSection,
  refresh: async () => (await import('./bench/refresh-section.ts')).refreshSection,
  repair: async () => (await import('./bench/repair-section.ts')).repairSection,
  transcripts: async () => (await import('./bench/transcripts-section.ts')).transcriptsSection,
  bridge: async () => (await import('./bench/bridge-section.ts')).bridgeSection,
  usage: async () => (await import('./bench/usage-section.ts')).usageSection,
  stats: async () => (await import('./bench/stats-section.ts')).statsSection,
  glance: async () => (await import('./bench/glance-section.ts')).glanceSection,
  app: async () => (await import('./bench/app-section.ts')).appSection,
  bundle: async () => (await import('./bench/bundle-section.ts')).bundleSection,
};

const USAGE = `Usage: npm run bench [-- --only <sections>] [-- --big] [-- --json]

Takes figures in private homes, each beside its yardsticks and interleaved with them, so that a busy
machine slows both alike. Prints the least, the median and the 95th percentile of each, its ratio to
the yardstick's median, and whether its goal is met. All of it takes about eight minutes.

  --only <names>  of ${Object.keys(SECTIONS).join(', ')}; separated by commas
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
  const names = values.only?.split(',') ?? Object.keys(SECTIONS);
  const unknown = names.filter((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown.length > 0) {
    console.error(`There is no section ${unknown.join(', ')}.\n\n${USAGE}`);
    return 2;
  }
  bringBuildUpToDate(console.error);
  const machine = readMachine();
  const startedAt = new Date().toISOString();
  const loadBefore = readLoad();
  const sections = [];
  for (const [name, loadSection] of Object.entries(SECTIONS)) {
    if (!names.includes(name)) continue;
    const section = await loadSection();
    console.error(`measuring: ${section.title}`);
    sections.push({ name, title: section.title, rows: await runSection(section, values.big) });
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
