/**
 * A process that takes the lock of a home, says `held` or `refused`, and lets go (and ends) when
 * its stdin is closed. Killed, it leaves what a crash leaves. Given a time to wait, it says
 * `waiting` first.
 */
import { createPaths } from '../../src-core/files/paths.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { nodeSqlite } from '../../src-core/store/node-sqlite.ts';

const [home = '', kind, wait = '0'] = process.argv.slice(2);
const open = kind === 'alone' ? null : nodeSqlite();
const waitMs = Number(wait);
if (waitMs > 0) process.stdout.write('waiting\n');
const lock = takeLock({ paths: createPaths({ home }), open, waitMs });
const word = lock === null ? 'refused' : lock.isAfterCrash ? 'held after crash' : 'held';
process.stdout.write(`${word}\n`);
if (lock !== null) {
  process.stdin.resume();
  process.stdin.on('end', () => {
    lock.release();
    process.exit(0);
  });
}
