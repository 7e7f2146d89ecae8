import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src-core/contract/views.ts';
import {
  decideNotices,
  type NoticeMemories,
  type Trouble,
  troublesIn,
} from './notification-rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ALL = ['capture', 'drift', 'purge', 'disk'] as const;
const NO_DISK = { freeBytes: null, wasLow: false };

function finding(code: string, members: Partial<Finding> = {}): Finding {
  const text = { title: `about ${code}`, detail: 'what to do' };
  return { code, severity: 'attention', ...text, sinceAt: null, action: null, ...members };
}
const trouble = (kind: Trouble['kind']): Trouble => ({
  kind,
  title: kind,
  body: '',
  page: 'health',
});

/** Lets troubles come and go, and gives the times at which something was told. */
function play(
  kind: Trouble['kind'],
  isThere: (at: number) => boolean,
  { hours, enabled = ALL }: { hours: number; enabled?: readonly Trouble['kind'][] },
): number[] {
  let memories: NoticeMemories = {};
  const told: number[] = [];
  for (let now = 0; now <= hours * HOUR; now += MINUTE) {
    const troubles = isThere(now) ? [trouble(kind)] : [];
    const { tell, after } = decideNotices(memories, troubles, { now, enabled });
    memories = after;
    if (tell.length > 0) told.push(now / MINUTE);
  }
  return told;
}

describe('a trouble', () => {
  it('is told once, after it has lasted, however long it goes on', () => {
    expect(play('capture', () => true, { hours: 48 })).toEqual([2]);
    expect(play('drift', () => true, { hours: 48 })).toEqual([15]);
    expect(play('disk', () => true, { hours: 48 })).toEqual([0]);
  });

  it('that mends itself before that is not told', () => {
    expect(play('drift', (at) => at % (20 * MINUTE) < 10 * MINUTE, { hours: 24 })).toEqual([]);
  });

  it('is told again when it comes back after it was mended, but not within six hours', () => {
    const comesAt = (hour: number) => (at: number) => at < HOUR || at >= hour * HOUR;
    expect(play('capture', comesAt(3), { hours: 10 })).toEqual([2, 6 * 60 + 2]);
    expect(play('capture', comesAt(8), { hours: 10 })).toEqual([2, 8 * 60 + 2]);
  });

  it('that comes and goes is one trouble', () => {
    const flickers = (at: number) => at % (20 * MINUTE) < 10 * MINUTE;
    expect(play('capture', flickers, { hours: 30 })).toEqual([2]);
  });

  it('that is switched off is not told', () => {
    expect(play('capture', () => true, { hours: 10, enabled: ['disk'] })).toEqual([]);
  });
});

describe('what is wrong', () => {
  it('is a broken capture only where a finding needs attention', () => {
    expect(troublesIn([finding('hooks-missing', { action: 'install' })], NO_DISK)).toEqual([
      { kind: 'capture', title: 'about hooks-missing', body: 'what to do', page: 'install' },
    ]);
    expect(troublesIn([finding('gap', { severity: 'note' })], NO_DISK)).toEqual([]);
    expect(troublesIn([finding('quarantine')], NO_DISK)).toEqual([]);
  });

  it('is one trouble of each kind, with the page that helps', () => {
    const findings = [finding('hooks-missing'), finding('gap'), finding('drift'), finding('purge')];
    expect(
      troublesIn(findings, { freeBytes: 1, wasLow: false }).map(({ kind, page }) => [kind, page]),
    ).toEqual(ALL.map((kind) => [kind, 'health']));
  });

  it('is a disk below its limit, until there is clearly more room', () => {
    const isLow = (megabytes: number, wasLow: boolean): boolean =>
      troublesIn([], { freeBytes: megabytes * 1_000_000, wasLow }).length > 0;
    expect([isLow(499, false), isLow(501, false)]).toEqual([true, false]);
    expect([isLow(999, true), isLow(1001, true)]).toEqual([true, false]);
  });
});
