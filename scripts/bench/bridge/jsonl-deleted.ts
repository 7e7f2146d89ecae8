/** All streams are gone, and written again from SQLite. */
import { rmSync } from 'node:fs';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import type { BridgeCase } from './cases.ts';

/** The figure. */
export const jsonlDeleted: BridgeCase = {
  what: 'JSONL deleted',
  prepare: ({ paths }) => {
    for (const stream of STREAMS) rmSync(stream.pathIn(paths), { force: true });
  },
  drain: undefined,
  isRight: ({ report }, { events }) => report.healedToJsonl > events && report.drift === 0,
  mostMs: 12_000,
  mostRssMb: 250,
  isLong: true,
};
