/** Captures payloads the way the drainer does, without a disk. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Capture, type CaptureContext, capture } from '../../src-core/event/parse.ts';
import { createRedactor } from '../../src-core/event/redact.ts';
import { readWire } from '../../src-core/event/wire.ts';
import { keyedHash, sha256 } from '../../src-core/journal/sum.ts';

/** A key for tests; real ones are made once for each root. */
export const TEST_KEY = Buffer.alloc(32, 7);
/** The redactor under the test key. */
export const TEST_REDACTOR = createRedactor(keyedHash(TEST_KEY));
/** 2027-01-15 08:00:00.500 UTC. */
export const TEST_TIME = 1_800_000_000_500;

/** Captures a payload; throws when it is malformed. */
export function captureText(text: string, context: Partial<CaptureContext> = {}): Capture {
  const wire = readWire(text);
  if (wire.kind !== 'payload') throw new Error(`malformed: ${wire.reason}`);
  return capture(wire.payload, {
    name: '100-0.event@1',
    at: TEST_TIME,
    project: '/Users/dev/project',
    source: 'hook',
    redactor: TEST_REDACTOR,
    digest: sha256,
    keyedHash: keyedHash(TEST_KEY),
    text,
    ...context,
  });
}

/** The one event that a payload tells; throws when it tells none or several. */
export function eventOf(text: string, context: Partial<CaptureContext> = {}): CapturedEvent {
  const { events } = captureText(text, context);
  if (events.length !== 1 || !events[0]) throw new Error(`${events.length} events, not one`);
  return events[0];
}

/** A payload of one tool call. */
export function callPayload(members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    session_id: '8f02f044-711f-4043-a0dd-c64620db6969',
    cwd: '/Users/dev/project',
    hook_event_name: 'PostToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'npm test' },
    tool_use_id: 'toolu_01',
    tool_response: { stdout: '', interrupted: false },
    duration_ms: 12,
    ...members,
  });
}
