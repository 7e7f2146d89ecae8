/** What can happen to the stores of a home, in any order, for the bridge's properties. */
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
import type { CapturedEvent, Outcome } from '../../src-core/event/event.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { arbitraryEvent } from './arbitrary-event.ts';
import { bridge, dropDatabase, linesOf } from './bridge-world.ts';
import type { Home } from './home.ts';

/** One happening. */
export type Step =
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
/** Any happening, the likely ones more often. */
export const step: fc.Arbitrary<Step> = fc.oneof(
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
export interface World {
  readonly home: Home;
  readonly added: Map<string, readonly CapturedEvent[]>;
}

/** Lets it happen. */
export function perform({ home, added }: World, step: Step): void {
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

/** The file of a stream, by its number. */
export const pathOf = ({ paths }: Home, index: number): string =>
  STREAMS[index]?.pathIn(paths) ?? '';

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
