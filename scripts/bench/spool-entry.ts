import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';

let count = 0;

/** Puts a payload into the spool as the launcher does, without starting anything. */
export function putIntoSpool(paths: Paths, payload: string): void {
  const header = `hookline-spool 1\0bench\0/Users/dev/work/harbor-api\0cli\0`;
  const name = `${process.pid}-${count++}.event`;
  writeFileSync(join(paths.spool, name), `${header}${payload}\0hookline-end\n`, {
    flag: 'wx',
    mode: 0o600,
  });
}
