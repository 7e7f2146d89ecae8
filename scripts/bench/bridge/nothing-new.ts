/** A tick without news. */
import type { BridgeCase } from './cases.ts';

/** The figure. */
export const nothingNew: BridgeCase = {
  what: 'nothing new',
  prepare: () => undefined,
  drain: undefined,
  isRight: ({ report }) => report.healedToJsonl === 0 && report.healedToSqlite === 0,
  mostMs: 20,
  mostRssMb: 150,
  isLong: false,
};
