import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import type { CapturedEvent } from '../event/event.ts';
import { recordOf } from '../event/record.ts';
import { createPaths } from '../files/paths.ts';
import { appendLines } from './append.ts';
import { lineOf } from './sum.ts';
import { recentEvents, recentIds } from './tail.ts';

const TAIL_BYTES = 8 * 1024 * 1024;
const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const call = (id: string) => eventOf(callPayload({ tool_use_id: id }));
const line = (event: CapturedEvent) => lineOf(recordOf(event));

describe('recentEvents', () => {
  it('reads the events of all three streams of whole records', () => {
    const { journals } = paths();
    const start = eventOf(hookPayload('SessionStart-startup'));
    const stop = eventOf(hookPayload('Stop'));
    appendLines(journals.toolUsage, [line(call('toolu_1'))]);
    appendLines(journals.sessionEvents, [line(start)]);
    appendLines(journals.events, [line(stop)]);
    expect([...recentEvents(paths()).values()]).toEqual([call('toolu_1'), start, stop]);
  });

  it('passes over lines of others and over damage', () => {
    appendLines(paths().journals.toolUsage, [
      '{"ts": 1, "tool": "Bash", "source": "hook"}\n',
      'null\n',
      '{"id":"toolu_2","kind":"tool"\n',
      line(call('toolu_1')),
      '{"torn',
    ]);
    expect([...recentEvents(paths()).keys()]).toEqual(['toolu_1']);
  });

  it('is empty where there are no files, or folders in their place', () => {
    expect(recentEvents(paths()).size).toBe(0);
    mkdirSync(paths().journals.toolUsage, { recursive: true });
    expect(recentEvents(paths()).size).toBe(0);
  });
});

describe('recentIds', () => {
  it('begins with the first whole line of the last part', () => {
    const path = paths().journals.toolUsage;
    const filler = `${JSON.stringify({ id: 'filler', text: 'x'.repeat(1000) })}\n`;
    const many = Array.from({ length: Math.ceil(TAIL_BYTES / filler.length) }, () => filler);
    appendLines(path, [line(call('toolu_old')), many.join(''), line(call('toolu_new'))]);
    expect(recentIds(path)).toEqual(new Set(['filler', 'toolu_new']));
  });

  it('takes ids that are texts alone', () => {
    appendLines(paths().journals.errors, ['{"id":7}\n', 'null\n', '[]\n', '"x"\n', '{"id":"a"}\n']);
    expect(recentIds(paths().journals.errors)).toEqual(new Set(['a']));
  });
});
