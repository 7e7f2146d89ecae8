import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EventRow } from '../../src-core/contract/views.ts';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import { readRows, shownPath } from './rows.ts';

const home = homePerTest();
const rows = (limit = 10): EventRow[] =>
  v.parse(
    v.array(EventRow),
    home().withStore((db) => readRows(db, { where: 'at_ms > ?', values: [0], limit })),
  );
const rowOf = (event: CapturedEvent): EventRow | undefined => {
  home().addToStore(event);
  return rows()[0];
};

describe('events as rows', () => {
  it('come newest first; of one moment, the last stored first', () => {
    home().addToStore(
      toolCall({ id: 'toolu_b' }),
      toolCall({ id: 'toolu_a' }),
      toolCall({ id: 'toolu_c', at: NOON + 1 }),
      toolCall({ id: 'toolu_d', at: NOON - 1 }),
    );
    expect(rows(3).map(({ id }) => id)).toEqual(['toolu_c', 'toolu_a', 'toolu_b']);
  });

  it('tell of a call its tool, target, end and project', () => {
    expect(rowOf(failedCall({ agentType: 'Explore' }))).toEqual({
      id: expect.any(String),
      at: NOON,
      kind: 'tool',
      name: 'Bash',
      detail: 'npm test',
      outcome: 'failed',
      error: 'Exit code 3',
      project: 'project',
      sessionId: expect.any(String),
      agentType: 'Explore',
      durationMs: 12,
      source: 'hook',
    });
  });

  it('tell of another event its name and the fact that says most', () => {
    expect(rowOf(sessionEvent('SessionEnd'))).toMatchObject({
      kind: 'session',
      name: 'SessionEnd',
      detail: 'prompt_input_exit',
    });
    expect(
      rowOf(
        otherEvent('Notification', { at: NOON + 1, facts: { notification_type: 'idle_prompt' } }),
      ),
    ).toMatchObject({ name: 'Notification', detail: 'idle_prompt' });
    expect(
      rowOf(
        otherEvent('Stop', { at: NOON + 2, facts: { stop_hook_active: false }, project: null }),
      ),
    ).toMatchObject({ detail: null, project: null });
  });

  it('say when an event came back from a line', () => {
    home().withStore((db) =>
      createEventWriter(db).insert(toolCall({ source: 'spool' }), 'journal'),
    );
    expect(rows()).toMatchObject([{ source: 'journal' }]);
  });

  it.each([
    ['/Users/dev/project/src/a.ts', 'src/a.ts'],
    ['/Users/dev/project', '/Users/dev/project'],
    ['/Users/dev/project-two/a.ts', '/Users/dev/project-two/a.ts'],
    ['/etc/hosts', '/etc/hosts'],
  ])('say the path %s as %s', (filePath, shown) => {
    expect(rowOf(toolCall({ tool: 'Read', command: null, filePath }))?.detail).toBe(shown);
  });

  it('say a path in full where no project is known', () => {
    expect([shownPath('/a/b', null), shownPath('/a/b', '/a/'), shownPath(null, '/a')]).toEqual([
      '/a/b',
      'b',
      null,
    ]);
  });
});
