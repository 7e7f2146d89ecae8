import { describe, expect, it } from 'vitest';
import { recordOf } from '../../src-core/event/record.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { judgeLine } from './line.ts';

const judge = (text: string | Buffer) => judgeLine(Buffer.from(text as string));
const own = lineOf(recordOf(toolCall({ id: 'toolu_1' }))).trimEnd();

describe('a line', () => {
  it('is ours when it carries an id and the right sum', () => {
    expect(judge(own)).toMatchObject({ kind: 'own', id: 'toolu_1' });
  });

  it('is ours whatever spaces somebody gave its members', () => {
    const spaced = JSON.stringify(JSON.parse(own), null, 1).replaceAll('\n', '');
    expect(judge(`  ${spaced}\r`)).toMatchObject({ kind: 'own', id: 'toolu_1' });
  });

  it('is named by its own id, not by one in a text or a nested member', () => {
    const event = toolCall({ id: 'toolu_1', command: 'echo \'"id":"toolu_2"\'' });
    const record = { ...recordOf(event), content: { input: { id: 'toolu_3' } } };
    const line = judge(lineOf(record as never).trimEnd());
    expect(line).toMatchObject({ kind: 'own', id: 'toolu_1' });
    expect(line.kind === 'own' && line.record().command).toBe('echo \'"id":"toolu_2"\'');
  });

  it('is ours with quotes and back-slashes in its id', () => {
    const id = 'a"b\\c';
    expect(judge(lineOf({ id }).trimEnd())).toMatchObject({ kind: 'own', id });
  });

  it('is damaged when one character of ours is another one', () => {
    expect(judge(own.replace('npm test', 'npm tesT'))).toEqual({
      kind: 'damaged',
      reason: 'its sum does not fit',
    });
  });

  it('is damaged when it is torn', () => {
    expect(judge(own.slice(0, -20))).toEqual({ kind: 'damaged', reason: 'not JSON' });
  });

  it.each(['[]', 'null', '3', '"text"'])('is damaged when it is %s', (text) => {
    expect(judge(text)).toEqual({ kind: 'damaged', reason: 'not a JSON object' });
  });

  it.each([
    '{"ts":1768900000,"tool":"Read","source":"hook"}',
    '{"ts": 1769590342, "tool": "Grep", "session": "abcd1234", "model": "sonnet", "source": "sqlite"}',
    '{"id":7,"sum":"0000000000000000"}',
    '{"id":"a","sum":7}',
    '{}',
  ])('is foreign when it is %s', (text) => {
    expect(judge(text)).toEqual({ kind: 'foreign' });
  });

  it.each(['', '   ', '\t\r'])('is blank when it holds nothing (%j)', (text) => {
    expect(judge(text)).toEqual({ kind: 'blank' });
  });

  it('is damaged, and no exception, when it holds bytes that are no UTF-8', () => {
    expect(judge(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).toMatchObject({ kind: 'damaged' });
  });
});
