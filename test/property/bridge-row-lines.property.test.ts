import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import type { Row } from '../../src-core/store/driver.ts';
import { createEventWriter, EVENT_COLUMNS, eventOfRow } from '../../src-core/store/events.ts';
import { lineOfRow } from '../../src-main/bridge/row-lines.ts';
import { arbitraryEvent } from '../support/arbitrary-event.ts';
import { homePerTest } from '../support/home.ts';

const home = homePerTest();

describe('lines made straight from rows', () => {
  it('are the lines that the events make, whatever the rows hold', () => {
    home().withStore((db) => {
      const writer = createEventWriter(db);
      const find = db.prepare(`SELECT ${EVENT_COLUMNS} FROM hookline_event WHERE id = ?`);
      fc.assert(
        fc.property(arbitraryEvent, (event) => {
          db.exec('DELETE FROM hookline_event');
          writer.insert(event, 'direct');
          const row = find.get(event.id) as Row;
          for (const stream of STREAMS) {
            const record = stream.lineFor(eventOfRow(row));
            expect(lineOfRow(row, stream.bit)).toBe(record === null ? '' : lineOf(record));
          }
        }),
        { seed: 20260127, numRuns: 1000 },
      );
    });
  });
});
