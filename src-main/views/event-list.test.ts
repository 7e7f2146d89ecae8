import { describe, expect, it } from 'vitest';
import type { EventPick, ViewFilter } from '../../src-core/contract/work.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, otherEvent, toolCall } from '../../test/support/make-event.ts';
import { createZone } from '../stats/zone.ts';
import { readEventPage } from './event-list.ts';
import { everything } from './filter.ts';

const home = homePerTest();
const zone = createZone('UTC');

function page(
  limit: number,
  beforeAt: number | null,
  scope: { filter?: Partial<ViewFilter>; pick?: EventPick } | null = null,
) {
  const whole =
    scope === null ? null : { filter: { ...everything, ...scope.filter }, pick: scope.pick ?? {} };
  return home().withStore((db) =>
    readEventPage({ db, zone, now: NOON + 10 }, { limit, beforeAt, scope: whole }),
  );
}
const ids = (...from: Parameters<typeof page>): string =>
  page(...from)
    .map(({ id }) => id)
    .join(' ');

/** Reads page after page until one is not full. */
function allPages(limit: number, scope: Parameters<typeof page>[2]): string[] {
  const seen: string[] = [];
  let before: number | null = null;
  for (let turn = 0; turn < 20; turn++) {
    const events = page(limit, before, scope);
    seen.push(...events.map(({ id }) => id));
    before = events.at(-1)?.at ?? null;
    if (events.length < limit) break;
  }
  return seen;
}

describe('the list of events', () => {
  it('gives all of them page by page, also where a page ends within one millisecond', () => {
    home().addToStore(
      toolCall({ at: NOON + 2 }),
      toolCall({ at: NOON + 1 }),
      ...Array.from({ length: 7 }, () => toolCall({ at: NOON })),
      toolCall({ at: NOON - 1 }),
    );
    const seen = allPages(4, null);
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  it('follows every part of the filter', () => {
    home().addToStore(
      toolCall({ id: 'toolu_a', at: NOON - 3, project: '/work/a', command: 'ls 100%_done' }),
      toolCall({ id: 'toolu_b', at: NOON - 2, project: '/work/b', model: 'opus', tool: 'Read' }),
      toolCall({ id: 'toolu_c', at: NOON - 1, source: 'transcript' }),
    );
    const only = (filter: Partial<ViewFilter>): string => ids(9, null, { filter });
    expect(only({})).toBe('toolu_c toolu_b toolu_a');
    expect(only({ project: '/work/a' })).toBe('toolu_a');
    expect(only({ model: 'opus' })).toBe('toolu_b');
    expect(only({ source: 'transcript' })).toBe('toolu_c');
    expect(only({ search: 'READ' })).toBe('toolu_b');
    // What SQL takes for a pattern is a text like any other.
    expect(only({ search: '100%_d' })).toBe('toolu_a');
    expect(only({ search: '%' })).toBe('toolu_a');
    expect(only({ custom: { fromAt: NOON - 2, toAt: NOON - 1 } })).toBe('toolu_b');
  });

  it('gives the events behind a number, also of a class or a program, page by page', () => {
    const made = Array.from({ length: 9 }, (_, i) =>
      (i % 3 === 0 ? failedCall : toolCall)({
        id: `toolu_${i}`,
        at: NOON - i,
        command: i % 2 === 0 ? 'git push' : 'npm test',
        errorClass: i % 3 === 0 ? 'file_not_found' : null,
      }),
    );
    home().addToStore(...made, otherEvent('Stop', { at: NOON - 20, sessionId: 'b' }));
    const only = (pick: EventPick): string => allPages(2, { pick }).join(' ');
    expect(only({ program: 'git' })).toBe('toolu_0 toolu_2 toolu_4 toolu_6 toolu_8');
    expect(only({ errorClass: 'file_not_found' })).toBe('toolu_0 toolu_3 toolu_6');
    expect(only({ errorClass: 'file_not_found', program: 'npm' })).toBe('toolu_3');
    expect(only({ outcome: 'failed', tool: 'Bash' })).toBe('toolu_0 toolu_3 toolu_6');
    expect(only({ tool: 'Read' })).toBe('');
    expect(allPages(2, { pick: { sessionId: 'b' } })).toHaveLength(1);
  });
});
