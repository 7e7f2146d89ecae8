/** Reads a bundle line by line, whoever made it, and believes nothing of it before its end. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';
import { MAX_PAYLOAD_BYTES } from '../../src-core/base/limits.ts';
import {
  BUNDLE_VERSION,
  BundleEnd,
  BundleHeader,
  BundleLine,
  createCounts,
} from './bundle-format.ts';

/** Bounds of what is unpacked, bytes. */
export interface BundleLimits {
  readonly line: number;
  readonly whole: number;
}

/** Far beyond what a record of years holds, and soon reached by a file made to fill a disk. */
export const BUNDLE_LIMITS: BundleLimits = { line: MAX_PAYLOAD_BYTES, whole: 64 * 1024 ** 3 };

/** Why a bundle is refused, for people. */
export class BundleError extends Error {}

/**
 * The lines between the first and the last. What was yielded is right only once the generator has
 * ended: whoever changes anything reads it to its end before.
 * @throws BundleError for what is no whole bundle, and the system's error
 */
export async function* readBundle(
  file: string,
  limits: BundleLimits = BUNDLE_LIMITS,
): AsyncGenerator<BundleLine> {
  const hash = createHash('sha256');
  const { counts, add } = createCounts();
  let header: BundleHeader | null = null;
  let end: BundleEnd | null = null;
  for await (const line of linesOf(file, limits)) {
    if (end !== null) throw new BundleError('something stands behind its end');
    const value = parse(line);
    if (header === null) {
      header = headerOf(value);
      hash.update(line).update('\n');
      continue;
    }
    end = endOf(value);
    if (end !== null) continue;
    hash.update(line).update('\n');
    const result = v.safeParse(BundleLine, value);
    if (!result.success) throw new BundleError('a line is none of a bundle');
    add(result.output.kind);
    yield result.output;
  }
  if (end === null) throw new BundleError('it is cut off');
  if (end.sum !== hash.digest('hex')) throw new BundleError('its sum does not fit');
  if (!isSame(end.counts, counts)) throw new BundleError('it does not hold what it says');
}

function isSame(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (cause) {
    throw new BundleError('a line is no JSON', { cause });
  }
}

function headerOf(value: unknown): BundleHeader {
  const result = v.safeParse(BundleHeader, value);
  if (!result.success) throw new BundleError('it is no bundle of Hookline');
  if (result.output.hookline_bundle > BUNDLE_VERSION)
    throw new BundleError('a later version of Hookline made it; update Hookline');
  return result.output;
}

function endOf(value: unknown): BundleEnd | null {
  const result = v.safeParse(BundleEnd, value);
  return result.success ? result.output : null;
}

async function* linesOf(file: string, limits: BundleLimits): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.once('error', (error) => unpacked.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  let total = 0;
  try {
    for await (const chunk of source.pipe(unpacked) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > limits.whole) throw new BundleError('it is larger than any record');
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let begin = 0;
      for (let at = data.indexOf(0x0a); at >= 0; at = data.indexOf(0x0a, begin)) {
        yield data.subarray(begin, at);
        begin = at + 1;
      }
      rest = Buffer.from(data.subarray(begin));
      if (rest.length > limits.line) throw new BundleError('a line is longer than any record');
    }
  } catch (error) {
    // Zlib's own complaints: what is packed is damaged, or nothing is.
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true)
      throw new BundleError('it is damaged, or no bundle', { cause: error });
    throw error;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
  if (rest.length > 0) throw new BundleError('it is cut off');
}
