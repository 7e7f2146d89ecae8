import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent, Outcome } from '../../src-core/event/event.ts';
import { AMENDABLE } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import { expectedBits, STREAMS } from '../../src-core/journal/streams.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { arbitraryEvent } from '../support/arbitrary-event.ts';
import {
  bridge,
  dropDatabase,
  everything,
  linesOf,
  storedEvents,
} from '../support/bridge-world.ts';
import { type Home, makeHome } from '../support/home.ts';
import { removeFolder } from '../support/temp-folder.ts';

/** What can happen to the stores of a home, in any order. */
type Step =
  | {
      readonly kind: 'add';
      readonly events: readonly CapturedEvent[];
      readonly to: 'both' | 'sqlite' | 'jsonl';
    }
  | {
      readonly kind: 'drop' | 'repeat' | 'remove' | 'turn' | 'cut' | 'spoil';
      readonly file: number;
      readonly place: number;
    }
  | { readonly kind: 'litter'; readonly file: number; readonly text: string }
  | { readonly kind: 'amend'; readonly event: number; readonly outcome: Outcome }
  /** The call told once more, into JSONL alone: SQLite did not answer then. */
  | {
      readonly kind: 'retell';
      readonly event: number;
      readonly hookEvent: string;
      readonly outcome: Outcome;
    }
  | { readonly kind: 'lose-database' }
  | { readonly kind: 'lose-row'; readonly event: number }
  | { readonly kind: 'lose-cursors' }
  | { readonly kind: 'bridge' };

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const file = fc.nat({ max: STREAMS.length - 1 });
const onFile = fc.record({
  kind: fc.constantFrom('drop', 'repeat', 'remove', 'turn', 'cut', 'spoil'),
  file,
  place,
});
const litter = fc.record({
  kind: fc.constant('litter'),
  file,
  text: fc.constantFrom(
    'garbage',
    '{"torn":',
    '[]',
    '',
    '{"ts":1769590342,"tool":"Grep","source":"sqlite"}',
    '{"id":"a","sum":"0000000000000000"}',
  ),
});
const add = fc.record({
  kind: fc.constant('add'),
  events: fc.array(arbitraryEvent, { minLength: 1, maxLength: 8 }),
  to: fc.constantFrom('both', 'both', 'both', 'sqlite', 'jsonl'),
});
const amend = fc.record({
  kind: fc.constant('amend'),
  event: fc.nat(),
  outcome: fc.constantFrom<Outcome>('succeeded', 'failed', 'rejected', 'timed_out'),
});
const retell = fc.record({
  kind: fc.constant('retell'),
  event: fc.nat(),
  hookEvent: fc.constantFrom('PostToolUse', 'PostToolUseFailure', 'PostToolBatch'),
  outcome: fc.constantFrom<Outcome>('succeeded', 'failed', 'unknown'),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: add, weight: 5 },
  { arbitrary: onFile, weight: 5 },
  { arbitrary: litter, weight: 1 },
  { arbitrary: amend, weight: 2 },
  { arbitrary: retell, weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('lose-database') }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('lose-cursors') }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('lose-row'), event: fc.nat() }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('bridge') }), weight: 3 },
) as fc.Arbitrary<Step>;

/** The home and what was ever added to it: of each event all its tellings. */
interface World {
  readonly home: Home;
  readonly added: Map<string, readonly CapturedEvent[]>;
}

function perform({ home, added }: World, step: Step): void {
  home.clock.advance(1000);
  switch (step.kind) {
    case 'add':
      addEvents({ home, added }, step.events, step.to);
      return;
    case 'amend':
      amendOne({ home, added }, step.event, step.outcome);
      return;
    case 'retell':
      retellOne({ home, added }, step);
      return;
    case 'lose-database':
      dropDatabase(home);
      return;
    case 'lose-cursors':
      home.withStore((db) => db.exec('DELETE FROM hookline_cursor'));
      return;
    case 'lose-row': {
      const ids = home
        .query('SELECT id FROM hookline_event ORDER BY id')
        .map(({ id }) => String(id));
      const id = ids[step.event % Math.max(1, ids.length)];
      if (id !== undefined)
        home.withStore((db) => db.prepare('DELETE FROM hookline_event WHERE id = ?').run(id));
      return;
    }
    case 'bridge':
      bridge(home);
      return;
    case 'litter':
      if (existsSync(pathOf(home, step.file)))
        appendFileSync(pathOf(home, step.file), `${step.text}\n`);
      return;
    default:
      damageFile(home, step);
  }
}

const pathOf = ({ paths }: Home, index: number): string => STREAMS[index]?.pathIn(paths) ?? '';

function addEvents(
  { home, added }: World,
  events: readonly CapturedEvent[],
  to: 'both' | 'sqlite' | 'jsonl',
): void {
  const first = added.size;
  const named = events.map((event, i) => ({ ...event, id: `ev_${first + i}` }));
  for (const event of named) added.set(event.id, [event]);
  if (to !== 'jsonl') home.addToStore(...named);
  if (to !== 'sqlite') home.addToJournals(named);
}

function callNumber(added: World['added'], index: number): CapturedEvent | undefined {
  const calls = [...added.values()].flatMap(([first]) => (first?.kind === 'tool' ? first : []));
  return calls[index % Math.max(1, calls.length)];
}

function amendOne({ home, added }: World, index: number, outcome: Outcome): void {
  const call = callNumber(added, index);
  if (call === undefined) return;
  const at = home.clock.now();
  home.amend({
    eventId: call.id,
    field: 'outcome',
    value: outcome,
    source: `transcript ${at}`,
    at,
  });
}

function retellOne(
  { home, added }: World,
  { event, hookEvent, outcome }: Extract<Step, { kind: 'retell' }>,
): void {
  const call = callNumber(added, event);
  if (call === undefined) return;
  const telling = { ...call, hookEvent, outcome, at: call.at + 50 };
  added.set(call.id, [...(added.get(call.id) ?? []), telling]);
  home.addToJournals([telling]);
}

function damageFile(
  home: Home,
  step: Extract<Step, { readonly file: number; readonly place: number }>,
): void {
  const path = pathOf(home, step.file);
  if (!existsSync(path)) return;
  const lines = linesOf(home, path);
  const index = Math.floor(step.place * lines.length);
  const size = statSync(path).size;
  switch (step.kind) {
    case 'drop':
      rmSync(path);
      return;
    case 'repeat':
      appendFileSync(path, `${lines[index] ?? ''}\n`);
      return;
    case 'remove':
      writeLines(path, lines.toSpliced(index, 1));
      return;
    case 'turn':
      writeLines(path, [...lines.slice(index), ...lines.slice(0, index)]);
      return;
    case 'cut':
      truncateSync(path, Math.floor(step.place * size));
      return;
    case 'spoil': {
      const bytes = readFileSync(path);
      if (size === 0) return;
      bytes[Math.floor(step.place * size)] = 0x7f;
      writeFileSync(path, bytes);
      // The system's clock of files is coarse: an edit at once after a read may not show in it.
      utimesSync(path, home.clock.now() / 1000, home.clock.now() / 1000);
      // Damage to old lines of a file that also grows before the next run is not seen by its time.
      bridge(home);
    }
  }
}

function writeLines(path: string, lines: readonly string[]): void {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
}

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
