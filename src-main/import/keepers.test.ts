import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { homePerTest } from '../../test/support/home.ts';
import { addOldPipeline, oldCalls } from '../../test/support/old-record.ts';
import { duplicatesIn } from './keepers.ts';
import { surveyOldRecord } from './survey.ts';

const home = homePerTest();

function survey() {
  return surveyOldRecord(null, {
    ...home(),
    now: home().clock.now(),
    busyMs: 0,
    redactor: { redact: (text) => text },
  });
}

describe('lines that a file could do without', () => {
  it('are all but the best line of each event: the hook before the bridge, the first before the second', () => {
    const pipeline = createOldPipeline();
    for (const call of oldCalls(2)) pipeline.hook(call, 'dual');
    for (let run = 0; run < 2; run++) {
      pipeline.setBridgeBack(0);
      pipeline.bridge('late');
    }
    addOldPipeline(home(), pipeline);
    const { record, union } = survey();
    const text = home().text(home().paths.journals.toolUsage);
    const lines = [...duplicatesIn(record.traces, union.events.count(), 'tool-usage')].map(
      (place) => text.slice(place, text.indexOf('\n', place)),
    );
    expect(lines).toEqual(pipeline.lines['tool-usage'].slice(2));
  });

  it('are none where each event has one line', () => {
    const pipeline = createOldPipeline();
    for (const call of oldCalls(3)) pipeline.hook(call, 'dual');
    addOldPipeline(home(), pipeline);
    const { record, union } = survey();
    expect([...duplicatesIn(record.traces, union.events.count(), 'tool-usage')]).toEqual([]);
  });
});
