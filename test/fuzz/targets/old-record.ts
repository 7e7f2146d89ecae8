import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createImporter } from '../../../src-main/import/importer.ts';
import { makeHome } from '../../support/home.ts';
import type { FuzzTarget } from '../target.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'old-statistics');

function oldLines(): Buffer[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .map((path) => readFileSync(join(FIXTURES, path)));
}

/** The old pipeline's files: a preview is given whatever stands in them. */
export const oldRecordTarget: FuzzTarget = {
  name: 'old-record',
  corpus: oldLines(),
  runs: 150,
  check: (bytes) => {
    const home = makeHome();
    try {
      for (const path of [home.paths.journals.toolUsage, home.paths.journals.sessionEvents]) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      }
      const importer = createImporter({ paths: home.paths, open: home.open, clock: home.clock });
      const [first, again] = [importer.plan(), importer.plan()];
      if (JSON.stringify(first) !== JSON.stringify(again)) throw new Error('two previews differ');
    } finally {
      rmSync(home.folder, { recursive: true, force: true });
    }
  },
};
