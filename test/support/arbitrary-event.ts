/** Events as no client would send them, but as the types allow. */
import fc from 'fast-check';
import type { CapturedEvent, EventKind, Outcome, Source } from '../../src-core/event/event.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const textOrNull = fc.option(text, { nil: null });
const amount = fc.option(fc.nat(), { nil: null });

const facts = fc.option(
  fc.dictionary(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.integer(), fc.boolean()),
    { minKeys: 1, maxKeys: 4, noNullPrototype: true },
  ),
  { nil: null },
);

/** As JSON gives it back, so that nothing of it is lost on the way. */
const content = fc.option(
  fc
    .dictionary(fc.string({ unit: 'binary', maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    })
    .map((value) => JSON.parse(JSON.stringify(value)) as Readonly<Record<string, unknown>>),
  { nil: null },
);

const anyKind = {
  id: fc.stringMatching(/^ev_[0-9a-f]{8}$/),
  hookEvent: text,
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  source: fc.constantFrom<Source>('hook', 'spool', 'transcript', 'old'),
  sessionId: textOrNull,
  toolUseId: textOrNull,
  promptId: textOrNull,
  project: textOrNull,
  cwd: textOrNull,
  agentId: textOrNull,
  agentType: textOrNull,
  permissionMode: textOrNull,
  // The old files write `unknown` for none, so it is the name of none.
  model: textOrNull.filter((model) => model !== 'unknown'),
  outcome: fc.option(
    fc.constantFrom<Outcome>(
      'succeeded',
      'expected',
      'failed',
      'timed_out',
      'denied',
      'rejected',
      'interrupted',
      'unknown',
    ),
    { nil: null },
  ),
  exitCode: fc.option(fc.integer({ min: 0, max: 999 }), { nil: null }),
  durationMs: fc.option(
    fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0),
    { nil: null },
  ),
  errorClass: textOrNull,
  error: textOrNull,
  inputBytes: amount,
  outputBytes: amount,
  facts,
  payloadSum: textOrNull,
  content,
} as const;

const call = { kind: fc.constant<EventKind>('tool'), tool: text };
const plain = { tool: fc.constant(null), filePath: fc.constant(null), command: fc.constant(null) };

/** Any event that the store and the journals must carry unharmed. */
export const arbitraryEvent: fc.Arbitrary<CapturedEvent> = fc.oneof(
  fc.record({ ...anyKind, ...call, filePath: textOrNull, command: textOrNull }),
  fc.record({ ...anyKind, ...plain, kind: fc.constantFrom<EventKind>('session', 'other') }),
);

/** Any telling of one tool call. */
export const arbitraryTelling: fc.Arbitrary<CapturedEvent> = fc.record({
  ...anyKind,
  ...call,
  id: fc.constant('toolu_1'),
  hookEvent: fc.constantFrom('PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'Transcript'),
  filePath: textOrNull,
  command: textOrNull,
});
