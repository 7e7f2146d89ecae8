/**
 * Checksums of records: the first eight bytes of SHA-256 over the canonical record (its members
 * sorted by name, compact JSON, without `sum` itself), as hex. They tell a damaged line from a true
 * one, whoever re-ordered or re-spaced it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { JsonRecord } from '../event/record.ts';

/** SHA-256 of a text, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A keyed hash (HMAC-SHA-256, hex) under a key of ours. */
export function keyedHash(key: Uint8Array): (text: string) => string {
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}

/** The record's sum, sixteen hex digits. */
export function sumOf(record: Readonly<Record<string, unknown>>): string {
  return sha256(canonical(record)).slice(0, 16);
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

/** The record as one line of JSONL, sum and line end included. */
export function lineOf(record: JsonRecord): string {
  return `${JSON.stringify({ ...record, sum: sumOf(record) })}\n`;
}

function canonical(record: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(record)
    .filter((name) => name !== 'sum')
    .sort();
  return JSON.stringify(names.map((name) => [name, canonicalValue(record[name])]));
}

function canonicalValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, member]) => [name, canonicalValue(member)]);
}
