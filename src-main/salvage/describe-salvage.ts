/** What came of damaged databases, in words for people. */
import { basename } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import type { SalvageReport } from './salvage.ts';
import { readSalvages } from './salvage-log.ts';
import { listSetAside } from './set-aside.ts';

/** One damaged database that is still kept. */
export interface SetAsideWords {
  readonly title: string;
  readonly detail: string;
}

/** Those that are kept beside the database, the oldest first. */
export function describeSetAside(paths: Paths): readonly SetAsideWords[] {
  const kept = listSetAside(paths.database);
  if (kept.length === 0) return [];
  const reports = new Map(readSalvages(paths).map((report) => [report.asidePath, report]));
  return kept.map(({ path }) => {
    const report = reports.get(path);
    const words = report === undefined ? [] : describeSalvage(report);
    return {
      title: 'A damaged database was put aside',
      detail: [`It is kept as ${basename(path)}.`, ...words].join(' '),
    };
  });
}

/** What came from where, and what is lost, a sentence each. */
export function describeSalvage({ isReadable, isMended, own, foreign }: SalvageReport): string[] {
  if (!isReadable)
    return ['Nothing in it could be read; events come from JSONL, tables of others are lost.'];
  const torn = foreign.tables.filter(({ isWhole }) => !isWhole).map(({ name }) => name);
  const whole = foreign.tables.length - torn.length;
  const sentences = [`${counted(own.events, 'event')} of ours came from it.`];
  if (!own.isWhole || own.wrongEvents > 0)
    sentences.push('Others could not be read and come from JSONL.');
  if (foreign.tables.length > 0)
    sentences.push(`${counted(whole, 'other table')} came over whole.`);
  if (torn.length > 0) sentences.push(`Rows are missing in ${torn.join(', ')}.`);
  if (foreign.lost.length > 0)
    sentences.push(`Lost: ${foreign.lost.map(({ type, name }) => `${type} ${name}`).join(', ')}.`);
  if (isMended) sentences.push('Its first bytes were lost, and with them user_version.');
  return sentences;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
