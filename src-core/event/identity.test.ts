import { describe, expect, it } from 'vitest';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import {
  changedPayload,
  hookPayload,
  sequencePayloads,
} from '../../test/support/claude-fixtures.ts';
import { toolCallId } from './identity.ts';

const at = (name: string) => ({ name });
const idsOf = (...texts: readonly string[]) =>
  texts.map((text, i) => eventOf(text, at(`${i}-0.event@1`)).id);

describe('toolCallId', () => {
  it('is the id that the client gave, alone', () => {
    expect(toolCallId('toolu_01', 'a')).toBe('toolu_01');
    expect(toolCallId('toolu_01', null)).toBe('toolu_01');
  });

  it('keeps ids of other origin apart by their session', () => {
    expect(toolCallId('call_1', 'a')).not.toBe(toolCallId('call_1', 'b'));
    expect(toolCallId('call_1', null)).toBe(':call_1');
  });
});

describe('eventId', () => {
  it.each(['SessionStart-startup', 'SessionStart-clear', 'SubagentStart', 'UserPromptSubmit'])(
    'knows %s again in another entry',
    (name) => {
      const [one, two] = idsOf(hookPayload(name), hookPayload(name));
      expect(one).toBe(two);
    },
  );

  it.each(['SessionStart-resume', 'SessionStart-compact', 'SessionEnd-other', 'Stop'])(
    'takes %s in another entry for another event',
    (name) => {
      const [one, two] = idsOf(hookPayload(name), hookPayload(name));
      expect(one).not.toBe(two);
    },
  );

  it('is the same when one entry is read twice', () => {
    const ids = ['7-0.event@5', '7-0.event@5'].map(
      (name) => eventOf(hookPayload('Stop'), at(name)).id,
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('tells events of one session and prompt apart', () => {
    const common = { session_id: 's', prompt_id: 'p', agent_id: 'a' };
    const names = ['SessionStart-startup', 'SessionStart-clear', 'SubagentStart', 'SubagentStop'];
    const ids = idsOf(...names.map((name) => changedPayload(name, common)));
    expect(new Set(ids).size).toBe(names.length);
  });

  it('counts the wake-up of a background task beside the prompt whose id it carries', () => {
    const prompts = sequencePayloads('headless-background-bash').filter((text) =>
      text.includes('UserPromptSubmit'),
    );
    expect(prompts.map((text) => JSON.parse(text).prompt_id)).toEqual([
      'd2faf49a-877a-4101-aac8-893d18802bc7',
      'd2faf49a-877a-4101-aac8-893d18802bc7',
    ]);
    expect(new Set(idsOf(...prompts)).size).toBe(2);
  });

  it('counts an agent that stops again under a later prompt', () => {
    const again = changedPayload('SubagentStop', { prompt_id: 'later' });
    expect(new Set(idsOf(hookPayload('SubagentStop'), again)).size).toBe(2);
  });

  it('has no natural key where the payload names no session', () => {
    const nameless = changedPayload('SessionStart-startup', { session_id: null });
    expect(new Set(idsOf(nameless, nameless)).size).toBe(2);
  });

  it('does not take an id that is too long for one', () => {
    const event = eventOf(callPayload({ tool_use_id: 'x'.repeat(201) }));
    expect(event).toMatchObject({ kind: 'other', toolUseId: null });
  });
});
