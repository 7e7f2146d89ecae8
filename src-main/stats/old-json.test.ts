import { describe, expect, it } from 'vitest';
import { Rate, roundLikePython, writeOldJson } from './old-json.ts';

describe('JSON as the old writer wrote it', () => {
  it('is indented by two spaces, has no line end at its end, and keeps empty ones on one line', () => {
    expect(writeOldJson({ a: 1, b: { c: [1, 'x'] }, d: {}, e: [], f: new Map() })).toBe(
      `{
  "a": 1,
  "b": {
    "c": [
      1,
      "x"
    ]
  },
  "d": {},
  "e": [],
  "f": {}
}`,
    );
  });

  it('gives rates a decimal point, also where they are whole, and counts none', () => {
    expect(writeOldJson([new Rate(100), new Rate(0), new Rate(66.7), 100, 0])).toBe(
      '[\n  100.0,\n  0.0,\n  66.7,\n  100,\n  0\n]',
    );
  });

  it('keeps the order of names that look like numbers', () => {
    const hours = new Map([
      ['14', 3],
      ['9', 2],
      ['21', 1],
    ]);
    expect(writeOldJson(hours)).toBe('{\n  "14": 3,\n  "9": 2,\n  "21": 1\n}');
  });

  it('escapes all that is not ASCII, in names and in values', () => {
    expect(writeOldJson({ é: 'ü "x" \n 😀\u007f' })).toBe(
      '{\n  "\\u00e9": "\\u00fc \\"x\\" \\n \\ud83d\\ude00\\u007f"\n}',
    );
  });

  it('writes null, true and false', () => {
    expect(writeOldJson([null, true, false])).toBe('[\n  null,\n  true,\n  false\n]');
  });
});

describe('rounding', () => {
  // Each line is what CPython 3.11 gives for round(value, digits).
  it.each([
    [6.25, 1, 6.2],
    [92.25, 1, 92.2],
    [0.25, 1, 0.2],
    [12.5, 0, 12],
    [0.5, 0, 0],
    [1.5, 0, 2],
    [2.5, 0, 2],
    [0.0625, 3, 0.062],
    [0.4375, 3, 0.438],
    [0.9375, 3, 0.938],
    [-6.25, 1, -6.2],
    [2.675, 2, 2.67],
    [0.35, 1, 0.3],
    [-0.35, 1, -0.3],
    [0.45, 1, 0.5],
    [1.005, 2, 1],
    [66.65, 1, 66.7],
    [33.35, 1, 33.4],
    [0.15, 1, 0.1],
    [0.05, 1, 0.1],
    [0.0005, 3, 0.001],
    [0.0015, 3, 0.002],
    [0.1235, 3, 0.123],
    [83.333_333_333_333_33, 1, 83.3],
    [99.95, 1, 100],
    [99.949_999_99, 1, 99.9],
    [100, 1, 100],
    [0, 1, 0],
  ])('of %d to %d digits gives %d as in Python', (value, digits, rounded) => {
    expect(roundLikePython(value, digits)).toBe(rounded);
  });
});
