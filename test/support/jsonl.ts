/** Reads JSONL files in tests. */
import { existsSync, readFileSync } from 'node:fs';

/** Every line of the file as JSON; none where there is no file. */
export function readJsonLines(path: string): readonly Readonly<Record<string, unknown>>[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
