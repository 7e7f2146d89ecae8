/** Looking for damage in a sound record, quickly and in full; beside it what merely parsing all of it costs. */
import { existsSync } from 'node:fs';
import { systemClock } from '../../src-core/base/clock.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readLines } from '../../src-core/journal/read.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
import { createRepairer } from '../../src-main/repair/repairer.ts';
import { createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import { makeInstalledHome } from './installed-home.ts';
import { interleave } from './interleave.ts';
import { type BenchRow, figure, note, type Section } from './section.ts';

const USUAL = { events: 10_000, rounds: 7 };
const BIG = { events: 1_000_000, rounds: 3 };

/** The section. */
export const repairSection: Section = {
  title: 'Repair',
  run: async ({ isBig, say }) => {
    const rows = await measureAt(USUAL);
    if (!isBig) return [...rows, note('at a million events: npm run bench -- --big')];
    say('a history of a million events takes minutes');
    return [...rows, ...(await measureAt(BIG))];
  },
};

async function measureAt({ events, rounds }: typeof USUAL): Promise<BenchRow[]> {
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite');
  const home = await makeInstalledHome(events);
  try {
    const options = { paths: home.paths, open, clock: systemClock };
    const backfiller = createBackfiller({ ...options, log: silentLogger });
    const repairer = createRepairer({ ...options, backfiller });
    const look = async (isFull: boolean): Promise<number> => {
      const { durationMs, findings } = await repairer.diagnose(isFull);
      const damage = findings.find(({ part }) => part !== null);
      if (damage !== undefined) throw new Error(`a sound record: ${damage.sentence}`);
      return durationMs;
    };
    const { parsing, quick, full } = await interleave(rounds, {
      parsing: () => parseAll(home.paths, open),
      quick: () => look(false),
      full: () => look(true),
    });
    const yardstick = { name: 'parsing', samples: parsing };
    const at = `${events.toLocaleString('en-US')} events`;
    const goals = [{ of: 'p50', most: 1.3, isRatio: true }] as const;
    return [
      figure(`yardstick: JSON.parse of all lines, reading of all rows, ${at}`, {
        unit: 'ms',
        samples: parsing,
      }),
      figure(`quick look, ${at}`, {
        unit: 'ms',
        samples: quick,
        goals: [{ of: 'p50', most: 1000 }],
      }),
      figure(`full look, ${at}`, { unit: 'ms', samples: full, yardstick, goals }),
    ];
  } finally {
    await home.remove();
  }
}

function parseAll({ journals, database }: Paths, open: OpenSqlite): number {
  const startedAt = performance.now();
  for (const path of Object.values(journals).filter((each) => existsSync(each)))
    for (const { bytes } of readLines(path)) JSON.parse(bytes.toString('utf8'));
  const db = open(database, { readonly: true });
  try {
    for (const row of db.prepare('SELECT * FROM hookline_event').iterate())
      if (row === undefined) throw new Error('a row that is none');
  } finally {
    db.close();
  }
  return performance.now() - startedAt;
}
