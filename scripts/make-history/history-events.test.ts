import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { historyEvents } from './history-events.ts';

const UNTIL = Date.parse('2026-03-12T16:20:00Z');
const MONTH = {
  seed: '1',
  untilAt: UNTIL,
  days: 30,
  events: null,
  timeZone: 'Europe/Vienna',
  isLive: true,
  home: '/Users/dev',
  workFolder: '/Users/dev/work',
  key: new Uint8Array(32),
} as const;
const month = [...historyEvents(MONTH)];
const calls = month.filter(({ kind }) => kind === 'tool');

function share(of: readonly CapturedEvent[], outcome: string): number {
  return of.filter((event) => event.outcome === outcome).length / of.length;
}

describe('a made-up month', () => {
  it('is the same each time, and another for another seed', () => {
    const week = { ...MONTH, days: 7 };
    expect([...historyEvents(week)]).toEqual([...historyEvents(week)]);
    const other = [...historyEvents({ ...week, seed: '2' })];
    expect(other.map(({ id }) => id)).not.toEqual([...historyEvents(week)].map(({ id }) => id));
  });

  it('comes in the order of its times and ends before its end', () => {
    expect(month.length).toBeGreaterThan(5000);
    const times = month.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(UNTIL);
    expect(times.at(-1)).toBeGreaterThan(UNTIL - 60_000);
  });

  it('gives each event an id of its own', () => {
    expect(new Set(month.map(({ id }) => id)).size).toBe(month.length);
  });

  it('has every outcome, about as often as in real work', () => {
    const outcomes = new Set(calls.map(({ outcome }) => outcome));
    expect([...outcomes].sort()).toEqual([
      'denied',
      'expected',
      'failed',
      'interrupted',
      'rejected',
      'succeeded',
      'timed_out',
      'unknown',
    ]);
    expect(share(calls, 'succeeded')).toBeGreaterThan(0.91);
    expect(share(calls, 'succeeded')).toBeLessThan(0.95);
    expect(share(calls, 'expected')).toBeGreaterThan(0.01);
    expect(share(calls, 'failed')).toBeGreaterThan(0.02);
    expect(share(calls, 'failed')).toBeLessThan(0.05);
  });

  it('names errors by the classes that capture knows', () => {
    const classes = new Set(calls.map(({ errorClass }) => errorClass));
    for (const name of ['exit_code', 'string_not_found', 'file_not_found', 'timeout']) {
      expect(classes).toContain(name);
    }
  });

  it('has subagents, sessions with models, prompts and notices', () => {
    expect(calls.some(({ agentType }) => agentType === 'Explore')).toBe(true);
    expect(calls.some(({ tool }) => tool?.startsWith('mcp__'))).toBe(true);
    const events = new Set(month.map(({ hookEvent }) => hookEvent));
    for (const name of ['UserPromptSubmit', 'Stop', 'Notification', 'SubagentStop', 'SessionEnd']) {
      expect(events).toContain(name);
    }
    const starts = month.filter(({ hookEvent }) => hookEvent === 'SessionStart');
    expect(starts.every(({ model }) => model !== null)).toBe(true);
  });

  it('repairs most failed checks: the same command succeeds later in the session', () => {
    const failed = calls.filter(({ outcome, command }) => outcome === 'failed' && command !== null);
    const repaired = failed.filter((failure) =>
      calls.some(
        (call) =>
          call.sessionId === failure.sessionId &&
          call.command === failure.command &&
          call.at > failure.at &&
          call.outcome === 'succeeded',
      ),
    );
    expect(repaired.length / failed.length).toBeGreaterThan(0.5);
  });

  it('ends with one session at work and one that waits for a permission', () => {
    const open = new Map<string | null, CapturedEvent>();
    for (const event of month) if (event.at > UNTIL - 60_000) open.set(event.sessionId, event);
    expect([...open.values()].map(({ hookEvent }) => hookEvent).sort()).toEqual([
      'Notification',
      'PostToolUse',
    ]);
  });
});

describe('a history of a given number of events', () => {
  it.each([1, 150, 1000, 20_000])('has exactly %d of them', (events) => {
    let count = 0;
    const ids = new Set<string>();
    for (const { id } of historyEvents({ ...MONTH, events })) {
      count++;
      ids.add(id);
    }
    expect(count).toBe(events);
    expect(ids.size).toBe(events);
  });

  it('needs no working hours: a Sunday night is enough', () => {
    const sunday = { ...MONTH, days: 1, untilAt: Date.parse('2026-03-08T00:30:00Z') };
    const events = [...historyEvents({ ...sunday, events: 700, isLive: false })];
    expect(events).toHaveLength(700);
    expect(events.every(({ at }) => at < sunday.untilAt)).toBe(true);
  });
});
