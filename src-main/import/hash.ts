/**
 * Texts as numbers, so that a million traces fit into memory and compare fast. 52 bits: among a
 * million texts two are taken for one with a chance of one in ten thousand.
 */

/** The text's number; never 0, which stands for "not known". */
export function hashText(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = mix(high) ^ mix(low ^ 0x68e31da4);
  low = mix(low) ^ mix(high ^ 0x1b56c4e9);
  return ((high >>> 0) & 0xfffff) * 0x1_0000_0000 + (low >>> 0) || 1;
}

/** The last step of MurmurHash3: every bit of the input reaches every bit of the result. */
function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
