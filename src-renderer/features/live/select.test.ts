import { describe, expect, it } from 'vitest';
import { fakeEvent } from '../../../test/support/fake-events.ts';
import { countKinds, newerThan, streamRows } from './select.ts';

const events = [
  fakeEvent({ id: 'e', at: 5, name: 'Grep', agentType: 'reviewer' }),
  fakeEvent({ id: 'd', at: 4, name: 'SubagentStart', kind: 'other', agentType: 'reviewer' }),
  fakeEvent({ id: 'c', at: 3, name: 'Bash', outcome: 'denied', project: 'other' }),
  fakeEvent({ id: 'b', at: 2, name: 'Edit', outcome: 'failed' }),
  fakeEvent({ id: 'a', at: 1, name: 'UserPromptSubmit', kind: 'other' }),
];
const ids = (kind: Parameters<typeof streamRows>[1]): string =>
  streamRows(events, kind)
    .map(({ event }) => event.id)
    .join('');

describe('the stream', () => {
  it('runs from the oldest to the newest, cut down to a kind', () => {
    expect(ids('all')).toBe('abcde');
    expect(ids('tools')).toBe('bce');
    expect(ids('errors')).toBe('b');
    expect(ids('permissions')).toBe('c');
    expect(ids('agents')).toBe('de');
    expect(ids('prompts')).toBe('a');
  });

  it('counts what each kind lets through', () => {
    expect(countKinds(events)).toEqual({
      all: 5,
      prompts: 1,
      tools: 3,
      errors: 1,
      permissions: 1,
      agents: 2,
      sessions: 0,
    });
  });

  it('hangs what a subagent did below it, and begins anew with a prompt or a project', () => {
    const rows = streamRows(events, 'all');
    expect(rows.map(({ isSub }) => isSub)).toEqual([false, false, false, false, true]);
    expect(rows.map(({ isTurn }) => isTurn)).toEqual([false, false, true, true, false]);
  });

  it('knows how much has come since an event, also when that is long ago', () => {
    expect([newerThan(events, 'c'), newerThan(events, 'e'), newerThan(events, 'gone')]).toEqual([
      2, 0, 5,
    ]);
    expect(newerThan(events, null)).toBe(0);
  });
});
