import { describe, expect, it } from 'vitest';
import { captureText, TEST_KEY } from '../../test/support/capture-text.ts';
import { changedPayload } from '../../test/support/claude-fixtures.ts';
import { plantedSecret } from '../../test/support/planted-secrets.ts';
import { keyedHash } from '../journal/sum.ts';
import { clientId } from './client-id.ts';

const hash = keyedHash(TEST_KEY);
const { text: token } = plantedSecret('GitHub personal token', 1);

describe('clientId', () => {
  it.each([
    '8f02f044-711f-4043-a0dd-c64620db6969',
    'toolu_014bd0953b8252d53f8c88cf',
    'toolu_01A09q90qw90lq917835lq9',
    'toolu_bdrk_01A09q90qw90lq917835lq9AbCdEfGhIjKlMn',
    'call_X7f9Qw2ZpL8vN4mK1sT6yB3cR5dH0jGa9eU',
    plantedSecret('long word alone, base62', 3).text,
    'a',
  ])('keeps %s, by which events are joined', (id) => {
    expect(clientId(id, hash)).toBe(id);
  });

  it('keeps only a hash of what holds a secret, the same one each time', () => {
    const shown = clientId(`toolu_${token}`, hash);
    expect(shown).toMatch(/^redacted-[0-9a-f]{8}$/);
    expect(clientId(`toolu_${token}`, hash)).toBe(shown);
    expect(clientId(token, hash)).not.toBe(shown);
    expect(clientId(shown, hash)).toBe(shown);
    expect(clientId('password=hunter2', hash)).toMatch(/^redacted-/);
    const { text: key } = plantedSecret('AWS access key id', 1);
    expect(clientId(`toolu_${key}`, hash)).toMatch(/^redacted-/);
  });
});

describe('ids of a payload', () => {
  const ids = { session_id: token, prompt_id: token, agent_id: token };

  it('are safe in every event, and join the tellings of one call all the same', () => {
    const call = captureText(changedPayload('PostToolUse-Bash', { ...ids, tool_use_id: token }));
    const batch = captureText(
      changedPayload('PostToolBatch-Write', {
        ...ids,
        tool_calls: [{ tool_name: 'Bash', tool_use_id: token, tool_input: {} }],
      }),
    );
    const running = captureText(
      changedPayload('PreToolUse-Bash', { ...ids, tool_use_id: token }),
    ).running;
    const plain = captureText(changedPayload('Stop', ids));
    expect(JSON.stringify([call, batch, running, plain])).not.toContain(token);
    expect(batch.events[0]?.id).toBe(call.events[0]?.id);
    expect(running?.toolUseId).toBe(call.events[0]?.id);
    expect(plain.events[0]?.sessionId).toBe(call.events[0]?.sessionId);
  });

  it('have no control characters', () => {
    const [event] = captureText(changedPayload('Stop', { session_id: 'a\u001b[31m\nb' })).events;
    expect(event?.sessionId).toBe('a?[31m?b');
  });
});
