import { isDeepStrictEqual } from 'node:util';
import { MAX_COMMAND, MAX_ERROR } from '../../../src-core/base/limits.ts';
import type { PrivacyLevel } from '../../../src-core/event/content.ts';
import { capture } from '../../../src-core/event/parse.ts';
import { eventOfRecord, recordOf } from '../../../src-core/event/record.ts';
import { readWire } from '../../../src-core/event/wire.ts';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import { keyedHash, lineOf, sha256, sumOfIntactLine } from '../../../src-core/journal/sum.ts';
import { parseEntry } from '../../../src-core/spool/entry.ts';
import { TEST_KEY, TEST_REDACTOR, TEST_TIME } from '../../support/capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from '../../support/claude-fixtures.ts';
import type { FuzzTarget } from '../target.ts';

const entry = (payload: string): Buffer =>
  Buffer.from(`hookline-spool 1\x002\x00/Users/dev/project\x00cli\x00${payload}\x00hookline-end\n`);

const LEVELS: readonly PrivacyLevel[] = ['metadata', 'redacted', 'full'];

/** From a spool entry to the lines of its events. */
export const payloadTarget: FuzzTarget = {
  name: 'payload',
  corpus: HOOK_FIXTURES.map((name) => entry(hookPayload(name))),
  runs: 3000,
  check: (bytes) => {
    const { payload, project } = parseEntry(bytes);
    const text = payload.toString('utf8');
    const wire = readWire(text);
    if (wire.kind === 'malformed') return;
    for (const privacy of LEVELS) {
      const { events } = capture(wire.payload, {
        name: '100-0.event@1',
        at: TEST_TIME,
        project,
        source: 'hook',
        redactor: TEST_REDACTOR,
        digest: sha256,
        keyedHash: keyedHash(TEST_KEY),
        text,
        privacy,
      });
      for (const event of events) checkEvent(event);
    }
  },
};

function checkEvent(event: Parameters<typeof recordOf>[0]): void {
  const line = lineOf(recordOf(event));
  const bytes = Buffer.from(line.slice(0, -1));
  if (line.indexOf('\n') !== line.length - 1) throw new Error('a record is more than one line');
  if (sumOfIntactLine(bytes) === null) throw new Error('the sum of a fresh line is wrong');
  const again = eventOfRecord(JSON.parse(line));
  if (!isDeepStrictEqual(again, event))
    throw new Error('an event is another one once it is read back');
  if ((event.command?.length ?? 0) > MAX_COMMAND) throw new Error('a command is too long');
  if ((event.error?.length ?? 0) > MAX_ERROR) throw new Error('an error is too long');
  for (const stream of STREAMS) {
    const record = stream.lineFor(event);
    if (record !== null) JSON.parse(lineOf(record));
  }
}
