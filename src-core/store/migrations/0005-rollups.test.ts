import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../../test/support/home.ts';
import { NOON, toolCall } from '../../../test/support/make-event.ts';

const home = homePerTest();
const QUARTER = NOON / 900_000;
const noted = () =>
  home()
    .query('SELECT scope FROM hookline_dirty ORDER BY scope')
    .map(({ scope }) => scope);
const change = (sql: string): void => home().withStore((db) => db.exec(sql));

describe('the notes of what changed', () => {
  it('are not made for an event that is added: its number says that it is new', () => {
    home().addToStore(toolCall());
    expect(noted()).toEqual([]);
  });

  it('name the quarter and the session of an event that is taken away', () => {
    home().addToStore(toolCall({ sessionId: 's' }));
    change('DELETE FROM hookline_event');
    expect(noted()).toEqual([QUARTER, 's']);
  });

  it('name the quarters and sessions of before and after for one that is changed', () => {
    home().addToStore(toolCall({ sessionId: 's' }));
    change(`UPDATE hookline_event SET at_ms = at_ms + 900000, session_id = 't'`);
    expect(noted()).toEqual([QUARTER, QUARTER + 1, 's', 't']);
  });

  it('are not made where only the bridge marked a line as seen', () => {
    home().addToStore(toolCall());
    change('UPDATE hookline_event SET lines = 255');
    expect(noted()).toEqual([]);
  });

  it('do not stumble over an event without a session', () => {
    home().addToStore(toolCall({ sessionId: null }));
    change('UPDATE OR REPLACE hookline_event SET outcome = NULL');
    expect(noted()).toEqual([QUARTER]);
  });
});
