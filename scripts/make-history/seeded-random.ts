/** Chance that comes out the same for the same seed, on every machine and in every version. */

/** A stream of chance. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  chance(probability: number): boolean;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** One of the items, each as often as its weight says. */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T;
  /** Around a median, as durations and sizes are spread: half the values within `median / factor` and `median * factor`, roughly. */
  spread(median: number, factor: number): number;
  hex(digits: number): string;
  /** A random UUID, version 4. */
  uuid(): string;
}

/** Starts the stream of a seed; different seeds give unrelated streams. */
export function createRandom(seed: string): Random {
  const next = sfc32(seed);
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) {
      text += Math.floor(next() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    }
    return text.slice(0, digits);
  };
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick,
    weighted: (items, weightOf) => {
      let rest = next() * items.reduce((sum, item) => sum + weightOf(item), 0);
      const hit = items.find((item) => {
        rest -= weightOf(item);
        return rest < 0;
      });
      return hit ?? (items.at(-1) as (typeof items)[number]);
    },
    spread: (median, factor) => median * factor ** (gaussian(next) * 1.48),
    hex,
    uuid: () => {
      const digits = hex(32);
      const variant = '89ab'[integer(0, 3)];
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}

/** Box and Muller's method, cut so that no value is absurd. */
function gaussian(next: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - next()));
  return Math.max(-2.5, Math.min(2.5, radius * Math.cos(2 * Math.PI * next())));
}

/** The generator sfc32: 128 bits of state, and fast. */
function sfc32(seed: string): () => number {
  let [a, b, c, d] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 0x1_0000_0000;
  };
  // The first values still show the seed.
  for (let i = 0; i < 15; i++) next();
  return next;
}

function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    value ^= value >>> 15;
  }
  return value;
}
