/** Whatever old programs wrote in whatever order: the import counts each event once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OldCall } from '../../scripts/old-home/old-call.ts';
import { createOldPipeline, type HookAge } from '../../scripts/old-home/old-pipeline.ts';
import type { OldObservation } from '../../src-main/import/observation.ts';
import { createOldTexts } from '../../src-main/import/old-texts.ts';
import { type OwnEvent, takeOwnEvents } from '../../src-main/import/own-events.ts';
import { createTraces, type Traces } from '../../src-main/import/traces.ts';
import { type Union, uniteTraces } from '../../src-main/import/union.ts';
import { VARIANT_NAMES, VARIANTS } from '../../src-main/import/variants.ts';
import { type Home, makeHome } from '../support/home.ts';
import { toolCall } from '../support/make-event.ts';
import { addOldPipeline, importerOf, SESSION, THEN_S } from '../support/old-record.ts';
import { removeFolder } from '../support/temp-folder.ts';

const SUBJECTS = {
  call: ['Read', 'Bash'],
  session_start: [null],
  session_end: [null],
  prompt: [null],
} as const;

/** Any trace in a narrow stretch of time, so that many of them meet. */
const observation: fc.Arbitrary<OldObservation> = fc
  .record({
    variant: fc.constantFrom(...VARIANT_NAMES),
    subject: fc.constantFrom<OldObservation['subject']>(
      'call',
      'call',
      'call',
      'session_start',
      'session_end',
      'prompt',
    ),
    after: fc.integer({ min: 0, max: 25 }),
    tool: fc.boolean(),
    target: fc.constantFrom(null, 'a', 'b'),
    folder: fc.constantFrom(null, 'one', 'two'),
    sessionPrefix: fc.constantFrom(null, '0f6f1b0e', 'ffffffff'),
    exitCode: fc.constantFrom(null, 0, 1),
    model: fc.constantFrom(null, 'opus'),
  })
  .map(({ after, tool, target, subject, variant, sessionPrefix, folder, ...rest }) => ({
    ...rest,
    variant,
    subject,
    atS: THEN_S + after,
    tool: SUBJECTS[subject][tool ? 1 : 0] ?? SUBJECTS[subject][0],
    filePath: subject === 'call' ? target : null,
    command: null,
    text: subject === 'prompt' ? target : null,
    pwd: subject.startsWith('session') ? target : null,
    folder: VARIANTS[variant].clock === 'transcript' ? null : folder,
    sessionPrefix: VARIANTS[variant].clock === 'transcript' ? sessionPrefix : null,
    success: null,
    summary: null,
  }));

const ownEvent: fc.Arbitrary<OwnEvent> = fc
  .record({
    after: fc.integer({ min: 0, max: 25 }),
    tool: fc.constantFrom('Read', 'Bash'),
    filePath: fc.constantFrom(null, 'a', 'b'),
    sessionId: fc.constantFrom(null, SESSION.id),
    durationMs: fc.constantFrom(null, 10, 9000),
  })
  .map(({ after, ...rest }) => ({
    ...rest,
    kind: 'tool',
    hookEvent: 'PostToolUse',
    at: (THEN_S + after) * 1000,
    command: null,
    cwd: null,
  }));

function tracesOf(observations: readonly OldObservation[]): Traces {
  const traces = createTraces(createOldTexts({ redact: (text) => text }));
  for (const [place, one] of observations.entries()) traces.add(one, place, 0);
  return traces;
}

function unite(observations: readonly OldObservation[], own: readonly OwnEvent[]): Union {
  return uniteTraces(tracesOf(observations), takeOwnEvents(own.toSorted((a, b) => a.at - b.at)));
}

/** What a union says, whoever its traces are called. */
function told({ traces, events, ambiguous, perhapsTwice }: Union) {
  const { columns } = traces;
  const ofEvent = new Map<number, string[]>();
  for (let trace = 0; trace < traces.count(); trace++) {
    const event = columns.event.at(trace);
    const content = [
      columns.variant,
      columns.atS,
      columns.target,
      columns.folder,
      columns.session,
      columns.role,
    ];
    const list = ofEvent.get(event) ?? [];
    list.push(content.map((column) => column.at(trace)).join(' '));
    ofEvent.set(event, list);
  }
  const list = [...ofEvent].map(([event, content]) =>
    [events.columns.atS.at(event), events.columns.standing.at(event), ...content.sort()].join(
      ' | ',
    ),
  );
  return { list: list.sort(), ambiguous, perhapsTwice };
}

