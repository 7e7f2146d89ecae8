/** Where exports were written to, so that whoever forgets something is told where it may stand still. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { hasRightSum, lineOf } from '../../src-core/journal/sum.ts';

/** Keeps in mind that an export was written there. Does nothing where nothing is recorded. */
export function noteExport(paths: Pick<Paths, 'own'>, path: string, at: number): void {
  if (existsSync(paths.own)) appendLines(exportLog(paths), [lineOf({ at, path })]);
}

/** Exports that are there still, the oldest first. */
export function listExports(paths: Pick<Paths, 'own'>): readonly string[] {
  if (!existsSync(exportLog(paths))) return [];
  const found = new Set<string>();
  for (const { bytes } of readLines(exportLog(paths))) {
    const path = pathIn(bytes.toString('utf8'));
    if (path !== null && existsSync(path)) found.add(path);
  }
  return [...found];
}

function exportLog({ own }: Pick<Paths, 'own'>): string {
  return join(own, 'exports.jsonl');
}

function pathIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && hasRightSum(value) && typeof value.path === 'string'
      ? value.path
      : null;
  } catch {
    return null;
  }
}
