import { describe, expect, it } from 'vitest';
import { fakeEvent } from '../../../test/support/fake-events.ts';
import { appendOlder, mergeNewest } from '../../data/event-pages.ts';
import { createFormat } from '../../data/format.ts';
import { daysOf } from './select.ts';

const event = (id: string, at: number) => fakeEvent({ id, at, name: 'Read' });
const ids = (events: readonly { readonly id: string }[]): string =>
  events.map((each) => each.id).join(' ');

describe('the event list', () => {
  const known = [event('c', 3), event('b', 2), event('a', 1)];

  it('takes new events in front of what it knows', () => {
    expect(ids(mergeNewest(known, [event('e', 5), event('d', 4), event('c', 3)]))).toBe(
      'e d c b a',
    );
  });

  it('starts anew when events may stand between the two', () => {
    expect(ids(mergeNewest(known, [event('z', 90), event('y', 80)]))).toBe('z y');
  });

  it('drops what the newest page no longer has', () => {
    expect(ids(mergeNewest(known, [event('d', 4), event('b', 2)]))).toBe('d b a');
  });

  it('loses none and doubles none when two pages share a millisecond', () => {
    expect(ids(appendOlder(known, [event('a', 1), event('a2', 1), event('0', 0)]))).toBe(
      'c b a a2 0',
    );
  });

  it('is cut at midnight of its zone, and only today and yesterday have names', () => {
    const at = (text: string): number => Date.parse(`${text}Z`);
    const events = [
      event('1', at('2026-11-24T00:30')),
      event('2', at('2026-11-23T22:30')),
      event('3', at('2026-11-22T12:00')),
      event('4', at('2026-11-21T23:30')),
    ];
    const now = at('2026-11-24T14:45');
    const titles = (zone: string): string[] =>
      daysOf(events, now, createFormat('en-GB', zone)).map(
        (day) => `${day.title} ${ids(day.events)}`,
      );
    expect(titles('UTC')).toEqual(['Today 1', 'Yesterday 2', 'Sun 22 Nov 3', 'Sat 21 Nov 4']);
    expect(titles('Europe/Berlin')).toEqual(['Today 1', 'Yesterday 2', 'Sun 22 Nov 3 4']);
  });
});