describe('the union of old traces', () => {
  it('is the same in whatever order they were written and read', () => {
    fc.assert(
      fc.property(
        fc
          .array(observation, { maxLength: 40 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
          ),
        fc.array(ownEvent, { maxLength: 8 }),
        ([all, shuffled], own) => {
          expect(told(unite(shuffled, own))).toEqual(told(unite(all, own)));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('has a place for every trace', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 40 }), fc.array(ownEvent), (all, own) => {
        const { traces, events } = unite(all, own);
        for (let trace = 0; trace < traces.count(); trace++) {
          expect(traces.columns.role.at(trace)).toBeGreaterThan(0);
          expect(events.isMerged(traces.columns.event.at(trace))).toBe(false);
        }
      }),
    );
  });

  it('grows by no event when programs repeat what they wrote', () => {
    const repeating = observation.filter(({ variant }) => VARIANTS[variant].repeats !== 'each');
    fc.assert(
      fc.property(
        fc.array(repeating, { maxLength: 20 }),
        fc.integer({ min: 2, max: 4 }),
        (all, times) => {
          const once = unite(all, []);
          const often = unite(Array.from({ length: times }, () => all).flat(), []);
          expect(often.events.count()).toBe(once.events.count());
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** One call of a life in which both pipelines ran, each seeing some of it. */
interface Seen {
  readonly isOurs: boolean;
  readonly age: HookAge | null;
  readonly isBackfilled: boolean;
  readonly isExported: boolean;
  readonly tool: string;
  readonly tookS: number;
}

const seen: fc.Arbitrary<Seen> = fc.record({
  isOurs: fc.boolean(),
  age: fc.constantFrom<HookAge | null>(
    null,
    'echo',
    'sqlite-only',
    'early-dual',
    'dual',
    'three-stores',
  ),
  isBackfilled: fc.boolean(),
  isExported: fc.boolean(),
  tool: fc.constantFrom('Read', 'Bash', 'Edit'),
  tookS: fc.integer({ min: 0, max: 4 }),
});

/** Puts the life into a home; returns how many calls left a trace or are in our record. */
function live(home: Home, life: readonly Seen[], repeats: number): number {
  const pipeline = createOldPipeline();
  const calls = life.map(({ tool, tookS }, i): OldCall => {
    const beganS = THEN_S + i * 30;
    const filePath = tool === 'Edit' ? `/w/${i % 3}.ts` : '';
    return { beganS, endedS: beganS + tookS, tool, filePath, command: '', session: SESSION };
  });
  const sawCall = (i: number): Seen => life[i] as Seen;
  for (const [i, call] of calls.entries()) {
    const { age, isExported, isOurs } = sawCall(i);
    if (age !== null) pipeline.hook(call, age);
    if (isExported) pipeline.bridge('late');
    if (isOurs) home.add(captured(call));
  }
  const backfilled = calls.filter((_, i) => sawCall(i).isBackfilled);
  for (let run = 0; run < repeats; run++) {
    pipeline.setBridgeBack(0);
    pipeline.bridge('late');
    pipeline.weeklyBackfill(backfilled);
  }
  if (repeats === 0) pipeline.bulkBackfill(backfilled);
  addOldPipeline(home, pipeline);
  return life.filter(({ isOurs, age, isBackfilled }) => isOurs || age !== null || isBackfilled)
    .length;
}

/** The call as our own hook captures it, a moment after the old one. */
function captured({ endedS, beganS, tool, filePath }: OldCall) {
  return toolCall({
    at: endedS * 1000 + 700,
    tool,
    filePath: filePath || null,
    command: null,
    cwd: SESSION.pwd,
    sessionId: SESSION.id,
    durationMs: (endedS - beganS) * 1000,
  });
}

async function withHome(work: (home: Home) => Promise<void>): Promise<void> {
  const home = makeHome();
  try {
    await work(home);
  } finally {
    removeFolder(home.folder);
  }
}

const CALLS = "SELECT count(*) AS n FROM hookline_event WHERE kind = 'tool'";
const CONTENT = 'SELECT * FROM hookline_event ORDER BY id';

describe('an import', () => {
  it('makes our record hold every call once, whoever saw it, and a second one changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(seen, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 3 }),
        (life, repeats) =>
          withHome(async (home) => {
            const truth = live(home, life, repeats);
            const importer = importerOf(home);
            const counted = home.withStore((db) => importer.count(db)).events.calls;
            expect(counted + Number(home.query(CALLS)[0]?.n)).toBe(truth);
            await importer.apply({ again: false });
            expect(home.query(CALLS)).toEqual([{ n: truth }]);
            const before = home.query(CONTENT);
            expect(await importer.apply({ again: false })).toEqual({ kind: 'nothing-new' });
            expect(home.query(CONTENT)).toEqual(before);
          }),
      ),
      { numRuns: 15 },
    );
  });

  it('and taking it back leave everything as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(seen, { minLength: 1, maxLength: 8 }), fc.nat(2), (life, repeats) =>
        withHome(async (home) => {
          live(home, life, repeats);
          const importer = importerOf(home);
          await home.refresh();
          const files = Object.values(home.paths.journals);
          const before = [home.query(CONTENT), files.map(home.text)];
          const result = await importer.apply({ again: false });
          await home.refresh();
          if (result.kind === 'imported') await importer.undo(result.run);
          expect([home.query(CONTENT), files.map(home.text)]).toEqual(before);
        }),
      ),
      { numRuns: 8 },
    );
  });
});
