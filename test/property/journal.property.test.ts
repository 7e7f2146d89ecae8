import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOfRecord, recordOf } from '../../src-core/event/record.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { hasRightSum, lineOf } from '../../src-core/journal/sum.ts';
import { arbitraryEvent } from '../support/arbitrary-event.ts';
import { tempFolderPerTest } from '../support/temp-folder.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'a.jsonl');
const events = fc.array(arbitraryEvent, { minLength: 1, maxLength: 6 });

/** The records of a journal as a careful reader takes them: whole lines with the right sum. */
function readJournal(path: string, from = 0) {
  const found = [];
  for (const { bytes } of readLines(path, from)) {
    const value = parseOrNull(bytes.toString('utf8'));
    if (value !== null && hasRightSum(value)) found.push(eventOfRecord(value));
  }
  return found;
}

function parseOrNull(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

describe('a journal', () => {
  it('cut at any byte yields a prefix of its records', () => {
    fc.assert(
      fc.property(events, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const text = Buffer.from(all.map((event) => lineOf(recordOf(event))).join(''));
        writeFileSync(file(), text);
        truncateSync(file(), Math.floor(text.length * share));
        const found = readJournal(file());
        expect(found).toEqual(all.slice(0, found.length));
        if (share === 1) expect(found).toHaveLength(all.length);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('never merges two records, whatever was torn before', () => {
    const torn = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(arbitraryEvent, fc.nat(400)).map(([event, size]) => {
        return Buffer.from(lineOf(recordOf(event))).subarray(0, size);
      }),
    );
    fc.assert(
      fc.property(events, torn, events, (before, middle, after) => {
        writeFileSync(file(), '');
        appendLines(
          file(),
          before.map((event) => lineOf(recordOf(event))),
        );
        writeFileSync(file(), middle, { flag: 'a' });
        appendLines(
          file(),
          after.map((event) => lineOf(recordOf(event))),
        );
        const found = readJournal(file());
        expect(found.slice(0, before.length)).toEqual(before);
        expect(found.slice(-after.length)).toEqual(after);
      }),
      { seed: 22, numRuns: 200 },
    );
  });

  it('read in two parts at any line gives the same as read at once', () => {
    fc.assert(
      fc.property(events, fc.nat(), (all, pick) => {
        writeFileSync(file(), all.map((event) => lineOf(recordOf(event))).join(''));
        const offsets = [...readLines(file())].map(({ offset }) => offset);
        const at = pick % offsets.length;
        expect(readJournal(file(), offsets[at])).toEqual(all.slice(at));
      }),
      { seed: 23, numRuns: 150 },
    );
  });

  it('shows a changed byte in any record', () => {
    fc.assert(
      fc.property(arbitraryEvent, fc.nat(), fc.integer({ min: 1, max: 255 }), (event, at, bits) => {
        const bytes = Buffer.from(lineOf(recordOf(event)));
        const place = at % (bytes.length - 1);
        bytes[place] = (bytes[place] ?? 0) ^ bits;
        writeFileSync(file(), bytes);
        const found = readJournal(file());
        // JSON has several spellings of one value; what is still believed must be that value.
        if (found.length > 0) expect(found).toEqual([event]);
      }),
      { seed: 24, numRuns: 400 },
    );
  });
});
