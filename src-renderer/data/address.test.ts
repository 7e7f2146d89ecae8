import { describe, expect, it } from 'vitest';
import { type Address, HOME, NO_FILTER, parseAddress, writeAddress } from './address.ts';

describe('the address of the dashboard', () => {
  it.each<Partial<Address>>([
    {},
    { page: 'sessions', session: 'a b#?&' },
    {
      page: 'errors',
      chosen: 'exit_code',
      filter: { ...NO_FILTER, days: 0, project: '/work/a b' },
    },
    { page: 'events', pick: { tool: 'Bash', outcome: 'failed' } },
    {
      page: 'tools',
      filter: {
        ...NO_FILTER,
        custom: { fromAt: 1, toAt: 2 },
        model: 'm',
        source: 'journal',
        search: '100% & more',
      },
    },
  ])('says %j and is read back as the same', (some) => {
    const address = { ...HOME, ...some };
    expect(parseAddress(writeAddress(address))).toEqual(address);
  });

  it('is short where nothing was chosen', () => {
    expect(writeAddress(HOME)).toBe('#overview');
  });

  it.each(['', '#', '#nowhere', '#overview?range=5&from=9&to=1&source=made-up&from=x', '#%'])(
    'takes %j for the beginning',
    (hash) => {
      expect(parseAddress(hash)).toEqual(HOME);
    },
  );
});
