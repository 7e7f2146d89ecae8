import { describe, expect, it } from 'vitest';
import { booleanOf, isObject, jsonBytes, numberOf, objectOf, textOf } from './json.ts';

describe('values whose shape nobody promised', () => {
  it('are absent where they do not fit', () => {
    expect([textOf(''), textOf(7), textOf(null), textOf(['a'])]).toEqual([null, null, null, null]);
    expect([numberOf('1'), numberOf(Number.NaN), numberOf(Infinity)]).toEqual([null, null, null]);
    expect([booleanOf(0), booleanOf('true'), booleanOf(false)]).toEqual([null, null, false]);
    expect([objectOf([]), objectOf(null), isObject([])]).toEqual([{}, {}, false]);
  });

  it('are themselves where they fit', () => {
    expect(textOf('a\ud800b')).toBe('a\ufffdb');
    expect([textOf('a'), numberOf(0), booleanOf(true)]).toEqual(['a', 0, true]);
    expect(objectOf({ a: 1 })).toEqual({ a: 1 });
  });
});

describe('sizes', () => {
  it('are null where there is no value, or none that can be measured', () => {
    expect(jsonBytes(undefined)).toBeNull();
    expect(jsonBytes(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toBeNull();
    expect([jsonBytes(null), jsonBytes(''), jsonBytes({ a: 'é' })]).toEqual([4, 2, 10]);
  });
});
