import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { archiveLines } from '../../src-main/maintain/archive/archive.ts';
import { archiveFolder, readSegments } from '../../src-main/maintain/archive/manifest.ts';
import { forget } from '../../src-main/maintain/forget/forget.ts';
import { arbitraryEvent } from '../support/arbitrary-event.ts';
import { pathOf } from '../support/bridge-steps.ts';
import { bridge, byId, dropDatabase, everything, storedEvents } from '../support/bridge-world.ts';
import { type Home, makeHome } from '../support/home.ts';
import { NOON, toolCall } from '../support/make-event.ts';
import { removeFolder } from '../support/temp-folder.ts';

const DAY_MS = 86_400_000;

type Step =
  | { readonly kind: 'add'; readonly events: readonly CapturedEvent[]; readonly days: number }
  | { readonly kind: 'archive'; readonly segmentBytes: number; readonly stopAt: number | null }
  | { readonly kind: 'lose-database' | 'bridge' | 'sweep' }
  | { readonly kind: 'lose-file'; readonly file: number }
  | { readonly kind: 'lose-segment'; readonly segment: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      events: fc.array(arbitraryEvent, { minLength: 1, maxLength: 6 }),
      days: fc.nat({ max: 80 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('archive' as const),
      segmentBytes: fc.constantFrom(1, 2000, 1_000_000),
      stopAt: fc.option(fc.nat({ max: 20 }), { nil: null }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('lose-database', 'bridge', 'sweep') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('lose-file' as const), file: fc.nat({ max: 6 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('lose-segment' as const), segment: fc.nat() }),
  },
);

/** What can be lost is lost only where the other store is known to hold it. */
function perform(home: Home, each: Step, added: CapturedEvent[]): void {
  home.clock.advance(1000);
  switch (each.kind) {
    case 'add': {
      home.clock.advance(each.days * DAY_MS);
      const events = each.events.map((event, i) => ({
        ...event,
        id: `ev_${added.length + i}`,
        at: home.clock.now() + i,
      }));
      added.push(...events);
      home.add(...events);
      return;
    }
    case 'archive':
      bridge(home);
      archive(home, each);
      return;
    case 'lose-database':
      dropDatabase(home);
      bridge(home);
      return;
    case 'sweep':
      bridge(home, { sweep: 'whole' });
      return;
    case 'bridge':
      bridge(home);
      return;
    case 'lose-file':
      rmSync(pathOf(home, each.file), { force: true });
      bridge(home);
      return;
    case 'lose-segment': {
      const segments = readSegments(home.paths);
      const segment = segments[each.segment % Math.max(1, segments.length)];
      if (segment !== undefined) rmSync(join(archiveFolder(home.paths), segment.file));
      bridge(home);
    }
  }
}

function archive(home: Home, { segmentBytes, stopAt }: Extract<Step, { kind: 'archive' }>): void {
  const { paths, clock, withStore } = home;
  let points = 0;
  try {
    withStore((db) =>
      archiveLines({
        ...{ paths, db, now: clock.now(), aboveBytes: 0, segmentBytes },
        atPoint: () => {
          if (points++ === stopAt) throw new Error('broken off');
        },
      }),
    );
  } catch (error) {
    expect((error as Error).message).toBe('broken off');
  }
}

function inHome(work: (home: Home) => void): void {
  const home = makeHome();
  try {
    work(home);
  } finally {
    removeFolder(home.folder);
  }
}

describe('archiving, whatever happens in between', () => {
  it('loses and doubles nothing, and leaves the bridge nothing to do', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 10 }), (steps) =>
        inHome((home) => {
          const added: CapturedEvent[] = [];
          for (const each of steps) perform(home, each, added);
          expect(bridge(home)).toMatchObject({ drift: 0, problems: [] });
          expect(storedEvents(home)).toEqual(byId(added));
          const before = everything(home);
          home.clock.advance(60_000);
          expect(bridge(home)).toMatchObject({ healedToSqlite: 0, healedToJsonl: 0, drift: 0 });
          expect(everything(home)).toEqual(before);
          dropDatabase(home);
          bridge(home);
          expect(storedEvents(home)).toEqual(byId(added));
        }),
      ),
      { seed: 20261123, numRuns: 40 },
    );
  });
});

describe('forgetting, whatever was archived before', () => {
  it('takes away all that holds the text, and nothing else, for good', async () => {
    const word = 'needle-in-the-record';
    const oneOf = fc.record({
      isMeant: fc.boolean(),
      field: fc.constantFrom('command', 'filePath', 'error', 'content'),
      around: fc.string({ unit: 'binary', maxLength: 8 }),
      days: fc.nat({ max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(oneOf, { minLength: 1, maxLength: 8 }), async (wanted) => {
        const home = makeHome();
        const { paths, open, clock } = home;
        try {
          const events = wanted.map(({ isMeant, field, around, days }, i) => {
            clock.advance(days * DAY_MS);
            const text = `${around}${isMeant ? word : ''}${around}`;
            const value = field === 'content' ? { prompt: [text] } : text;
            const id = `toolu_${i}`;
            return toolCall({
              id,
              toolUseId: id,
              at: clock.now() + i,
              sessionId: `s${i}`,
              [field]: value,
            });
          });
          home.add(...events);
          clock.set(Math.max(NOON, clock.now()) + DAY_MS);
          await home.refresh();
          archive(home, { kind: 'archive', segmentBytes: 500, stopAt: null });
          const kept = events.filter((_, i) => wanted[i]?.isMeant === false).map(({ id }) => id);
          const result = await forget(
            { paths, open, clock, waitMs: 0 },
            { kind: 'match', text: word },
          );
          expect(result).toMatchObject({ events: events.length - kept.length, left: [] });
          for (const lose of [
            () => {},
            () => dropDatabase(home),
            () => rmSync(paths.journals.toolUsage, { force: true }),
          ]) {
            lose();
            expect(await home.refresh()).toMatchObject({ drift: 0 });
            expect(storedEvents(home).map((event) => event?.id)).toEqual(kept);
          }
        } finally {
          removeFolder(home.folder);
        }
      }),
      { seed: 20261123, numRuns: 12 },
    );
  });
});
