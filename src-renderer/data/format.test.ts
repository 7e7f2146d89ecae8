import { describe, expect, it } from 'vitest';
import { createFormat, type Format, partsText } from './format.ts';

const NARROW = '\u202f';
const plain = (text: string): string => text.replaceAll(NARROW, ' ');
const format: Format = createFormat('en-GB', 'UTC');
const at = (text: string): number => Date.parse(`${text}Z`);

describe('counts and shares', () => {
  it('write every digit of a count and a dash for an unknown one', () => {
    expect(format.count(41_543)).toBe('41,543');
    expect(format.count(0)).toBe('0');
    expect(format.count(null)).toBe('–');
  });

  it('never round a share up to all nor down to none', () => {
    expect(format.percent(0.9645)).toBe('96.5%');
    expect(format.percent(1)).toBe('100.0%');
    expect(format.percent(0.99999)).toBe('99.9%');
    expect(format.percent(0)).toBe('0.0%');
    expect(format.percent(0.00001)).toBe('<0.1%');
    expect(format.percent(null)).toBe('–');
  });

  it('keep the unit of a share apart from its digits, where the locale puts it last', () => {
    expect(format.percentParts(0.964)).toEqual([{ value: '96.4', unit: '%' }]);
    expect(createFormat('de', 'UTC').percentParts(0.964)).toEqual([
      { value: '96,4', unit: '\u00a0%' },
    ]);
    expect(createFormat('tr', 'UTC').percentParts(0.964)).toEqual([{ value: '%96,4', unit: '' }]);
  });

  it('write a difference of shares in points without a sign', () => {
    expect(plain(format.points(-0.008))).toBe('0.8 pt');
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [44, '44 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [4100, '4.1 s'],
    [9949, '9.9 s'],
    [9951, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 m 00 s'],
    [130_000, '2 m 10 s'],
    [3_599_600, '1 h 00 m'],
    [18_720_000, '5 h 12 m'],
    [474_000_000, '131 h 40 m'],
  ])('write %d ms as %s', (ms, words) => {
    expect(plain(format.duration(ms))).toBe(words);
  });

  it('write an unknown length as a dash', () => {
    expect(format.duration(null)).toBe('–');
  });

  it('run in whole units while they are running', () => {
    expect(plain(format.elapsed(4900))).toBe('4 s');
    expect(plain(format.elapsed(130_900))).toBe('2 m 10 s');
    expect(plain(format.elapsed(-20))).toBe('0 s');
  });

  it('are rough when only their size matters', () => {
    expect(plain(format.roughly(43 * 60_000 + 40_000))).toBe('43 m');
    expect(plain(format.roughly(40_000))).toBe('40 s');
    expect(plain(format.roughly(72 * 60_000))).toBe('1 h 12 m');
  });

  it('stand with a narrow space before the unit and a plain one between units', () => {
    expect(partsText(format.durationParts(130_000))).toBe(`2${NARROW}m 10${NARROW}s`);
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [9999, '9,999 B'],
    [10_000, '10.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [212_340_736, '212.3 MB'],
    [214e9, '214.0 GB'],
  ])('write %d bytes as %s', (value, words) => {
    expect(plain(format.bytes(value))).toBe(words);
  });
});

describe('ages', () => {
  const now = at('2026-11-24T14:45:00');

  it.each([
    ['2026-11-24T14:45:02', '0 s', true],
    ['2026-11-24T14:44:56', '4 s', true],
    ['2026-11-24T14:44:00.001', '59 s', true],
    ['2026-11-24T14:44:00', '1 m', true],
    ['2026-11-24T13:45:01', '59 m', true],
    ['2026-11-24T13:45:00', '13:45', false],
    ['2026-11-23T18:52:00', 'Mon 18:52', false],
    ['2026-11-18T00:01:00', 'Wed 00:01', false],
    ['2026-11-17T23:59:00', '17 Nov', false],
    ['2025-11-09T10:00:00', '9 Nov 2025', false],
  ])('of %s are %s', (moment, words, isRelative) => {
    const age = format.age(at(moment), now);
    expect({ ...age, text: plain(age.text) }).toEqual({ text: words, isRelative });
  });

  it('follow the calendar of the chosen zone, not of the machine', () => {
    const tokyo = createFormat('en-GB', 'Asia/Tokyo');
    // 23:30 on Monday in UTC is Tuesday in Tokyo.
    expect(tokyo.dayKey(at('2026-11-23T23:30:00'))).toBe('2026-11-24');
    expect(tokyo.clock(at('2026-11-23T23:30:00'))).toBe('08:30');
    expect(tokyo.moment(at('2026-11-23T16:00:00'), now)).toBe('01:00');
  });
});

describe('times', () => {
  it('are on 24 hours in every locale, because they stand in columns', () => {
    expect(createFormat('en-US', 'UTC').clock(at('2026-11-24T14:45:00'))).toBe('14:45');
    expect(createFormat('en-US', 'UTC').clock(at('2026-11-24T00:05:00'))).toBe('00:05');
  });

  it('keep the milliseconds apart so that a narrow list can leave them out', () => {
    expect(format.clockExact(at('2026-11-24T14:44:01.024'))).toEqual({
      seconds: '14:44:01',
      fraction: '.024',
    });
  });

  it('name weekdays from Monday', () => {
    expect(format.weekdays).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  });

  it('know the hour of a summer day in its zone', () => {
    expect(createFormat('en-GB', 'Europe/Berlin').hour(at('2026-07-01T22:30:00'))).toBe(0);
  });
});
