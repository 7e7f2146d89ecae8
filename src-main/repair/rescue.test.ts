import { describe, expect, it } from 'vitest';
import { recordOf } from '../../src-core/event/record.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { rescue, traceOf } from './rescue.ts';

const line = (id: string, command = 'echo é'): string =>
  lineOf(recordOf(toolCall({ id, command }))).trimEnd();
const idsIn = (bytes: Buffer): string[] => rescue(bytes).map(({ line: { id } }) => id);

describe('rescuing records out of bytes that are no good line', () => {
  it.each([
    ['two lines run into one', Buffer.from(line('a') + line('b')), ['a', 'b']],
    ['something before and behind', Buffer.from(`x{"ts":1,${line('a')}y`), ['a']],
    ['half a line before a whole one', Buffer.from(line('a').slice(0, 80) + line('b')), ['b']],
    ['UTF-16', Buffer.from(line('a'), 'utf16le'), ['a']],
    [
      'UTF-16 that begins with half a line end',
      Buffer.from(`\0${Buffer.from(line('a'), 'utf16le').toString('latin1')}`, 'latin1'),
      ['a'],
    ],
    ['UTF-16, the other way round', Buffer.from(line('a'), 'utf16le').swap16(), ['a']],
    [
      'UTF-8 that was taken for Latin-1',
      Buffer.from(Buffer.from(line('a')).toString('latin1')),
      ['a'],
    ],
    ['a text written as Latin-1', Buffer.from(line('a'), 'latin1'), ['a']],
  ])('finds them in %s', (_, bytes, ids) => {
    expect(idsIn(bytes)).toEqual(ids);
  });

  it('takes nothing whose sum is wrong, and nothing twice from one place', () => {
    const wrong = line('a').replace('echo', 'eccho');
    expect(idsIn(Buffer.from(wrong))).toEqual([]);
    expect(idsIn(Buffer.from(wrong + line('b')))).toEqual(['b']);
  });

  it('is not misled by a record inside the text of another', () => {
    expect(idsIn(Buffer.from(`x${line('outer', line('inner'))}`))).toEqual(['outer']);
  });

  it('reads the id and the time of what is ours, and of nothing else', () => {
    expect(traceOf(Buffer.from(line('a').slice(0, -30)))).toMatchObject({ id: 'a' });
    expect(traceOf(Buffer.from('{"ts":1769000000,"id":"theirs"}'))).toBeNull();
  });
});
