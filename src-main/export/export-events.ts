/** Writes events for other programs, a block at a time, however many there are. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { recordOf } from '../../src-core/event/record.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { csvHeader, csvRow } from './csv.ts';
import { type EventFilter, readEvents } from './read-events.ts';

/** How events can be written: for spreadsheets, or as the lines of our own files. */
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const BLOCK_CHARACTERS = 64 * 1024;

/** Writes through `write`, whole lines each time; how many events. */
export function exportEvents(
  db: ReadableDb,
  { format, filter }: { readonly format: ExportFormat; readonly filter: EventFilter },
  write: (block: string) => void,
): number {
  const rowOf = (event: CapturedEvent): string =>
    format === 'csv' ? csvRow(event) : lineOf(recordOf(event));
  let block = format === 'csv' ? csvHeader() : '';
  let count = 0;
  for (const event of readEvents(db, filter)) {
    block += rowOf(event);
    count++;
    if (block.length < BLOCK_CHARACTERS) continue;
    write(block);
    block = '';
  }
  if (block !== '') write(block);
  return count;
}
