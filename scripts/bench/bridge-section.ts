/**
 * The bridge alone, as it runs in the app's worker thread, each run in a process of its own: a tick
 * with and without news, and either store built again from the other.
 */
import { type BridgeHome, makeBridgeHome, parseRecords } from './bridge/home.ts';
import { hundredNew } from './bridge/hundred-new.ts';
import { jsonlDeleted } from './bridge/jsonl-deleted.ts';
import { nothingNew } from './bridge/nothing-new.ts';
import type { BridgeRun } from './bridge/run.ts';
import { sqliteDeleted } from './bridge/sqlite-deleted.ts';
import { type BenchRow, figure, note, type Section } from './section.ts';

const CASES = [nothingNew, hundredNew, jsonlDeleted, sqliteDeleted];
const RUNS = 3;
const USUAL_EVENTS = 10_000;
const BIG_EVENTS = 1_000_000;
const MOST_LOOP_MS = 50;

/** The section. */
export const bridgeSection: Section = {
  title: 'Bridge alone (a process of its own for each run, in a worker thread)',
  run: async ({ isBig, say }) => {
    if (isBig) say('a history of a million events takes minutes');
    const home = await makeBridgeHome(isBig ? BIG_EVENTS : USUAL_EVENTS);
    try {
      const rows = await measure(home, isBig);
      return isBig ? rows : [...rows, note('at a million events: --only bridge --big')];
    } finally {
      home.remove();
    }
  },
};

async function measure(home: BridgeHome, isBig: boolean): Promise<BenchRow[]> {
  const parsing: number[] = [];
  const runs = new Map<(typeof CASES)[number], BridgeRun[]>(CASES.map((each) => [each, []]));
  for (let i = 0; i < RUNS; i++) {
    parsing.push(parseRecords(home.paths));
    for (const [each, taken] of runs) {
      each.prepare(home);
      const run = await home.bridge(each.drain);
      if (!each.isRight(run, home))
        throw new Error(`${each.what}: the bridge did something else: ${JSON.stringify(run)}`);
      taken.push(run);
    }
  }
  const at = `${home.events.toLocaleString('en-US')} events`;
  const rows = [
    figure(`yardstick: read and JSON.parse the whole records, ${at}`, {
      unit: 'ms',
      samples: parsing,
    }),
  ];
  for (const [each, taken] of runs) {
    const goal = (most: number) => (isBig ? [{ of: 'p50' as const, most }] : []);
    rows.push(
      figure(`${each.what}, ${at}`, {
        unit: 'ms',
        samples: taken.map(({ tookMs }) => tookMs),
        yardstick: { name: 'parsing', samples: parsing },
        goals: goal(each.mostMs),
      }),
      figure(`${each.what}: processor time, the start of Node included`, {
        unit: 'ms',
        samples: taken.map(({ cpuMs }) => cpuMs),
      }),
      figure(`${each.what}: most memory`, {
        unit: 'MB',
        samples: taken.map(({ rssMb }) => rssMb),
        goals: goal(each.mostRssMb),
      }),
    );
    if (each.isLong)
      rows.push(
        figure(`${each.what}: delay of the main thread's loop, p99`, {
          unit: 'ms',
          samples: taken.map(({ loopP99Ms }) => loopP99Ms),
          goals: [{ of: 'p50', most: MOST_LOOP_MS }],
        }),
      );
  }
  return rows;
}
