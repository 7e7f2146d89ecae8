import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTelling } from '../../test/support/arbitrary-event.ts';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import type { CapturedEvent } from './event.ts';
import { AMENDABLE, amendmentsBy, applyAmendments, mergeTellings } from './merge.ts';

function batchTelling(tool_response: unknown, at = 200): CapturedEvent {
  const call = { tool_name: 'Bash', tool_input: { command: 'npm test' }, tool_use_id: 'toolu_01' };
  const payload = { hook_event_name: 'PostToolBatch', tool_calls: [{ ...call, tool_response }] };
  return eventOf(callPayload(payload), { at });
}
const post = (members = {}, at = 100) => eventOf(callPayload(members), { at });

describe('mergeTellings', () => {
  it('takes how a call ended from its own event, in whichever order the two come', () => {
    const failure = eventOf(hookPayload('PostToolUseFailure-Bash-exit3'), { at: 100 });
    const batch = eventOf(hookPayload('PostToolBatch-Bash-exit3'), { at: 200 });
    for (const merged of [mergeTellings(failure, batch), mergeTellings(batch, failure)]) {
      expect(merged).toMatchObject({ outcome: 'failed', exitCode: 3, durationMs: 14, at: 100 });
      expect(merged.hookEvent).toBe('PostToolUseFailure');
    }
  });

  it('does not let a success that prints an envelope take over its exit code and error', () => {
    const succeeded = post({ tool_response: { stdout: 'Exit code 3\nfrom a log' } });
    const batch = batchTelling('Exit code 3\nfrom a log');
    expect(batch.outcome).toBe('failed');
    for (const merged of [mergeTellings(succeeded, batch), mergeTellings(batch, succeeded)]) {
      expect(merged).toMatchObject({
        outcome: 'succeeded',
        exitCode: null,
        errorClass: null,
        error: null,
      });
    }
  });

  it('lets any telling say how a call ended of which the richer one does not know', () => {
    const batch = batchTelling('all is well');
    const rejected = { outcome: 'rejected', errorClass: 'rejected', error: 'no' } as const;
    const transcript = { ...batch, ...rejected, hookEvent: 'Transcript', at: 300 };
    expect(mergeTellings(batch, transcript)).toMatchObject({
      ...rejected,
      hookEvent: 'PostToolBatch',
    });
    expect(mergeTellings(post(), transcript).outcome).toBe('succeeded');
  });

  it('fills the details of one and the same end', () => {
    const bare = { ...post(), outcome: 'failed', exitCode: null, error: null } as const;
    expect(mergeTellings(bare, batchTelling('Exit code 3\nx'))).toMatchObject({ exitCode: 3 });
  });

  it('keeps the first identity and the earlier time', () => {
    fc.assert(
      fc.property(arbitraryTelling, arbitraryTelling, (a, b) => {
        const merged = mergeTellings(a, b);
        expect(merged.id).toBe(a.id);
        expect(merged.at).toBe(Math.min(a.at, b.at));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('knows nothing new after the same telling', () => {
    fc.assert(
      fc.property(arbitraryTelling, (a) => {
        expect(mergeTellings(a, a)).toEqual(a);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('amendmentsBy', () => {
  it('gives what makes the stored event equal to the merged one', () => {
    fc.assert(
      fc.property(arbitraryTelling, arbitraryTelling, (stored, telling) => {
        const amended = applyAmendments(stored, amendmentsBy(stored, telling));
        const merged = mergeTellings(stored, telling);
        for (const field of AMENDABLE) expect(amended[field]).toEqual(merged[field]);
        const untouched = { id: stored.id, at: stored.at, hookEvent: stored.hookEvent };
        expect(amended).toMatchObject(untouched);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('gives nothing when the same telling comes again', () => {
    fc.assert(
      fc.property(arbitraryTelling, arbitraryTelling, (stored, telling) => {
        const once = applyAmendments(stored, amendmentsBy(stored, telling));
        expect(amendmentsBy(once, telling)).toEqual([]);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('takes back an error that only the output had looked like', () => {
    const stored = batchTelling('Exit code 3\nfrom a log');
    const fields = amendmentsBy(stored, post({}, 150)).map(({ field, value }) => [field, value]);
    expect(Object.fromEntries(fields)).toMatchObject({
      outcome: 'succeeded',
      exitCode: null,
      errorClass: null,
      error: null,
      durationMs: 12,
    });
  });

  it('names the witness and its time', () => {
    const telling = { ...post(), source: 'transcript', model: 'claude-opus-5-5', at: 900 } as const;
    expect(amendmentsBy(post(), telling)).toEqual([
      { eventId: 'toolu_01', field: 'model', value: telling.model, source: 'transcript', at: 900 },
    ]);
  });
});
