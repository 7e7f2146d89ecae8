/** Inputs made of good ones by what disks, editors, other programs and ill will do to them. */
import fc from 'fast-check';

/** What parsers stumble over. */
const PIECES: readonly string[] = [
  ...[
    '\0',
    '\n',
    '\r\n',
    '\u2028',
    '\ufeff',
    '\u001b[31m',
    '\\',
    '"',
    '}',
    '{',
    ']',
    '[',
    ',',
    ':',
  ],
  ...['null', 'true', '-0', '1e999', '9007199254740993', '0x10', '""', '{}', '[]'],
  ...['"__proto__"', '"constructor"', '"toString"', '"sum"', '"id"', '\\ud800', '\\u0000'],
  ...['../', '/etc/passwd', '$(id)', '`id`', '=HYPERLINK("x")', '<script>', '%00'],
];

type Change = (bytes: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Buffer, share: number): number => Math.floor(share * bytes.length);
const joined = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ where: place, bit: fc.nat(7) }).map(
    ({ where, bit }): Change =>
      (bytes) => {
        const changed = Buffer.from(bytes);
        const index = at(bytes, where);
        if (index < changed.length) changed[index] = (changed[index] ?? 0) ^ (1 << bit);
        return changed;
      },
  ),
  place.map(
    (where): Change =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  place.map(
    (where): Change =>
      (bytes) =>
        bytes.subarray(at(bytes, where)),
  ),
  fc.record({ from: place, to: place }).map(
    ({ from, to }): Change =>
      (bytes) => {
        const [start, end] = [at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))];
        return joined(bytes.subarray(0, start), bytes.subarray(end));
      },
  ),
  fc.record({ from: place, to: place, where: place }).map(
    ({ from, to, where }): Change =>
      (bytes) => {
        const piece = bytes.subarray(at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to)));
        const index = at(bytes, where);
        return joined(bytes.subarray(0, index), piece, bytes.subarray(index));
      },
  ),
  fc.record({ piece: fc.constantFrom(...PIECES), where: place }).map(
    ({ piece, where }): Change =>
      (bytes) => {
        const index = at(bytes, where);
        return joined(bytes.subarray(0, index), Buffer.from(piece), bytes.subarray(index));
      },
  ),
  fc.record({ depth: fc.integer({ min: 10, max: 20_000 }), where: place }).map(
    ({ depth, where }): Change =>
      (bytes) => {
        const index = at(bytes, where);
        const nest = Buffer.from('['.repeat(depth) + ']'.repeat(depth));
        return joined(bytes.subarray(0, index), nest, bytes.subarray(index));
      },
  ),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).chain((noise) =>
    place.map(
      (where): Change =>
        (bytes) => {
          const index = at(bytes, where);
          return joined(bytes.subarray(0, index), noise, bytes.subarray(index));
        },
    ),
  ),
);

/** One of the inputs, changed up to eight times; now and then as it is. */
export function mutated(corpus: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .record({ seed: fc.constantFrom(...corpus), changes: fc.array(change, { maxLength: 8 }) })
    .map(({ seed, changes }) => changes.reduce((bytes, apply) => apply(bytes), seed));
}
