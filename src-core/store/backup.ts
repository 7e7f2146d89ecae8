/** Copies a live database whole, whoever writes into it meanwhile. */
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { makePrivateFile } from '../files/private-file.ts';
import type { OpenSqlite, ReadableDb } from './driver.ts';
import { quickCheck } from './integrity.ts';
import { StoreError, toStoreError } from './store-error.ts';

/**
 * Writes the database as it is at this moment, foreign tables and all, into a new file of mode
 * 0600. SQLite copies it in one read transaction, so that a reader sees one state and writers need
 * not wait; copying the file itself would tear it. The copy is checked before it gets its name.
 * @throws StoreError when there is a file of that name, or the copy cannot be made whole
 */
export function backUpStore(db: ReadableDb, target: string, open: OpenSqlite): void {
  if (existsSync(target)) throw new StoreError('other', `${target} is there already`);
  const draft = `${target}.part`;
  rmSync(draft, { force: true });
  try {
    makePrivateFile(draft);
    db.prepare('VACUUM INTO ?').run(draft);
    chmodSync(draft, 0o600);
    checkCopy(draft, open);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw toStoreError(error);
  }
}

function checkCopy(path: string, open: OpenSqlite): void {
  const copy = open(path, { readonly: true }) as ReadableDb;
  try {
    const [complaint] = quickCheck(copy);
    if (complaint !== undefined)
      throw new StoreError('corrupt', `the copy is damaged: ${complaint}`);
  } finally {
    copy.close();
  }
}
