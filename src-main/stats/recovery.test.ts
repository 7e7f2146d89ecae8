import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { compute, writeShared } from '../../test/support/stats-world.ts';
import { recovery } from './recovery.ts';

const MINUTE = 60_000;
const home = homePerTest();
const at = (minute: number, members: object = {}) => ({ at: NOON + minute * MINUTE, ...members });
const edit = { tool: 'Edit', command: null, filePath: '/w/a.ts' };

describe('recovery-stats.json', () => {
  it('D26: is measured from what happened, and the same each time', () => {
    home().addToStore(
      failedCall(at(0)),
      toolCall(at(1, edit)),
      toolCall(at(2)),
      failedCall(at(3, { ...edit, errorClass: 'string_not_found' })),
      toolCall(at(4, { command: 'git diff' })),
      failedCall(at(5, { ...edit, errorClass: 'string_not_found' })),
      toolCall(at(6, edit)),
      failedCall(at(7, { command: 'make' })),
      sessionEvent('SessionEnd', at(8)),
      failedCall(at(9, { sessionId: 'another' })),
    );
    const first = compute(home(), recovery);
    expect(first).toEqual({
      total_recoveries: 3,
      success_rate: 66.7,
      by_pattern: { test_failure: 1, string_not_found: 1, build: 1 },
      measured: 3,
      estimated: 0,
      from_other_programs: 0,
      bad_lines: 0,
      definition: 1,
      recovered: 2,
      abandoned: 1,
      open: 1,
      median_ms_to_recover: 2.5 * MINUTE,
      attempts: { 1: 1, 2: 1, 3: 0, '4+': 0 },
      between: { edit: 1, command: 1, both: 0, neither: 0 },
      by_class: {
        test_failure: { recovered: 1, abandoned: 0, open: 1, median_ms_to_recover: 2 * MINUTE },
        build: { recovered: 0, abandoned: 1, open: 0, median_ms_to_recover: null },
        string_not_found: {
          recovered: 1,
          abandoned: 0,
          open: 0,
          median_ms_to_recover: 3 * MINUTE,
        },
      },
    });
    expect(compute(home(), recovery)).toEqual(first);
  });

  it('does not depend on the order in which events were stored', () => {
    home().addToStore(toolCall(at(2)), failedCall(at(0)), toolCall(at(1, { command: 'ls' })));
    expect(compute(home(), recovery)).toMatchObject({ recovered: 1, between: { command: 1 } });
  });

  it('takes events of one millisecond in the order in which they were stored', () => {
    home().addToStore(failedCall(at(0)), toolCall(at(0)), failedCall(at(0)));
    expect(compute(home(), recovery)).toMatchObject({ recovered: 1, open: 1 });
  });

  it('never joins two sessions', () => {
    home().addToStore(
      failedCall(at(0, { sessionId: 'a' })),
      toolCall(at(1, { sessionId: 'b' })),
      failedCall(at(2, { sessionId: null })),
      toolCall(at(3, { sessionId: null })),
    );
    expect(compute(home(), recovery)).toMatchObject({ recovered: 0, open: 1 });
  });

  it('leaves out calls of the old record, whose order and sessions nobody knows', () => {
    home().addToStore(failedCall(at(0, { source: 'old' })), toolCall(at(1)));
    expect(compute(home(), recovery)).toMatchObject({ recovered: 0, total_recoveries: 0 });
  });

  it('joins what we measured with what other programs did', () => {
    home().addToStore(failedCall(at(0)), toolCall(at(1)));
    writeShared(home(), 'recoveryOutcomes', [
      { ts: 1, category: 'git', success: false },
      { ts: 2, category: 'git', success: true, backfilled: true },
    ]);
    expect(compute(home(), recovery)).toMatchObject({
      total_recoveries: 3,
      success_rate: 50,
      by_pattern: { git: 2, test_failure: 1 },
      measured: 2,
      estimated: 1,
      from_other_programs: 2,
      recovered: 1,
      abandoned: 0,
    });
  });
});
