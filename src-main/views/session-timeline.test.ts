import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SessionsView, SessionView } from '../../src-core/contract/work.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import { PLAIN_HEALTH } from '../../test/support/plain-health.ts';
import { createZone } from '../stats/zone.ts';
import { everything } from './filter.ts';
import { sessionsView } from './session-list.ts';
import { sessionView } from './session-timeline.ts';

const MINUTE = 60_000;
const home = homePerTest();
const input = (
  db: Parameters<Parameters<ReturnType<typeof home>['withStore']>[0]>[0],
  now: number,
) => ({
  db,
  zone: createZone('UTC'),
  now,
  health: PLAIN_HEALTH,
  clients: new Set<string>(),
  breaks: [],
});
const list = (now = NOON) =>
  v.parse(
    SessionsView,
    home().withStore((db) => sessionsView(input(db, now), everything, 2)),
  );
const timeline = (sessionId = 'a', now = NOON) =>
  v.parse(
    SessionView,
    home().withStore((db) => sessionView(input(db, now), sessionId)),
  ).session;

/** Ten minutes of one session that ended at noon. */
function tellSession(): void {
  const at = (minutes: number): { at: number; sessionId: string } => ({
    at: NOON - (10 - minutes) * MINUTE,
    sessionId: 'a',
  });
  home().addToStore(
    { ...sessionEvent('SessionStart'), ...at(0) },
    { ...otherEvent('UserPromptSubmit'), ...at(1) },
    toolCall({ ...at(2), tool: 'Read', command: null, durationMs: 1000 }),
    failedCall({ ...at(3), durationMs: 30_000 }),
    { ...otherEvent('PermissionRequest'), ...at(4) },
    toolCall({ ...at(6), durationMs: 2000 }),
    toolCall({ ...at(7), agentId: 'x', agentType: 'reviewer', tool: 'Grep', command: null }),
    { ...otherEvent('SubagentStop', { agentId: 'x', agentType: 'reviewer' }), ...at(8) },
    { ...otherEvent('UserPromptSubmit'), ...at(9) },
    { ...sessionEvent('SessionEnd'), ...at(10) },
  );
}

describe('the timeline of a session', () => {
  it('has lanes of work, turns, waits, agents and marks', () => {
    tellSession();
    const session = timeline();
    expect(session?.lanes.map(({ kind, bars }) => [kind, bars.length])).toEqual([
      ['read', 2],
      ['run', 2],
    ]);
    expect(session?.lanes[1]?.bars[0]).toMatchObject({ calls: 1, errors: 1 });
    expect(session?.turns.map(({ calls, errors }) => [calls, errors])).toEqual([
      [4, 1],
      [0, 0],
    ]);
    expect(session?.waits).toEqual([{ fromAt: NOON - 6 * MINUTE, toAt: NOON - 4 * MINUTE }]);
    expect(session?.waitedMs).toBe(2 * MINUTE);
    expect(session?.agents).toMatchObject([{ name: 'reviewer', isOpen: false }]);
    expect(session?.marks).toMatchObject([{ outcome: 'failed', fate: null }]);
    expect(session?.toolsMs).toBe(33_012);
    expect(session?.slowest[0]?.durationMs).toBe(30_000);
  });

  it('draws calls that stand close together as one bar, with the count of both', () => {
    home().addToStore(
      toolCall({ sessionId: 'a', at: NOON - 1000 * MINUTE }),
      ...[3, 2, 1].map((seconds) => toolCall({ sessionId: 'a', at: NOON - seconds * 1000 })),
    );
    expect(timeline()?.lanes[0]?.bars.map(({ calls }) => calls)).toEqual([1, 3]);
  });

  it('of a session that is not in the record is none', () => {
    expect(timeline('nobody')).toBeNull();
  });
});

describe('the list of sessions', () => {
  it('has the newest first and says how many there are', () => {
    tellSession();
    home().addToStore(
      toolCall({ sessionId: 'b', at: NOON - 90 * MINUTE, project: '/work/other' }),
      toolCall({ sessionId: 'c', at: NOON - 5 }),
    );
    const { sessions, total } = list();
    expect(total).toBe(3);
    expect(sessions.map(({ sessionId, end }) => [sessionId, end])).toEqual([
      ['a', 'told'],
      ['c', null],
    ]);
    expect(sessions[0]).toMatchObject({ prompts: 2, calls: 4, errors: 1, agents: 1 });
  });

  it('takes a session that was silent for half an hour for ended, and says that it is inferred', () => {
    home().addToStore(toolCall({ sessionId: 'b', at: NOON - 31 * MINUTE }));
    expect(list().sessions[0]?.end).toBe('inferred');
  });
});
