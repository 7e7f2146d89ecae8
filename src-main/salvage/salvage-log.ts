/** Which databases were salvaged and what came of each: one JSON line each, 0600. */
import { readFileSync } from 'node:fs';
import { isObject } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import type { SalvageReport } from './salvage.ts';

/** Keeps the report, where there is room for it: the salvage itself is done. */
export function noteSalvage({ salvages }: Paths, report: SalvageReport): void {
  try {
    appendLines(salvages, [`${JSON.stringify(report)}\n`]);
  } catch {
    // The damaged file is listed by its name all the same.
  }
}

/** All reports, the oldest first; lines that are none are passed over. */
export function readSalvages({ salvages }: Paths): readonly SalvageReport[] {
  let text: string;
  try {
    text = readFileSync(salvages, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => reportOf(line) ?? []);
}

function reportOf(line: string): SalvageReport | null {
  try {
    const value: unknown = JSON.parse(line);
    const isWhole =
      isObject(value) &&
      typeof value.asidePath === 'string' &&
      isObject(value.own) &&
      isObject(value.foreign);
    return isWhole ? (value as unknown as SalvageReport) : null;
  } catch {
    return null;
  }
}
