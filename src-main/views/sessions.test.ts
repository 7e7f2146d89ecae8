import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LiveSession } from '../../src-core/contract/views.ts';
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
import { liveSessions } from './sessions.ts';

const MINUTE = 60_000;
const home = homePerTest();
const live = (now = NOON, clients?: ReadonlySet<string>): LiveSession[] =>
  v.parse(
    v.array(LiveSession),
    home().withStore((db) => liveSessions(db, now, clients)),
  );
const running = (tool: string, at: number, detail: string | null = null): void =>
  home().withStore((db) =>
    createEventWriter(db).setRunning({
      toolUseId: `run ${tool} ${at}`,
      sessionId: 'a',
      tool,
      detail,
      at,
    }),
  );
/** Adds events of one session, a second apart, the last one now. */
const tell = (...events: readonly CapturedEvent[]): void =>
  home().addToStore(
    ...events.map((event, i) => ({
      ...event,
      sessionId: 'a',
      at: NOON - (events.length - 1 - i) * 1000,
    })),
  );
const start = () => sessionEvent('SessionStart');
const prompt = () => otherEvent('UserPromptSubmit');
const notice = (type: string) => otherEvent('Notification', { facts: { notification_type: type } });

describe('an open session', () => {
  it.each<[string, CapturedEvent[], LiveSession['state']]>([
    ['has begun', [start()], 'idle'],
    ['was given a prompt', [start(), prompt()], 'running'],
    ['finished a call', [prompt(), toolCall()], 'running'],
    ['failed in a call', [prompt(), failedCall()], 'running'],
    ['has ended its turn', [prompt(), toolCall(), otherEvent('Stop')], 'idle'],
    [
      'has ended its turn, with a task in the background',
      [prompt(), otherEvent('Stop', { facts: { background_tasks: 1 } })],
      'running',
    ],
    ['met an error of the API', [prompt(), otherEvent('StopFailure')], 'idle'],
    ['asks for permission', [prompt(), otherEvent('PermissionRequest')], 'waiting'],
    ['has a dialog open', [prompt(), notice('permission_prompt')], 'waiting'],
    ['has waited a minute for a prompt', [otherEvent('Stop'), notice('idle_prompt')], 'waiting'],
    ['needs a choice', [prompt(), notice('agent_needs_input')], 'waiting'],
    ['was answered', [notice('agent_needs_input'), notice('elicitation_response')], 'running'],
    [
      'was compacted by its user',
      [otherEvent('Stop'), otherEvent('PostCompact', { facts: { trigger: 'manual' } })],
      'idle',
    ],
    [
      'was compacted within a turn',
      [prompt(), otherEvent('PostCompact', { facts: { trigger: 'auto' } })],
      'running',
    ],
    [
      'has ended its turn, and a subagent goes on',
      [prompt(), otherEvent('Stop'), toolCall({ agentId: 'agent' })],
      'idle',
    ],
  ])('that %s is told by its events', (_, events, state) => {
    tell(...events);
    expect(live()).toMatchObject([{ sessionId: 'a', state, project: 'project' }]);
  });

  it('is no more once it has ended, and is again once it is resumed', () => {
    tell(start(), sessionEvent('SessionEnd'));
    expect(live()).toEqual([]);
    home().addToStore(sessionEvent('SessionStart', { sessionId: 'a', at: NOON + 1 }));
    expect(live(NOON + 1)).toMatchObject([{ state: 'idle', sinceAt: NOON + 1 }]);
  });

  it('is not shown when nothing was heard of it for half an hour', () => {
    tell(prompt());
    expect(live(NOON + 30 * MINUTE - 1)).toHaveLength(1);
    expect(live(NOON + 30 * MINUTE)).toEqual([]);
  });

  it('is open though silent while its client runs, and ended, by inference, without one', () => {
    tell(prompt());
    const later = NOON + 31 * MINUTE;
    expect(live(later, new Set(['a']))).toMatchObject([{ sessionId: 'a', state: 'running' }]);
    expect(live(later, new Set(['b']))).toMatchObject([{ state: 'ended', sinceAt: NOON }]);
    expect(live(NOON + 29 * MINUTE, new Set())).toMatchObject([{ state: 'running' }]);
    expect(live(NOON + 24 * 60 * MINUTE, new Set(['a']))).toHaveLength(1);
    expect(live(NOON + 24 * 60 * MINUTE, new Set())).toEqual([]);
  });

  it('says since when, and which call it finished last', () => {
    tell(
      toolCall({ tool: 'Bash' }),
      toolCall({ tool: 'Edit', command: null, filePath: '/Users/dev/project/src/a.ts' }),
      otherEvent('Stop'),
    );
    expect(live()).toMatchObject([
      { state: 'idle', sinceAt: NOON, what: 'Edit', detail: 'src/a.ts' },
    ]);
  });

  it('says nothing of a call where it has made none', () => {
    tell(start());
    expect(live()).toMatchObject([{ what: null, detail: null }]);
  });

  it('says what it waits for', () => {
    tell(toolCall(), otherEvent('PermissionRequest', { facts: { tool_name: 'Write' } }));
    expect(live()).toMatchObject([{ state: 'waiting', what: 'Write', detail: null }]);
    home().addToStore({ ...notice('permission_prompt'), sessionId: 'a', at: NOON + 6000 });
    expect(live(NOON + 6000)).toMatchObject([{ state: 'waiting', what: 'Write' }]);
    running('Write', NOON - 1, '/Users/dev/project/denied.txt');
    expect(live(NOON + 6000)).toMatchObject([{ what: 'Write', detail: 'denied.txt' }]);
  });

  it('waits when one of its agents asks, until that agent goes on', () => {
    const agent = { sessionId: 'a', agentId: 'agent' };
    tell(prompt(), toolCall({ tool: 'Agent' }));
    home().addToStore(
      otherEvent('PermissionRequest', { ...agent, at: NOON + 1, facts: { tool_name: 'Write' } }),
      toolCall({ sessionId: 'a', agentId: 'another', at: NOON + 2 }),
    );
    const waiting = { state: 'waiting', what: 'Write', sinceAt: NOON + 1 };
    expect(live(NOON + 2)).toMatchObject([waiting]);
    home().addToStore({ ...notice('permission_prompt'), sessionId: 'a', at: NOON + 6000 });
    expect(live(NOON + 6000)).toMatchObject([waiting]);
    home().addToStore(toolCall({ ...agent, tool: 'Write', at: NOON + 9000 }));
    expect(live(NOON + 9000)).toMatchObject([{ state: 'running', what: 'Write' }]);
  });

  it('waits for a dialog though another call of the same turn ends meanwhile', () => {
    tell(
      prompt(),
      otherEvent('PermissionRequest', { facts: { tool_name: 'Write' } }),
      toolCall(),
      notice('permission_prompt'),
    );
    expect(live()).toMatchObject([{ state: 'waiting' }]);
  });

  it('waits no more for an answer once another turn has begun', () => {
    tell(otherEvent('PermissionRequest', { agentId: 'agent' }), prompt());
    expect(live()).toMatchObject([{ state: 'running' }]);
  });

  it('shows the call that runs, where calls are told when they begin', () => {
    tell(prompt(), toolCall({ tool: 'Read' }));
    running('Bash', NOON + 500, 'npm test');
    expect(live(NOON + 900)).toMatchObject([
      { state: 'running', what: 'Bash', detail: 'npm test', sinceAt: NOON + 500 },
    ]);
  });

  it('does not show a call that was given up in an earlier turn', () => {
    running('Bash', NOON - 60_000, 'sleep 999');
    tell(prompt(), toolCall({ tool: 'Read', command: null, filePath: '/a.ts' }));
    expect(live()).toMatchObject([{ state: 'running', what: 'Read', sinceAt: NOON }]);
  });
});

describe('the list of open sessions', () => {
  it('puts those first that wait, then those that run, the latest first, and shows six', () => {
    const session = (name: string, event: CapturedEvent, age: number) =>
      home().addToStore({ ...event, sessionId: name, at: NOON - age });
    session('idle', otherEvent('Stop'), 1);
    session('run-old', prompt(), 50);
    session('run-new', prompt(), 10);
    session('wait', otherEvent('PermissionRequest'), 90);
    for (let i = 0; i < 6; i++) session(`more-${i}`, otherEvent('Stop'), 100 + i);
    expect(live().map(({ sessionId }) => sessionId)).toEqual([
      'wait',
      'run-new',
      'run-old',
      'idle',
      'more-0',
      'more-1',
    ]);
  });
});
