/** What went wrong with a store, as far as somebody can act on it. */
export type StoreErrorKind =
  | 'busy'
  | 'full'
  | 'corrupt'
  | 'readonly'
  | 'unreachable'
  | 'newer'
  | 'other';

/** A store that could not be opened, read or written. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;
  constructor(kind: StoreErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}

/** SQLite's primary result codes. */
const KINDS: Readonly<Record<number, StoreErrorKind>> = {
  5: 'busy',
  6: 'busy',
  8: 'readonly',
  10: 'unreachable',
  11: 'corrupt',
  13: 'full',
  14: 'unreachable',
  26: 'corrupt',
};

const NAMES: Readonly<Record<string, StoreErrorKind>> = {
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_READONLY: 'readonly',
  SQLITE_IOERR: 'unreachable',
  SQLITE_CORRUPT: 'corrupt',
  SQLITE_FULL: 'full',
  SQLITE_CANTOPEN: 'unreachable',
  SQLITE_NOTADB: 'corrupt',
};

/** The error as one of ours, whichever library threw it. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code, errcode, message } = error as {
    code?: unknown;
    errcode?: unknown;
    message?: unknown;
  };
  const text = typeof message === 'string' ? message : String(error);
  // node:sqlite gives the extended code as a number, better-sqlite3 its name.
  const byNumber = typeof errcode === 'number' ? KINDS[errcode & 0xff] : undefined;
  const name = typeof code === 'string' ? code : '';
  const byName = Object.entries(NAMES).find(([prefix]) => name.startsWith(prefix))?.[1];
  return new StoreError(byNumber ?? byName ?? kindOfSystemError(name), text, { cause: error });
}

function kindOfSystemError(code: string): StoreErrorKind {
  if (code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT') return 'full';
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'readonly';
  if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code)) return 'unreachable';
  return 'other';
}
