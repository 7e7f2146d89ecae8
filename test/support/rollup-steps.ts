/** What can happen to a record, for properties of the sums that are kept of it. */
import fc from 'fast-check';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { publishStats } from '../../src-main/stats/publish.ts';
import type { Home } from './home.ts';
import { NOON, otherEvent, sessionEvent, toolCall } from './make-event.ts';

const MINUTE = 60_000;

const members = fc.record({
  // Four hours around two borders of days.
  at: fc.integer({ min: 0, max: 240 * 6 }).map((steps) => NOON + steps * 10_000),
  sessionId: fc.constantFrom('a', 'b', 'c', null),
  source: fc.constantFrom('hook' as const, 'transcript' as const, 'old' as const),
  project: fc.constantFrom('/w/a', '/w/b', null),
  model: fc.constantFrom('opus', 'sonnet', null),
});
const call = fc.record({
  tool: fc.constantFrom('Bash', 'Edit', 'Read'),
  command: fc.constantFrom('npm test', 'cd a && git log', null),
  filePath: fc.constantFrom('/w/a.ts', null),
  outcome: fc.constantFrom('succeeded' as const, 'failed' as const, 'timed_out' as const, null),
  durationMs: fc.constantFrom(null, 5, 90.5, 1000, 1003),
  errorClass: fc.constantFrom('exit_code', 'timeout', null),
});

/** An event as a session of work has them. */
export const workEvent: fc.Arbitrary<CapturedEvent> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(members, call).map(([a, b]) => toolCall({ ...a, ...b })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(members, fc.constantFrom('PermissionRequest', 'Stop', 'StopFailure'))
      .map(([a, name]) => otherEvent(name, a)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(members, fc.constantFrom('SessionStart' as const, 'SessionEnd' as const))
      .map(([a, name]) => sessionEvent(name, a)),
  },
);

/** Something that happens; `which` picks one of the events that are there. */
export type Step =
  | { readonly kind: 'add'; readonly events: readonly CapturedEvent[] }
  | { readonly kind: 'amend'; readonly which: number; readonly change: Partial<CapturedEvent> }
  | { readonly kind: 'remove'; readonly which: number; readonly count: number }
  | { readonly kind: 'later'; readonly which: number; readonly minutes: number }
  | { readonly kind: 'publish'; readonly budgetMs: number | undefined };

const which = fc.nat(1000);
/** Any step. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    events: fc.array(workEvent, { minLength: 1, maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('amend' as const),
    which,
    change: fc.oneof(
      call,
      fc.record({ model: fc.constant('opus') }),
      fc.record({ outcome: fc.constant('succeeded' as const) }),
    ),
  }),
  fc.record({ kind: fc.constant('remove' as const), which, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constant('later' as const),
    which,
    minutes: fc.integer({ min: -90, max: 90 }),
  }),
  fc.record({
    kind: fc.constant('publish' as const),
    budgetMs: fc.constantFrom(undefined, 0),
  }),
);

/** Does it, with the real store. */
export function take(home: Home, db: WritableDb, what: Step, timeZone: string): void {
  const ids = (db.prepare('SELECT id FROM hookline_event ORDER BY seq').all() as Row[]).map((row) =>
    String(row.id),
  );
  const writer = createEventWriter(db);
  const replace = (
    index: number,
    change: (event: CapturedEvent) => Partial<CapturedEvent>,
  ): void => {
    const event = ids.length === 0 ? null : writer.find(ids[index % ids.length] ?? '');
    if (event !== null) writer.replace({ ...event, ...change(event) });
  };
  const remove = db.prepare('DELETE FROM hookline_event WHERE id = ?');
  const doIt: { readonly [K in Step['kind']]: (what: Extract<Step, { kind: K }>) => void } = {
    add: ({ events }) => {
      for (const event of events) writer.insert(event, 'direct');
    },
    amend: ({ which, change }) => replace(which, () => change),
    later: ({ which, minutes }) => replace(which, ({ at }) => ({ at: at + minutes * MINUTE })),
    remove: ({ which, count }) => {
      for (let i = 0; i < count && ids.length > 0; i++)
        remove.run(ids[(which + i) % ids.length] ?? '');
    },
    publish: () => {},
  };
  transaction(db, () => doIt[what.kind](what as never));
  if (what.kind === 'publish') publish(home, db, timeZone, what.budgetMs);
}

/** Publishes, as the app does each minute. */
export function publish(home: Home, db: WritableDb, timeZone: string, budgetMs?: number): void {
  const { paths, clock } = home;
  const options = { paths, db, now: clock.now(), timeZone };
  publishStats({ ...options, ...(budgetMs === undefined ? {} : { budgetMs }) });
}
