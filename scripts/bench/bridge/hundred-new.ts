/** A tick after a drainer stored a hundred events. */
import { mkdirSync } from 'node:fs';
import { makePayload } from '../payload.ts';
import { putIntoSpool } from '../spool-entry.ts';
import type { BridgeCase } from './cases.ts';

const EVENTS = 100;

/** The figure. */
export const hundredNew: BridgeCase = {
  what: `${EVENTS} new events, drained before`,
  prepare: ({ paths }) => {
    mkdirSync(paths.spool, { recursive: true });
    for (let i = 0; i < EVENTS; i++) putIntoSpool(paths, makePayload(2048).text);
  },
  drain: 'drain',
  isRight: ({ report }) => report.healedToJsonl === 0 && report.drift === 0,
  mostMs: 40,
  mostRssMb: 150,
  isLong: false,
};
