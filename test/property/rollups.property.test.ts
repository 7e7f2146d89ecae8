import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { resetRollups } from '../../src-main/stats/rollup/renew.ts';
import { createZone } from '../../src-main/stats/zone.ts';
import { type Home, makeHome } from '../support/home.ts';
import { publish, step, take, workEvent } from '../support/rollup-steps.ts';
import { removeFolder } from '../support/temp-folder.ts';

const ZONE = 'Asia/Kathmandu';

/** All rows that follow from the events. */
function sumsOf(db: WritableDb): Record<string, readonly Row[]> {
  const tables = db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'hookline_rollup_%'",
    )
    .all() as Row[];
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), db.prepare(`SELECT * FROM ${name}`).all() as Row[]]),
  );
}

const filesOf = ({ paths, text }: Home): string[] =>
  Object.values(paths.stats).map((file) => text(file).replace(/"generated_at": "[^"]*"/, ''));

function inHome(work: (home: Home, db: WritableDb) => void): void {
  const home = makeHome();
  try {
    home.withStore((db) => work(home, db));
  } finally {
    removeFolder(home.folder);
  }
}

/** The same record, with all that was kept of it thrown away. */
function fromScratch(home: Home, db: WritableDb): { sums: object; files: string[] } {
  resetRollups(db, createZone(ZONE));
  rmSync(home.paths.kernel, { recursive: true, force: true });
  publish(home, db, ZONE);
  return { sums: sumsOf(db), files: filesOf(home) };
}

describe('the sums that are kept', () => {
  it('are those of a fold from scratch, whatever was added, came late, was amended or taken away', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        inHome((home, db) => {
          publish(home, db, ZONE);
          for (const what of steps) take(home, db, what, ZONE);
          publish(home, db, ZONE);
          const kept = { sums: sumsOf(db), files: filesOf(home) };
          expect(kept).toEqual(fromScratch(home, db));
        });
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  const parts = fc.array(workEvent, { maxLength: 15 });

  it('are the same whether the events come at once or in any parts', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), (all) => {
        inHome((home, db) => {
          for (const events of all) {
            take(home, db, { kind: 'add', events }, ZONE);
            publish(home, db, ZONE);
          }
          const kept = { sums: sumsOf(db), files: filesOf(home) };
          expect(kept).toEqual(fromScratch(home, db));
        });
      }),
      { seed: 6, numRuns: 30 },
    );
  });

  it('count the same in whichever order events of different moments are stored', () => {
    const distinct = fc
      .uniqueArray(workEvent, { selector: ({ at }) => at, maxLength: 40 })
      .filter((events) => events.length > 0);
    fc.assert(
      fc.property(distinct, fc.nat(), (events, turn) => {
        const store = (order: typeof events): object[] => {
          let numbers: object[] = [];
          inHome((home, db) => {
            const writer = createEventWriter(db);
            transaction(db, () => {
              for (const event of order) writer.insert(event, 'direct');
            });
            publish(home, db, ZONE);
            // Names of equal counts stand in the order in which they were stored.
            numbers = filesOf(home).map((text) => JSON.parse(text.replace(/,\s*}$/, '}')));
          });
          return numbers;
        };
        const at = turn % events.length;
        const turned = [...events.slice(at), ...events.slice(0, at)];
        expect(store(turned)).toEqual(store(events));
      }),
      { seed: 7, numRuns: 20 },
    );
  });

  it('move to another zone without a look at the events', () => {
    fc.assert(
      fc.property(fc.array(workEvent, { minLength: 1, maxLength: 30 }), (events) => {
        inHome((home, db) => {
          take(home, db, { kind: 'add', events }, ZONE);
          publish(home, db, 'America/St_Johns');
          publish(home, db, ZONE);
          const kept = { sums: sumsOf(db), files: filesOf(home) };
          expect(kept).toEqual(fromScratch(home, db));
        });
      }),
      { seed: 8, numRuns: 20 },
    );
  });
});
