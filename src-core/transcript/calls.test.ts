import { describe, expect, it } from 'vitest';
import { createCallPairing, type TranscriptCall, type TranscriptResult } from './calls.ts';
import { readTranscriptLine, type TranscriptLine } from './wire.ts';

const AT = Date.parse('2026-01-26T12:00:00Z');

function line(type: string, members: object, second = 0): TranscriptLine {
  const timestamp = new Date(AT + second * 1000).toISOString();
  const read = readTranscriptLine(JSON.stringify({ type, timestamp, sessionId: 's', ...members }));
  if (read === null) throw new Error('the test made no line');
  return read;
}

const asked = (id: string, second = 0) =>
  line('assistant', { message: { content: [{ type: 'tool_use', id, name: 'Read' }] } }, second);
const answered = (id: string, second = 0) =>
  line('user', { message: { content: [{ type: 'tool_result', tool_use_id: id }] } }, second);
const prompted = (second: number, members: object = {}) =>
  line('user', { promptId: 'p2', message: { content: 'go on' }, ...members }, second);

function pair(...lines: readonly TranscriptLine[]) {
  const ended: [string, boolean][] = [];
  const onEnd = (call: TranscriptCall, result: TranscriptResult | null): void => {
    ended.push([call.toolUseId, result !== null]);
  };
  const pairing = createCallPairing({ agentType: null, promptId: 'p1' }, { onEnd });
  for (const [offset, each] of lines.entries()) pairing.take(each, offset);
  return { ended, open: pairing.open().map(({ toolUseId, offset }) => [toolUseId, offset]) };
}

describe('pairing calls with results', () => {
  it('finds the result of each call, in whatever order they come', () => {
    const { ended, open } = pair(asked('a'), asked('b'), answered('b', 1), answered('a', 2));
    expect(ended).toEqual([
      ['b', true],
      ['a', true],
    ]);
    expect(open).toEqual([]);
  });

  it('says which calls wait, and where they were asked for', () => {
    expect(pair(asked('a'), asked('b'), answered('a', 1)).open).toEqual([['b', 1]]);
  });

  it('gives a call up when the next prompt is given, and takes a late result all the same', () => {
    expect(pair(asked('a'), prompted(5)).ended).toEqual([['a', false]]);
    expect(pair(asked('a'), prompted(5), answered('a', 6)).ended).toEqual([
      ['a', false],
      ['a', true],
    ]);
  });

  it('gives none up for a notice of the client, or for what is no prompt', () => {
    const notices = [{ promptSource: 'system' }, { isMeta: true }, { isCompactSummary: true }];
    for (const notice of notices) expect(pair(asked('a'), prompted(5, notice)).ended).toEqual([]);
  });

  it('leaves a result alone whose call it has not seen', () => {
    expect(pair(answered('x')).ended).toEqual([]);
  });
});
