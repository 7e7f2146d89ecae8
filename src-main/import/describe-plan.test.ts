import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  addLines,
  addOldPipeline,
  oldCalls,
  planOf,
  SESSION,
} from '../../test/support/old-record.ts';
import { describePlan } from './describe-plan.ts';

const home = homePerTest();

describe('the plan as text', () => {
  it('accounts for each file so that the numbers add up', () => {
    const pipeline = createOldPipeline();
    pipeline.session(SESSION, 'start', 'dual');
    for (const call of oldCalls(3)) pipeline.hook(call, 'dual');
    pipeline.bridge('early');
    addOldPipeline(home(), pipeline);
    addLines(home(), 'tool-usage', ['{"ts": 17']);
    expect(describePlan(planOf(home())).split('\n')).toEqual([
      'antigravity.db: tool_events: 4 rows = 4 new',
      '  hook, with details                   4  4 new',
      '',
      'tool-usage.jsonl: 7 lines = 3 tell of events of other files + 3 duplicates + 1 not understood',
      '  hook                                 3  3 tell of events of other files',
      '  bridge                               3  3 duplicates',
      '  not JSON                             1  not understood',
      '    at byte 870: {"ts": 17',
      '',
      'activity-events.jsonl: 4 lines = 4 tell of events of other files',
      '  hook or bridge                       3  3 tell of events of other files',
      '  hook                                 1  1 tell of events of other files',
      '',
      'session-events.jsonl: 2 lines = 1 tell of events of other files + 1 duplicates',
      '  hook                                 1  1 tell of events of other files',
      '  bridge                               1  1 duplicates',
      '',
      'tool-success.jsonl: 3 lines = 3 tell of events of other files',
      '  hook or bridge                       3  3 tell of events of other files',
      '',
      'To import: 4 events = 3 calls + 1 session starts and ends + 0 prompts',
      '  2026-01            4',
    ]);
  });

  it('says so when there is nothing', () => {
    expect(describePlan(planOf(home()))).toBe('There is nothing to import.');
  });
});
