import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { openTestStore } from '../../test/support/sqlite.ts';
import { sessionSpans } from './session-spans.ts';

const home = homePerTest();
const MINUTE = 60_000;
const spans = () => {
  const db = openTestStore(home().paths.database);
  const found = sessionSpans(db, 0);
  db.close();
  return found.map(({ fromAt, toAt, end }) => [
    (fromAt - NOON) / MINUTE,
    (toAt - NOON) / MINUTE,
    end,
  ]);
};

describe('sessionSpans', () => {
  it('ends a session where its end was told', () => {
    home().add(
      sessionEvent('SessionStart', { at: NOON }),
      toolCall({ at: NOON + 5 * MINUTE }),
      sessionEvent('SessionEnd', { at: NOON + 9 * MINUTE }),
    );
    expect(spans()).toEqual([[0, 9, 'told']]);
  });

  it('infers the end of one that starts again without having ended', () => {
    home().add(
      sessionEvent('SessionStart', { at: NOON }),
      toolCall({ at: NOON + 5 * MINUTE }),
      sessionEvent('SessionStart', { at: NOON + 100 * MINUTE }),
      toolCall({ at: NOON + 101 * MINUTE }),
    );
    expect(spans()).toEqual([
      [0, 5, 'inferred'],
      [100, 101, null],
    ]);
  });

  it('is not misled by the start that follows a compaction', () => {
    home().add(
      toolCall({ at: NOON }),
      sessionEvent('SessionStart', { at: NOON + 5 * MINUTE, facts: { source: 'compact' } }),
      toolCall({ at: NOON + 6 * MINUTE }),
    );
    expect(spans()).toEqual([[0, 6, null]]);
  });

  it('keeps sessions apart', () => {
    home().add(
      toolCall({ at: NOON, sessionId: 'a' }),
      toolCall({ at: NOON + MINUTE, sessionId: 'b' }),
      toolCall({ at: NOON + 2 * MINUTE, sessionId: 'a' }),
    );
    expect(spans()).toEqual([
      [0, 2, null],
      [1, 1, null],
    ]);
  });
});
