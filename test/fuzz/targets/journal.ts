import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createEventWriter } from '../../../src-core/store/events.ts';
import { bridge, dropDatabase, morning } from '../../support/bridge-world.ts';
import { type Home, makeHome } from '../../support/home.ts';
import type { FuzzTarget } from '../target.ts';

const events = morning();
const known = new Map(events.map((event) => [event.id, event]));

function journalOf(): Buffer {
  const home = makeHome();
  home.add(...events);
  const bytes = readFileSync(home.paths.journals.toolUsage);
  rmSync(home.folder, { recursive: true, force: true });
  return bytes;
}

function checkStored(home: Home): void {
  for (const { id } of home.query('SELECT id FROM hookline_event')) {
    const stored = home.withStore((db) => createEventWriter(db).find(String(id)));
    if (stored?.source === 'old') continue;
    if (!isDeepStrictEqual(stored, known.get(String(id))))
      throw new Error(`${id} was taken over although its line was damaged`);
  }
}

/** A damaged JSONL file: what comes of it is what was captured, and a second run finds nothing to do. */
export const journalTarget: FuzzTarget = {
  name: 'journal',
  corpus: [journalOf()],
  runs: 40,
  check: (bytes) => {
    const home = makeHome();
    try {
      home.add(...events);
      bridge(home);
      dropDatabase(home);
      writeFileSync(home.paths.journals.toolUsage, bytes);
      bridge(home);
      checkStored(home);
      const again = bridge(home);
      const { healedToSqlite, healedToJsonl, quarantined, drift } = again;
      if (!isDeepStrictEqual([healedToSqlite, healedToJsonl, quarantined, drift], [0, 0, 0, 0]))
        throw new Error(`a second run finds more to do: ${JSON.stringify(again)}`);
    } finally {
      rmSync(home.folder, { recursive: true, force: true });
    }
  },
};
