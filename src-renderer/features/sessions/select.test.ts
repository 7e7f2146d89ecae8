import { describe, expect, it } from 'vitest';
import { axisOf, splitOf, stackAgents } from './select.ts';

const MINUTE = 60_000;
const at = (text: string): number => Date.parse(`2026-11-24T${text}Z`);

describe('the axis of a session', () => {
  it('has a place for each moment, and none outside of itself', () => {
    const axis = axisOf({ fromAt: at('13:22'), toAt: at('14:42') }, 100, 900);
    expect([axis.x(at('13:22')), axis.x(at('14:02')), axis.x(at('15:00'))]).toEqual([
      100, 500, 900,
    ]);
  });

  it('has ticks on whole steps of the clock, with room for their texts', () => {
    const { ticks } = axisOf({ fromAt: at('13:22'), toAt: at('14:42') }, 100, 900);
    expect(ticks).toEqual(
      ['13:30', '13:40', '13:50', '14:00', '14:10', '14:20', '14:30', '14:40'].map(at),
    );
    expect(axisOf({ fromAt: at('13:22'), toAt: at('13:22') }, 0, 100).ticks).toEqual([at('13:22')]);
    const short = axisOf({ fromAt: at('13:22'), toAt: at('13:22') + 9500 }, 100, 900);
    expect([short.ticks.length, short.hasSeconds]).toEqual([5, true]);
    // The last one would reach beyond the axis.
    expect(axisOf({ fromAt: at('13:21'), toAt: at('14:00') }, 0, 400).ticks.at(-1)).toBe(
      at('13:50'),
    );
  });
});

describe('where the time went', () => {
  const turn = { prompt: null, hasPrompt: true, calls: 0, errors: 0 };

  it('adds up to the length of the session', () => {
    const session = {
      fromAt: 0,
      turns: [{ ...turn, fromAt: 0, toAt: 30 * MINUTE }],
      waitedMs: 4 * MINUTE,
      toolsMs: 10 * MINUTE,
    };
    const parts = splitOf(session, 60 * MINUTE).map(({ key, ms }) => [key, ms / MINUTE]);
    expect(parts).toEqual([
      ['claude', 16],
      ['tools', 10],
      ['waiting', 4],
      ['quiet', 30],
    ]);
  });

  it('has no negative part, whatever overlaps', () => {
    const session = { fromAt: 0, turns: [], waitedMs: 50, toolsMs: 80 };
    expect(splitOf(session, 100).map(({ ms }) => ms)).toEqual([0, 80, 20, 0]);
  });
});

describe('agents', () => {
  it('that worked at the same time stand in rows of their own', () => {
    const agent = (fromAt: number, toAt: number) => ({ fromAt, toAt });
    expect(stackAgents([agent(5, 9), agent(0, 4), agent(3, 6)])).toEqual([
      [agent(0, 4), agent(5, 9)],
      [agent(3, 6)],
    ]);
  });
});
