/** Transcripts with usage in them, made up, and what was stored of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageSum } from '../../src-core/usage/fold.ts';
import { totalOf, type UsageDimension, usageBy } from '../../src-main/usage/read-usage.ts';
import { renewSomeUsage } from '../../src-main/usage/rollup.ts';
import type { Home } from './home.ts';
import type { LineMembers, MadeTranscript } from './transcript-world.ts';

const TABLE = join(import.meta.dirname, '..', 'fixtures', 'transcripts', 'usage.txt');

/** All time. */
export const EVER = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER };

/** The checked table: sums of a tree by kind of agent, empty for the session itself. */
export function checkedUsage(tree: string): Map<string, object> {
  const rows = readFileSync(TABLE, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([name]) => name === tree);
  return new Map(
    rows.map(([, agent, ...counts]) => {
      const [messages, input, output, cacheRead, write5m, write1h] = counts.map(Number);
      const sum = { messages, input, output, cacheRead, write5m, write1h };
      return [agent === '-' ? '' : (agent ?? ''), sum];
    }),
  );
}

/** One line of an answer. */
export interface AnswerLine {
  readonly id: string;
  readonly at: number;
  readonly sessionId: string;
  readonly output: number;
  readonly model?: string;
  /** Null while the answer goes on. */
  readonly stop?: string | null;
  readonly content?: readonly object[];
  readonly members?: LineMembers;
}

/** Writes a line of an answer. */
export function writeAnswer(transcript: MadeTranscript, line: AnswerLine): void {
  const { id, at, sessionId, output, model = 'claude-opus-5-5', stop = 'end_turn' } = line;
  const usage = { input_tokens: 10, output_tokens: output, cache_read_input_tokens: 1000 };
  const content = line.content ?? [{ type: 'text', text: 'Done.' }];
  const record = {
    type: 'assistant',
    timestamp: new Date(at).toISOString(),
    sessionId,
    cwd: '/Users/dev/project',
    ...line.members,
    message: { id, model, role: 'assistant', stop_reason: stop, content, usage },
  };
  transcript.raw(`${JSON.stringify(record)}\n`);
}

/** Sums of all that is stored. */
export function storedUsage(home: Home, by: UsageDimension): Map<string, UsageSum> {
  return home.withStore((db) => usageBy(db, EVER, by));
}

/** All that is stored in one sum. */
export function storedTotal(home: Home): UsageSum {
  return totalOf(storedUsage(home, 'model').values());
}

/** Brings all sums up to date, as a pass does at its end. */
export function renewAll(home: Home): void {
  home.withStore((db) => {
    while (renewSomeUsage(db));
  });
}
