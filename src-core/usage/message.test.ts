import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTranscriptLine, type TranscriptLine } from '../transcript/wire.ts';
import { finalOf, type UsageMessage, usageOf } from './message.ts';

const USAGE = {
  input_tokens: 14,
  output_tokens: 101,
  cache_read_input_tokens: 19_060,
  cache_creation_input_tokens: 494,
  cache_creation: { ephemeral_1h_input_tokens: 94, ephemeral_5m_input_tokens: 400 },
  server_tool_use: { web_search_requests: 2, web_fetch_requests: 1 },
  speed: 'standard',
};

function line(message: object, members: object = {}): TranscriptLine {
  const text = JSON.stringify({
    type: 'assistant',
    timestamp: '2026-11-20T12:00:00.000Z',
    sessionId: 's1',
    message: { id: 'msg_1', model: 'claude-opus-5-5', stop_reason: 'end_turn', ...message },
    ...members,
  });
  const read = readTranscriptLine(text);
  if (read === null) throw new Error('not a line');
  return read;
}

describe('the usage of a line', () => {
  it('has all kinds of tokens, and the searches on the server', () => {
    expect(usageOf(line({ usage: USAGE }))).toEqual({
      id: 'msg_1',
      at: Date.parse('2026-11-20T12:00:00Z'),
      model: 'claude-opus-5-5',
      tokens: { input: 14, output: 101, cacheRead: 19_060, write5m: 400, write1h: 94 },
      webSearches: 2,
      isFinal: true,
      isFast: false,
      isUsOnly: false,
      sessionId: 's1',
      agentId: null,
    });
  });

  it('takes cache writes of older clients, which tell the sum alone, for five minutes', () => {
    const { cache_creation, ...older } = USAGE;
    expect(usageOf(line({ usage: older }))?.tokens).toMatchObject({ write5m: 494, write1h: 0 });
  });

  it('is none for errors that the client made up, for other lines and without usage', () => {
    expect(usageOf(line({ usage: USAGE, model: '<synthetic>' }))).toBeNull();
    expect(usageOf(line({ usage: USAGE }, { isApiErrorMessage: true }))).toBeNull();
    expect(usageOf(line({ usage: USAGE }, { type: 'user' }))).toBeNull();
    expect(usageOf(line({}))).toBeNull();
  });

  it('belongs to the session from which a fork took the line', () => {
    const fork = { sessionId: 's2', forkedFrom: { sessionId: 's1', messageUuid: 'u' } };
    expect(usageOf(line({ usage: USAGE }, fork))?.sessionId).toBe('s1');
  });

  it('counts what is no count as none, whatever the line holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const usage = { input_tokens: value, output_tokens: -1, cache_creation: value };
        const tokens = usageOf(line({ usage }))?.tokens;
        for (const count of Object.values(tokens ?? {})) {
          expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
        }
      }),
      { seed: 6 },
    );
  });
});

describe('several tellings of one answer', () => {
  const told = (change: Partial<UsageMessage>, output = 1): UsageMessage => {
    const message = usageOf(line({ usage: { ...USAGE, output_tokens: output } }));
    if (message === null) throw new Error('no usage');
    return { ...message, ...change };
  };

  it('count as the finished one has it, else as the later, in whatever order they are read', () => {
    const begun = told({ isFinal: false, at: 3 }, 500);
    const earlier = told({ at: 1 }, 90);
    const later = told({ at: 2 }, 101);
    const orders = [
      [begun, earlier, later],
      [later, begun, earlier],
      [earlier, later, begun],
    ];
    for (const order of orders) expect(order.reduce(finalOf)).toBe(later);
  });
});
