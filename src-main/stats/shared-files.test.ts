import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { compute, computeText, writeShared } from '../../test/support/stats-world.ts';
import { errors } from './errors.ts';
import { flow } from './flow.ts';
import { recovery } from './recovery.ts';

const home = homePerTest();

describe('error-stats.json', () => {
  it('has the ten newest errors, and not the first ten for ever', () => {
    writeShared(
      home(),
      'errors',
      Array.from({ length: 25 }, (_, i) => ({
        ts: 1_769_000_000 + i,
        category: 'git',
        message: `fatal: e${i}`,
      })),
    );
    const recent = compute(home(), errors).recent_errors as { message: string }[];
    expect(recent.map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, i) => `fatal: e${24 - i}`),
    );
  });

  it('has the ten last lines where all are of one second', () => {
    writeShared(
      home(),
      'errors',
      Array.from({ length: 25 }, (_, i) => ({ ts: 1_769_000_000, message: `e${i}` })),
    );
    const recent = compute(home(), errors).recent_errors as { message: string }[];
    expect(recent.map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, i) => `e${24 - i}`),
    );
  });

  it('cuts messages to a hundred characters, never through the middle of one', () => {
    writeShared(home(), 'errors', [
      { ts: 1, message: 'm'.repeat(500) },
      { ts: 2, message: `${'m'.repeat(99)}😀😀` },
    ]);
    const recent = compute(home(), errors).recent_errors as { message: string }[];
    expect(recent.map(({ message }) => message)).toEqual([`${'m'.repeat(99)}😀`, 'm'.repeat(100)]);
  });

  it('gives times in seconds, whatever unit a row used', () => {
    writeShared(home(), 'errors', [
      { ts: 1_769_000_000_123, message: 'ms' },
      { ts: 1_769_000_001, message: 's' },
      { timestamp: '2026-01-21T12:53:22Z', message: 'iso' },
    ]);
    const recent = compute(home(), errors).recent_errors as { ts: number }[];
    expect(recent.map(({ ts }) => ts)).toEqual([1_769_000_002, 1_769_000_001, 1_769_000_000]);
  });

  it('joins our failed calls with the errors that other programs noted', () => {
    const failed = failedCall({ at: NOON, error: 'Exit code 3' });
    home().add(
      failed,
      toolCall(),
      failedCall({
        at: NOON + 1000,
        outcome: 'timed_out',
        errorClass: 'timeout',
        error: 'Command timed out',
      }),
    );
    appendFileSync(
      home().paths.journals.errors,
      `${JSON.stringify({ ts: NOON / 1000 - 5, category: 'git', message: 'fatal', severity: 'high' })}\n`,
    );
    expect(compute(home(), errors)).toMatchObject({
      total_errors: 3,
      by_type: { test_failure: 1, timeout: 1, git: 1 },
      recent_errors: [
        { type: 'timeout', message: 'Command timed out', ts: NOON / 1000 + 1, severity: 'medium' },
        { type: 'test_failure', message: 'Exit code 3', ts: NOON / 1000, severity: 'medium' },
        { type: 'git', message: 'fatal', ts: NOON / 1000 - 5, severity: 'high' },
      ],
      from_other_programs: 1,
    });
  });

  it('says how many lines it could not read, and counts none of them', () => {
    writeShared(home(), 'errors', ['{"ts":1,"message":"good"}', 'torn {', '[]', '{"ts":2']);
    expect(compute(home(), errors)).toMatchObject({ total_errors: 1, bad_lines: 3 });
  });
});

describe('recovery-stats.json', () => {
  it('keeps rows that were made up out of the rate', () => {
    const row = (success: unknown, members: object = {}) => ({
      ts: 1,
      category: 'git',
      success,
      ...members,
    });
    writeShared(home(), 'recoveryOutcomes', [
      ...Array.from({ length: 50 }, (_, i) => row(i % 7 === 0, { backfilled: true })),
      row(true),
      row(1),
      row(false),
      row('yes', { pattern: 'lock' }),
      'torn {',
    ]);
    expect(compute(home(), recovery)).toMatchObject({
      total_recoveries: 54,
      success_rate: 50,
      by_pattern: { git: 53, lock: 1 },
      measured: 4,
      estimated: 50,
      bad_lines: 1,
    });
  });

  it('has no rate where all rows were made up', () => {
    writeShared(home(), 'recoveryOutcomes', [{ success: true, backfilled: true }]);
    expect(computeText(home(), recovery)).toContain('"success_rate": 0,');
  });
});

describe('flow-stats.json', () => {
  it('reads both pairs of names, and leaves a row without a score out of the average', () => {
    writeShared(home(), 'flowHistory', [
      { timestamp: '2026-01-26T03:00:00', score: 0.9 },
      { ts: Date.UTC(2026, 0, 26, 3) / 1000, flow_score: 1 },
      { timestamp: '2026-01-26T14:00:00', flow_score: 0.7 },
      { timestamp: '2026-01-26T14:00:00' },
    ]);
    expect(
      computeText(home(), flow).startsWith(`{
  "total_measurements": 4,
  "average_flow_score": 0.867,
  "peak_flow_hours": {
    "3": 2
  },
  "scored": 3,
  "from_other_programs": 4,
  "bad_lines": 0,
`),
    ).toBe(true);
  });

  it('has the five best hours by how often they were good, not by their number', () => {
    const at = (hour: number) => ({ ts: Date.UTC(2026, 0, 26, hour) / 1000, flow_score: 0.9 });
    writeShared(home(), 'flowHistory', [14, 9, 21, 3, 5, 7, 14, 9, 14].map(at));
    expect(computeText(home(), flow)).toContain(
      '"14": 3,\n    "9": 2,\n    "21": 1,\n    "3": 1,\n    "5": 1\n  }',
    );
  });
});
