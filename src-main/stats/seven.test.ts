import { afterEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src-core/event/event.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import { compute, computeText, writeShared } from '../../test/support/stats-world.ts';
import { flow } from './flow.ts';
import { activity, toolSuccess, toolUsage } from './seven.ts';

const NEW_YORK = 'America/New_York';
const DAY = 86_400_000;
const home = homePerTest();

describe('tool-usage-stats.json', () => {
  it('lists the twenty tools with most calls; equal ones in the order of their first call', () => {
    const names = Array.from({ length: 25 }, (_, i) => `Tool${i}`);
    home().addToStore(...names.map((tool) => toolCall({ tool })), toolCall({ tool: 'Tool24' }));
    const { top_tools, total_calls, tools } = compute(home(), toolUsage);
    expect(Object.keys(top_tools as object)).toEqual(['Tool24', ...names.slice(0, 19)]);
    expect([total_calls, tools]).toEqual([26, 25]);
  });

  it('counts what is asked of a model that nobody knows as unknown', () => {
    home().addToStore(toolCall(), toolCall({ model: 'claude-é' }), toolCall());
    expect(computeText(home(), toolUsage)).toContain(
      '"by_model": {\n    "unknown": 2,\n    "claude-\\u00e9": 1\n  }',
    );
  });

  it('keeps its totals and parts equal', () => {
    home().addToStore(toolCall(), failedCall(), toolCall({ tool: 'Read' }), otherEvent('Stop'));
    const { total_calls, top_tools, by_model } = compute(home(), toolUsage);
    const sum = (counts: unknown): number =>
      Object.values(counts as Record<string, number>).reduce((a, b) => a + b, 0);
    expect([total_calls, sum(top_tools), sum(by_model)]).toEqual([3, 3, 3]);
  });
});

describe('activity-stats.json', () => {
  const machine = process.env.TZ;
  afterEach(() => {
    process.env.TZ = machine;
    if (machine === undefined) delete process.env.TZ;
  });

  it('counts calls and the ends of sessions by type', () => {
    home().addToStore(
      sessionEvent('SessionStart'),
      toolCall(),
      toolCall(),
      otherEvent('Stop'),
      sessionEvent('SessionEnd'),
    );
    expect(compute(home(), activity)).toMatchObject({
      total_events: 4,
      by_type: { tool_use: 2, session_start: 1, session_end: 1 },
    });
  });

  it('has the thirty newest days, newest first', () => {
    home().addToStore(...Array.from({ length: 40 }, (_, i) => toolCall({ at: NOON - i * DAY })));
    const { daily_activity, active_days } = compute(home(), activity);
    const days = Object.keys(daily_activity as object);
    expect(days).toHaveLength(30);
    expect([days[0], days[29], active_days]).toEqual(['2026-01-26', '2025-12-28', 40]);
  });

  it.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
    'has the same days and hours on a machine in %s',
    (machineZone) => {
      process.env.TZ = machineZone;
      const at = Date.UTC(2026, 0, 26, 2, 30);
      home().addToStore(toolCall({ at }));
      writeShared(home(), 'flowHistory', [
        { ts: at / 1000, flow_score: 0.9 },
        { timestamp: '2026-01-25T21:30:00', score: 0.9 },
      ]);
      expect(compute(home(), activity, NEW_YORK).daily_activity).toEqual({ '2026-01-25': 1 });
      expect(compute(home(), flow, NEW_YORK).peak_flow_hours).toEqual({ 21: 2 });
    },
  );

  it('puts events around midnight on their days, also when clocks change in that night', () => {
    const at = (text: string) => toolCall({ at: Date.parse(text) });
    home().addToStore(
      at('2026-11-01T03:59:59Z'),
      at('2026-11-01T04:00:00Z'),
      at('2026-11-02T04:59:59Z'),
      at('2026-11-02T05:00:00Z'),
    );
    expect(compute(home(), activity, NEW_YORK).daily_activity).toEqual({
      '2026-11-02': 1,
      '2026-11-01': 2,
      '2026-10-31': 1,
    });
  });
});

describe('tool-success-stats.json', () => {
  it('takes only calls into a rate whose end is known, and says how many they are', () => {
    const outcomes: (Outcome | null)[] = [
      'succeeded',
      'expected',
      'failed',
      'timed_out',
      'denied',
      'rejected',
      'interrupted',
      'unknown',
      null,
    ];
    home().addToStore(...outcomes.map((outcome) => toolCall({ outcome })));
    expect(computeText(home(), toolSuccess)).toContain('"overall_success_rate": 50.0,');
    expect(compute(home(), toolSuccess)).toMatchObject({
      by_tool: { Bash: { rate: 50, total: 4 } },
      sample: 4,
      outcomes: { succeeded: 1, unknown: 2, denied: 1 },
    });
  });

  it('rounds as the old file did, and writes whole rates with a decimal point', () => {
    const many = (tool: string, good: number, bad: number) => [
      ...Array.from({ length: good }, () => toolCall({ tool })),
      ...Array.from({ length: bad }, () => failedCall({ tool })),
    ];
    home().addToStore(
      ...many('Bash', 1, 15),
      ...many('Read', 3, 0),
      ...many('Edit', 0, 2),
      ...many('Grep', 2, 1),
    );
    expect(computeText(home(), toolSuccess)).toContain(`"by_tool": {
    "Bash": {
      "rate": 6.2,
      "total": 16
    },
    "Read": {
      "rate": 100.0,
      "total": 3
    },
    "Grep": {
      "rate": 66.7,
      "total": 3
    },
    "Edit": {
      "rate": 0.0,
      "total": 2
    }
  }`);
  });

  it('leaves a tool out of which no end is known', () => {
    home().addToStore(toolCall({ tool: 'Agent', outcome: 'unknown' }));
    expect(computeText(home(), toolSuccess)).toContain(
      '"overall_success_rate": 0,\n  "by_tool": {},',
    );
  });
});
