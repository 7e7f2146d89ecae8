import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(
  join(import.meta.dirname, '..', '..', 'src-renderer', 'styles', 'tokens.css'),
  'utf8',
);
const PAIR = /--([\w-]+): light-dark\(\s*(#\w{6}|rgb\([^)]*\)),\s*(#\w{6}|rgb\([^)]*\))\s*\)/g;
const [usual = '', more = ''] = CSS.split('@media (prefers-contrast: more)');

type Theme = ReadonlyMap<string, string>;

function theme(side: 1 | 2, ...sources: string[]): Theme {
  const pairs = sources.flatMap((source) => [...source.matchAll(PAIR)]);
  return new Map(pairs.map((pair) => [pair[1] === undefined ? '' : pair[1], pair[side + 1] ?? '']));
}

const themes: readonly (readonly [string, Theme])[] = [
  ['light', theme(1, usual)],
  ['dark', theme(2, usual)],
  ['light, more contrast', theme(1, usual, more)],
  ['dark, more contrast', theme(2, usual, more)],
];

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Token, the surfaces it stands on in these pages, and the least ratio. */
const RULES: readonly (readonly [string, readonly string[], number])[] = [
  [
    'text',
    [
      'card',
      'window',
      'sidebar',
      'popover-solid',
      'selected',
      'open',
      'yours-soft',
      'wrong-soft',
      'added',
    ],
    4.5,
  ],
  ['text-2', ['card', 'window', 'sidebar', 'popover-solid', 'well', 'open'], 4.5],
  ['text-3', ['card', 'window', 'sidebar', 'popover-solid', 'open'], 4.5],
  ['on-accent', ['accent'], 4.5],
  ['wrong', ['card', 'popover-solid', 'open', 'wrong-soft'], 4.5],
  ['fine', ['card', 'popover-solid', 'open', 'added'], 3],
  ['yours', ['card', 'sidebar', 'popover-solid', 'yours-soft'], 3],
  ['stopped', ['card', 'popover-solid', 'open'], 3],
  ['unknown', ['card', 'popover-solid', 'open'], 3],
  ['accent', ['card', 'selected'], 3],
  ['focus', ['card', 'window', 'sidebar', 'popover-solid', 'open'], 3],
  ['fine-fill', ['card', 'popover-solid'], 3],
  ['wrong-fill', ['card', 'popover-solid'], 3],
];

describe.each(themes)('contrast in %s', (_name, colours) => {
  it.each(RULES)('of %s on %j is at least %d', (token, surfaces, least) => {
    const low = surfaces
      .map((surface) => [surface, ratio(colours.get(token) ?? '', colours.get(surface) ?? '')])
      .filter(([, value]) => !(Number(value) >= least));
    expect(low).toEqual([]);
  });
});
