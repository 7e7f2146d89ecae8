/**
 * Fills a private home with the made-up record of a user of the old pipeline, and writes the truth
 * about it beside. See --help.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPaths } from '../src-core/files/paths.ts';
import { chooseSqlite } from '../src-main/engine/open-sqlite.ts';
import { openMadeHome } from './make-history/made-home.ts';
import { makeOldHome, sizeOfShare } from './old-home/old-home.ts';
import { writeOldHome } from './old-home/write-old-home.ts';

const USAGE = `Usage: node scripts/make-old-home.ts --home <folder> [options]

Writes what the old pipeline left in a home: 56,423 lines of tool usage, 17,056 of activity, 817 of
sessions and a database of 9,398 rows, in all of its formats, doubled and broken lines included; and
truth.json, which says what really happened. The same options always make the same home. A folder
that holds records which this program did not make is refused.

  --home <folder>   the private home
  --share <0…1>     a smaller home of the same kind (1)
  --seed <text>     another one (1)`;

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      home: { type: 'string' },
      share: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || values.home === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const share = Number(values.share);
  if (!(share > 0 && share <= 1))
    throw new Error(`--share ${values.share} is not above 0 and up to 1`);
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite; use Node 22.14 or newer');
  const opened = openMadeHome({ folder: values.home, ownHome: process.env.HOME });
  if (opened.kind === 'refused') {
    console.error(opened.reason);
    return 1;
  }
  const home = makeOldHome(sizeOfShare(share), values.seed);
  writeOldHome(home, createPaths({ home: opened.home }), open);
  writeFileSync(join(opened.home, 'truth.json'), `${JSON.stringify(home.truth, null, 2)}\n`);
  console.log(`${opened.home}: ${home.truth.calls} calls really happened; see truth.json`);
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
