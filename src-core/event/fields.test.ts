import { describe, expect, it } from 'vitest';
import { toolCall } from '../../test/support/make-event.ts';
import type { CapturedEvent } from './event.ts';
import { EVENT_FIELDS, type EventField, eventOfFields, writtenName } from './fields.ts';

/** Fails to compile when a field of an event is missing in the list. */
const missing: readonly Exclude<keyof CapturedEvent, EventField>[] = [] satisfies never[];

describe('EVENT_FIELDS', () => {
  it('are all fields of an event, each once', () => {
    expect(missing).toEqual([]);
    expect([...EVENT_FIELDS].sort()).toEqual(Object.keys(toolCall()).sort());
  });

  it('are written in small letters with underscores', () => {
    expect(['at', 'hookEvent', 'toolUseId'].map((name) => writtenName(name as EventField))).toEqual(
      ['at', 'hook_event', 'tool_use_id'],
    );
  });

  it('make an event again', () => {
    const event = toolCall({ facts: { a: 1 }, content: { prompt: 'x' } });
    expect(eventOfFields((field) => event[field])).toEqual(event);
  });
});
