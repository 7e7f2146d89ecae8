import { describe, expect, it } from 'vitest';
import type { Amendment } from '../event/merge.ts';
import { amendmentId, amendmentOfRecord, amendmentRecord } from './amendments.ts';

const amendment: Amendment = {
  eventId: 'toolu_1',
  field: 'model',
  value: 'claude-opus-5-5',
  source: 'transcript',
  at: 9,
};

describe('amendmentRecord', () => {
  it.each(['text', 7, null])('gives back an amendment with the value %j', (value) => {
    const record = JSON.parse(JSON.stringify(amendmentRecord({ ...amendment, value })));
    expect(amendmentOfRecord(record)).toEqual({ ...amendment, value });
  });
});

describe('amendmentId', () => {
  it('is the same for what was learnt again later, and another for anything else', () => {
    const id = amendmentId(amendment);
    expect(amendmentId({ ...amendment, at: 10 })).toBe(id);
    const others: readonly Partial<Amendment>[] = [
      { eventId: 'toolu_2' },
      { field: 'agentId' },
      { value: 'x' },
      { value: null },
      { source: 'hook' },
    ];
    for (const other of others) expect(amendmentId({ ...amendment, ...other })).not.toBe(id);
    expect(amendmentId({ ...amendment, value: 1 })).not.toBe(
      amendmentId({ ...amendment, value: '1' }),
    );
  });
});

describe('amendmentOfRecord', () => {
  const record = amendmentRecord(amendment);

  it.each([
    null,
    [],
    'x',
    {},
    { ...record, event_id: '' },
    { ...record, field: 'id' },
    { ...record, field: 'toString' },
    { ...record, value: {} },
    { ...record, value: true },
    { ...record, at: '9' },
    { ...record, source: null },
  ])('takes %j for none', (value) => {
    expect(amendmentOfRecord(value)).toBeNull();
  });
});
