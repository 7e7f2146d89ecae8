/** Repairs a home in a process of its own: `repair-child.ts <home> [<point at which it kills itself>]`. */
import { silentLogger } from '../../src-core/base/logger.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { createRepairer } from '../../src-main/repair/repairer.ts';
import { createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import { openByAddon } from './sqlite.ts';

const [home = '', point = ''] = process.argv.slice(2);
const options = {
  paths: createPaths({ home }),
  open: openByAddon,
  clock: { now: () => Date.now() },
  waitMs: 20_000,
  busyMs: 500,
};
const backfiller = createBackfiller({ ...options, log: silentLogger });
const result = await createRepairer({ ...options, backfiller }).apply({
  atPoint: (name) => {
    if (name === point) process.kill(process.pid, 'SIGKILL');
  },
});
console.log(JSON.stringify(result.kind === 'repaired' ? { ...result.report } : result));
