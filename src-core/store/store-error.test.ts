import { describe, expect, it } from 'vitest';
import { StoreError, toStoreError } from './store-error.ts';

const kindOf = (error: unknown) => toStoreError(error).kind;

describe('toStoreError', () => {
  it.each([
    [5, 'SQLITE_BUSY', 'busy'],
    [517, 'SQLITE_BUSY_SNAPSHOT', 'busy'],
    [6, 'SQLITE_LOCKED', 'busy'],
    [1032, 'SQLITE_READONLY_DBMOVED', 'readonly'],
    [266, 'SQLITE_IOERR_READ', 'unreachable'],
    [11, 'SQLITE_CORRUPT', 'corrupt'],
    [13, 'SQLITE_FULL', 'full'],
    [14, 'SQLITE_CANTOPEN', 'unreachable'],
    [26, 'SQLITE_NOTADB', 'corrupt'],
    [2067, 'SQLITE_CONSTRAINT_UNIQUE', 'other'],
  ])('reads %i and %s as %s, whichever library threw it', (errcode, code, kind) => {
    expect(kindOf(Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode }))).toBe(kind);
    expect(kindOf(Object.assign(new Error('x'), { code }))).toBe(kind);
  });

  it.each([
    ['ENOSPC', 'full'],
    ['EROFS', 'readonly'],
    ['ENOTDIR', 'unreachable'],
    ['EWHATEVER', 'other'],
  ])("reads the system's %s as %s", (code, kind) => {
    expect(kindOf(Object.assign(new Error('x'), { code }))).toBe(kind);
  });

  it('keeps the message and the cause, and an error of ours as it is', () => {
    const cause = new Error('database is locked');
    expect(toStoreError(cause)).toMatchObject({ message: 'database is locked', cause });
    const own = new StoreError('newer', 'x');
    expect(toStoreError(own)).toBe(own);
    expect(toStoreError('thrown text')).toMatchObject({ kind: 'other', message: 'thrown text' });
  });
});
