/** Reads all transcripts as a backfill would, and writes nothing. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Logger } from '../../src-core/base/logger.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import { readPauses } from '../capture/pause.ts';
import { type AccessOptions, openReadable } from './access.ts';
import { loadFileRows } from './file-rows.ts';
import { createJudge, type Verdict } from './judge.ts';
import { type PassProgress, runPass } from './pass.ts';
import { planReadings } from './plan.ts';
import { type BackfillPreview, createPreviewCount } from './preview.ts';
import { hasBackfillTables } from './runs.ts';
import { createTeller, type Telling } from './telling.ts';

/** Counts what a backfill would do. */
export async function previewBackfill(
  options: AccessOptions & { readonly log: Logger },
  onProgress?: (progress: PassProgress) => void,
): Promise<BackfillPreview> {
  const { paths, clock, log } = options;
  const count = createPreviewCount();
  const seen = new Set<string>();
  // Before there is a key of ours nothing is stored either, and any key will do.
  const key = existsSync(paths.redactionKey) ? readOrMakeKey(paths.redactionKey) : randomBytes(32);
  const db = openReadable(options);
  try {
    const rows = db !== null && hasBackfillTables(db) ? loadFileRows(db) : new Map();
    const now = clock.now();
    const plan = planReadings({ projects: paths.projects, rows, takes: true, isWhole: true, now });
    const judge = db === null ? () => NEW : judgeFor(options, db);
    const result = await runPass({
      ...plan,
      paths,
      teller: createTeller(paths, key),
      judge,
      store: null,
      // Forks repeat what another file tells.
      onVerdict: (telling, verdict) => {
        if (!seen.has(telling.event.id)) count.add(telling, verdict);
        seen.add(telling.event.id);
      },
      log,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    return count.result({ ...plan, ...result });
  } finally {
    db?.close();
  }
}

const NEW: Verdict = { kind: 'new', lifts: [] };

function judgeFor({ paths }: AccessOptions, db: ReadableDb): (telling: Telling) => Verdict {
  const tombstones = openTombstones(paths);
  return createJudge({ db, pauses: readPauses(paths), tombstones, patience: null, again: false });
}
