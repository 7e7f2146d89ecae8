import { describe, expect, it } from 'vitest';
import type { Finding, HealthLine } from '../../src-core/contract/views.ts';
import { createFormat } from './format.ts';
import { describeStatus } from './status.ts';

const now = Date.UTC(2026, 10, 24, 14, 45);
const format = createFormat('en-GB', 'UTC');
const health: HealthLine = {
  state: 'capturing',
  lastEventAt: now - 4000,
  drift: 0,
  dataAt: now - 1000,
  checkedAt: now - 30_000,
  findings: [],
};
const finding: Finding = {
  code: 'hooks-missing',
  severity: 'attention',
  title: 'Hooks are missing',
  detail: 'Something rewrote the settings.',
  sinceAt: now - 43 * 60_000,
  action: 'install',
};
const describeIt = (change: Partial<HealthLine>, failedSinceAt: number | null = null) => {
  const { glyph, title, rest } = describeStatus({ ...health, ...change }, failedSinceAt, {
    now,
    format,
  });
  return [glyph, title, ...rest].join(' | ').replaceAll('\u202f', ' ');
};

describe('the health line', () => {
  it('says that it captures, when the last event was, and how far the stores are apart', () => {
    expect(describeIt({})).toBe('capturing | Capturing | last event 4 s ago | 0 drift');
  });

  it('leaves out a drift that has never been measured', () => {
    expect(describeIt({ drift: null })).toBe('capturing | Capturing | last event 4 s ago');
  });

  it('says "ago" only of an age, not of a time', () => {
    expect(describeIt({ state: 'idle', lastEventAt: Date.UTC(2026, 10, 23, 18, 52) })).toBe(
      'idle | Ready | last event Mon 18:52 | 0 drift',
    );
  });

  it('speaks of the finding that needs attention, not of a note before it', () => {
    const note: Finding = { ...finding, severity: 'note', title: 'Something small' };
    expect(describeIt({ state: 'attention', findings: [note, finding] })).toBe(
      'attention | Hooks are missing | since 14:02',
    );
  });

  it('is about the age of the figures once they are older than 90 s', () => {
    expect(describeIt({ dataAt: now - 90_000 })).toContain('Capturing');
    expect(describeIt({ dataAt: now - 18 * 60_000 })).toBe(
      'attention | Figures are 18 m old | read at 14:27',
    );
  });

  it('is about a failed reading before anything that was read earlier', () => {
    expect(describeIt({ dataAt: now - 18 * 60_000 }, now - 60_000)).toBe(
      'attention | Cannot be read | since 14:44',
    );
  });

  it('is about the missing install before anything else', () => {
    expect(describeIt({ state: 'not-installed' }, now)).toContain('Not capturing yet');
  });

  it('claims nothing before the first reading', () => {
    expect(describeStatus(undefined, null, { now, format })).toMatchObject({
      state: 'reading',
      rest: [],
    });
  });
});
