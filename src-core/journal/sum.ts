/**
 * Checksums of records: the first eight bytes of SHA-256, hex, over the record's compact JSON up to
 * its last member, which is the sum itself. So a line is verified from its bytes alone, and a line
 * that somebody re-spaced from its members in their order.
 */
import * as crypto from 'node:crypto';
import type { JsonRecord } from '../event/record.ts';

/** SHA-256 of a text or of bytes, hex. */
export function sha256(data: string | Uint8Array): string {
  // Three times as fast for a line; Node 20.10 has it not.
  return (
    crypto.hash?.('sha256', data, 'hex') ?? crypto.createHash('sha256').update(data).digest('hex')
  );
}

/** A keyed hash (HMAC-SHA-256, hex) under a key of ours. */
export function keyedHash(key: Uint8Array): (text: string) => string {
  return (text) => crypto.createHmac('sha256', key).update(text).digest('hex');
}

/** The record's sum, sixteen hex digits. */
export function sumOf(record: Readonly<Record<string, unknown>>): string {
  return sumOfBody(bodyOf(record));
}

/** True when the record carries its own right sum. Never throws, whoever wrote the record. */
export function hasRightSum(record: Readonly<Record<string, unknown>>): boolean {
  if (typeof record.sum !== 'string') return false;
  try {
    return record.sum === sumOf(record);
  } catch {
    // Nested deeper than the stack reaches; ours are two levels deep.
    return false;
  }
}

/** What stands at the end of a line of ours. */
const SUM = /^,"sum":"([0-9a-f]{16})"}$/;
const SUM_BYTES = ',"sum":"0123456789abcdef"}'.length;

/** The sum that a line's bytes (without the line end) carry, if they are as we write them and it is right. */
export function sumOfIntactLine(bytes: Buffer): string | null {
  const end = bytes.length - SUM_BYTES;
  if (end <= 0) return null;
  const sum = SUM.exec(bytes.toString('latin1', end))?.[1];
  return sum !== undefined && sumOfBody(bytes.subarray(0, end)) === sum ? sum : null;
}

/** The record as one line of JSONL, sum and line end included. */
export function lineOf(record: JsonRecord): string {
  const body = bodyOf(record);
  return `${body},"sum":"${sumOfBody(body)}"}\n`;
}

/** Sum of a record's JSON without its sum and its closing brace. */
export function sumOfBody(body: string | Uint8Array): string {
  return sha256(body).slice(0, 16);
}

/** The record's JSON without its sum and its closing brace. */
function bodyOf(record: Readonly<Record<string, unknown>>): string {
  if (!('sum' in record)) return JSON.stringify(record).slice(0, -1);
  const { sum: _, ...rest } = record;
  return JSON.stringify(rest).slice(0, -1);
}
