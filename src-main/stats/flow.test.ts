import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, otherEvent, toolCall } from '../../test/support/make-event.ts';
import { compute, writeShared } from '../../test/support/stats-world.ts';
import { flow } from './flow.ts';

const MINUTE = 60_000;
const home = homePerTest();
const at = (minute: number, members: object = {}) => ({ at: NOON + minute * MINUTE, ...members });
const busy = (minute: number): CapturedEvent[] =>
  Array.from({ length: 20 }, () => toolCall(at(minute)));

describe('flow-stats.json', () => {
  it('has a score for each window with calls, and their average', () => {
    home().addToStore(...busy(0), otherEvent('Stop', at(20)), toolCall(at(30)));
    expect(compute(home(), flow)).toEqual({
      total_measurements: 2,
      average_flow_score: 0.81,
      peak_flow_hours: { 12: 1 },
      scored: 2,
      from_other_programs: 0,
      bad_lines: 0,
      definition: 1,
      windows: 2,
      average_of_windows: 0.81,
      longest_flow_minutes: 15,
      components: { tempo: 0.525, success: 1, focus: 1, unblocked: 1, steadiness: 1 },
      recent_windows: [
        { from: '2026-01-26T12:30:00.000Z', calls: 1, score: 0.62 },
        { from: '2026-01-26T12:00:00.000Z', calls: 20, score: 1 },
      ],
    });
  });

  it('has no score where there is no activity', () => {
    home().addToStore(otherEvent('Stop'), otherEvent('UserPromptSubmit', at(20)));
    expect(compute(home(), flow)).toMatchObject({
      total_measurements: 0,
      average_flow_score: 0,
      components: { tempo: 0, success: 0 },
      recent_windows: [],
    });
  });

  it('counts hours in the chosen zone, also where its offset is no whole hour', () => {
    home().addToStore(...busy(0), ...busy(15), ...busy(45));
    expect(compute(home(), flow, 'America/New_York').peak_flow_hours).toEqual({ 7: 3 });
    expect(compute(home(), flow, 'Asia/Kathmandu').peak_flow_hours).toEqual({ 17: 1, 18: 2 });
  });

  it('has the longest time in flow without a break', () => {
    home().addToStore(...busy(0), ...busy(15), toolCall(at(30)), ...busy(45), ...busy(75));
    expect(compute(home(), flow).longest_flow_minutes).toBe(30);
  });

  it('lists the eight newest windows, newest first', () => {
    home().addToStore(...Array.from({ length: 12 }, (_, i) => toolCall(at(i * 15))));
    const recent = compute(home(), flow).recent_windows as { from: string }[];
    expect(recent).toHaveLength(8);
    expect(recent[0]?.from).toBe('2026-01-26T14:45:00.000Z');
  });

  it.each([
    ['a request', otherEvent('PermissionRequest', at(2))],
    [
      'a notification',
      otherEvent('Notification', at(2, { facts: { notification_type: 'permission_prompt' } })),
    ],
  ])('knows from %s that a session waits for a permission', (_, question) => {
    home().addToStore(toolCall(at(1)), question, toolCall(at(5)));
    expect(compute(home(), flow).components).toMatchObject({ unblocked: 0.8 });
  });

  it('takes no other notification for one', () => {
    const idle = otherEvent('Notification', at(2, { facts: { notification_type: 'idle_prompt' } }));
    home().addToStore(toolCall(at(1)), idle, otherEvent('Notification', at(3)), toolCall(at(5)));
    expect(compute(home(), flow).components).toMatchObject({ unblocked: 1 });
  });

  it('does not depend on the order in which events were stored', () => {
    home().addToStore(toolCall(at(5)), toolCall(at(1)), otherEvent('PermissionRequest', at(2)));
    expect(compute(home(), flow).components).toMatchObject({ unblocked: 0.8 });
  });

  it('leaves out calls of the old record', () => {
    home().addToStore(toolCall(at(0, { source: 'old' })));
    expect(compute(home(), flow)).toMatchObject({ windows: 0, total_measurements: 0 });
  });

  it('D25: joins our scores with those of other programs, under either name', () => {
    home().addToStore(...busy(0));
    writeShared(home(), 'flowHistory', [
      { timestamp: '2026-01-26T03:00:00', score: 0.8 },
      { ts: NOON / 1000, flow_score: 0.9 },
      { ts: NOON / 1000, flow_score: 0.1, backfilled: true },
    ]);
    expect(compute(home(), flow)).toMatchObject({
      total_measurements: 4,
      average_flow_score: 0.9,
      peak_flow_hours: { 12: 2, 3: 1 },
      scored: 3,
      from_other_programs: 3,
      average_of_windows: 1,
    });
  });
});
