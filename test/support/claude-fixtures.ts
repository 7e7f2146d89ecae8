/** Payloads that the real client sent; see test/fixtures/claude/README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'claude');

/** Names of all single payloads, without their ending. */
export const HOOK_FIXTURES: readonly string[] = readdirSync(join(FOLDER, 'hooks'))
  .map((file) => file.replace(/\.json$/, ''))
  .sort();

/** The payload of that name as one line, the way the client writes it. */
export function hookPayload(name: string): string {
  const text = readFileSync(join(FOLDER, 'hooks', `${name}.json`), 'utf8');
  return `${JSON.stringify(JSON.parse(text))}\n`;
}

/** The payload of that name with some members replaced. */
export function changedPayload(name: string, members: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...JSON.parse(hookPayload(name)), ...members })}\n`;
}

/** The payloads of a whole run, in the order in which the hooks were started. */
export function sequencePayloads(name: string): readonly string[] {
  const lines = readFileSync(join(FOLDER, 'sequences', `${name}.jsonl`), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => `${JSON.stringify((JSON.parse(line) as { payload: unknown }).payload)}\n`);
}
