import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../src-core/event/record.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { isEstimated, readForeign, timeOf } from './foreign.ts';
import { createZone } from './zone.ts';

const folder = tempFolderPerTest();
const path = (): string => join(folder(), 'errors.jsonl');
const utc = createZone('UTC');

describe('rows of other programs', () => {
  it('are none where there is no file', () => {
    expect(readForeign(path())).toEqual({ rows: [], bad: 0 });
  });

  it('are all objects that are not ours; what is no object is counted as bad', () => {
    writeFileSync(path(), '{"ts":1}\n\n  \n[]\nnull\n3\n"text"\n{"ts":2\n{"id":"a","ts":3}\n');
    appendFileSync(path(), lineOf(recordOf(toolCall())));
    expect(readForeign(path())).toEqual({ rows: [{ ts: 1 }, { id: 'a', ts: 3 }], bad: 5 });
  });

  it('are read on behind bytes that are no UTF-8', () => {
    writeFileSync(path(), Buffer.from([0x7b, 0xe9, 0x7d, 0x0a]));
    appendFileSync(path(), '{"message":"caf\\u00e9"}\n');
    appendFileSync(
      path(),
      Buffer.concat([Buffer.from('{"message":"caf'), Buffer.from([0xe9]), Buffer.from('"}\n')]),
    );
    expect(readForeign(path())).toEqual({
      rows: [{ message: 'café' }, { message: 'caf\ufffd' }],
      bad: 1,
    });
  });

  it('cannot be read from a folder', () => {
    mkdirSync(path());
    expect(() => readForeign(path())).toThrow(/EISDIR/);
  });
});

describe('the time of a row', () => {
  it.each([
    [{ ts: 1_769_590_340 }, 1_769_590_340_000],
    [{ ts: 1_769_590_340.5 }, 1_769_590_340_500],
    [{ ts: 1_769_590_340_123 }, 1_769_590_340_123],
    [{ timestamp: 1_769_000_000_123 }, 1_769_000_000_123],
    [{ timestamp: '2026-01-26T03:00:00Z' }, Date.UTC(2026, 0, 26, 3)],
    [{ timestamp: '2026-01-26T03:00:00+02:00' }, Date.UTC(2026, 0, 26, 1)],
    [{ ts: 1, timestamp: '2026-01-26T03:00:00Z' }, 1000],
    [{ ts: null, timestamp: 5 }, 5000],
    [{ ts: 'yesterday' }, null],
    [{}, null],
  ])('of %j is %d', (row, at) => {
    expect(timeOf(row, utc)).toBe(at);
  });

  it.each([
    ['2026-01-26T03:00:00', 8],
    ['2026-01-26T03:00', 8],
    ['2026-01-26 03:00:00.123456', 8],
    ['2026-01-26', 5],
  ])('that names no zone (%s) is read in the chosen one', (timestamp, hour) => {
    const at = timeOf({ timestamp }, createZone('America/New_York'));
    expect(new Date(at ?? 0).toISOString().slice(0, 13)).toBe(
      `2026-01-26T${String(hour).padStart(2, '0')}`,
    );
  });
});

describe('a row that was made up afterwards', () => {
  it.each([
    [{ backfilled: true }, true],
    [{ action: 'suggest', auto: false, success: true }, true],
    [{ action: 'retry', auto: true, success: true }, false],
    [{ success: true }, false],
  ])('is told by its own mark: %j', (row, expected) => {
    expect(isEstimated(row)).toBe(expected);
  });
});
