import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WritableDb } from '../../src-core/store/driver.ts';
import {
  activeMs,
  callTotals,
  outcomeCounts,
  quarterCounts,
  type Span,
  sessionCount,
  sourceCounts,
  toolCounts,
} from '../../src-main/views/measures.ts';
import { makeHome } from '../support/home.ts';
import { NOON } from '../support/make-event.ts';
import { publish, take, workEvent } from '../support/rollup-steps.ts';
import { removeFolder } from '../support/temp-folder.ts';

const MINUTE = 60_000;

function figuresOf(db: WritableDb, span: Span): object {
  const tools = toolCounts(db, span).map(
    ({ tool, outcome, calls }) => `${tool} ${outcome} ${calls}`,
  );
  return {
    totals: callTotals(db, span),
    sessions: sessionCount(db, span),
    active: activeMs(db, span),
    outcomes: outcomeCounts(db, span),
    sources: sourceCounts(db, span),
    tools: tools.sort(),
    quarters: [...quarterCounts(db, span)].sort(([a], [b]) => a - b),
  };
}

describe('figures of a span', () => {
  it('are those of its events, whatever the sums know of them and wherever it begins and ends', () => {
    const events = fc.array(workEvent, { minLength: 1, maxLength: 30 });
    const minutes = fc.integer({ min: -30, max: 270 });
    fc.assert(
      fc.property(events, events, minutes, minutes, (known, since, a, b) => {
        const home = makeHome();
        try {
          home.withStore((db) => {
            take(home, db, { kind: 'add', events: known }, 'UTC');
            publish(home, db, 'UTC');
            take(home, db, { kind: 'add', events: since }, 'UTC');
            take(home, db, { kind: 'remove', which: a + 30, count: 1 }, 'UTC');
            const span = {
              fromAt: NOON + Math.min(a, b) * MINUTE,
              toAt: NOON + Math.max(a, b) * MINUTE,
            };
            const found = figuresOf(db, span);
            db.exec("DELETE FROM hookline_cursor WHERE stream = 'rollups'");
            expect(found).toEqual(figuresOf(db, span));
          });
        } finally {
          removeFolder(home.folder);
        }
      }),
      { seed: 9, numRuns: 80 },
    );
  });
});
