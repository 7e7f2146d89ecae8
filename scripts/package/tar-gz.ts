/** A packed folder as a tar.gz, made by the system's own tar. */
import { execFileSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';

/**
 * Archives `folder` beside itself under one top folder named as the archive, owned by nobody in
 * particular; returns the archive's path.
 * @throws when tar fails
 */
export function makeTarGz(folder: string, name: string): string {
  const archive = join(dirname(folder), `${name}.tar.gz`);
  execFileSync('tar', [
    '--create',
    '--gzip',
    `--file=${archive}`,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--transform=s,^${basename(folder)},${name},`,
    `--directory=${dirname(folder)}`,
    basename(folder),
  ]);
  return archive;
}
