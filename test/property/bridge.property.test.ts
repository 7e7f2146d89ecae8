import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { AMENDABLE } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import { expectedBits, STREAMS } from '../../src-core/journal/streams.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { pathOf, perform, step, type World } from '../support/bridge-steps.ts';
import { bridge, everything, storedEvents } from '../support/bridge-world.ts';
import { type Home, makeHome } from '../support/home.ts';
import { removeFolder } from '../support/temp-folder.ts';

/** Ids of the events whose whole record stands in a line of the file. */
function idsInLines(home: Home, index: number): string[] {
  const stream = STREAMS[index];
  const text = home.text(pathOf(home, index));
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        const record = JSON.parse(line);
        if (typeof record.id !== 'string' || !hasRightSum(record)) return [];
        const isWhole = !stream?.isPrimary || eventOfRecord(record) !== null;
        return isWhole ? [record.id as string] : [];
      } catch {
        return [];
      }
    });
}

/** Ids of the events that SQLite or a primary line still holds. */
function witnessed(home: Home): Set<string> {
  const rows = existsSync(home.paths.database) ? home.query('SELECT id FROM hookline_event') : [];
  const inLines = STREAMS.flatMap(({ isPrimary }, i) => (isPrimary ? idsInLines(home, i) : []));
  return new Set([...rows.map(({ id }) => String(id)), ...inLines]);
}

/** The fields that nothing learnt later may change. */
function fixedFields(event: CapturedEvent | null): unknown {
  const amendable: ReadonlySet<string> = new Set(AMENDABLE);
  return Object.fromEntries(Object.entries(event ?? {}).filter(([name]) => !amendable.has(name)));
}

function check({ home, added }: World): void {
  const expected = [...witnessed(home)].sort();
  home.clock.advance(1000);
  const report = bridge(home);
  expect(report).toMatchObject({ drift: 0, problems: [] });

  const stored = storedEvents(home);
  expect(stored.map((event) => event?.id).sort()).toEqual(expected);
  for (const event of stored)
    expect(added.get(event?.id ?? '')?.map(fixedFields)).toContainEqual(fixedFields(event));
  STREAMS.forEach((stream, i) => {
    const wanted = stored.filter((event) => event && (expectedBits(event) & stream.bit) !== 0);
    const present = new Set(idsInLines(home, i));
    for (const event of wanted) expect(present).toContain(event?.id);
  });

  const before = everything(home);
  home.clock.advance(60_000);
  expect(bridge(home)).toMatchObject({
    healedToSqlite: 0,
    healedToJsonl: 0,
    quarantined: 0,
    drift: 0,
  });
  expect(everything(home)).toEqual(before);
}

describe('the bridge, whatever happened before', () => {
  it('makes both stores hold what any of them still held, and then has nothing to do', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const world: World = { home: makeHome(), added: new Map() };
        try {
          for (const each of steps) perform(world, each);
          check(world);
        } finally {
          removeFolder(world.home.folder);
        }
      }),
      { seed: 20260126, numRuns: 50 },
    );
  });
});
