/** Fetches one exact npm package and refuses it unless its bytes are the pinned ones. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A package's exact version and the registry's own checksum of its tarball. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** As the registry's `dist.integrity`: `sha512-` and base64. */
  readonly integrity: string;
}

/**
 * Downloads a package through npm and unpacks it to `folder`/package, which must not exist yet.
 * @throws when the registry cannot be reached or the tarball is not the pinned one.
 */
export async function unpackPackage(pinned: PinnedPackage, folder: string): Promise<string> {
  const download = join(folder, 'download');
  mkdirSync(download, { recursive: true });
  const spec = `${pinned.name}@${pinned.version}`;
  await run('npm', ['pack', '--silent', '--pack-destination', download, spec]).catch((cause) => {
    throw new Error(`npm could not fetch ${spec}`, { cause });
  });
  const tarball = join(download, readdirSync(download)[0] ?? '');
  const integrity = await readIntegrity(tarball);
  if (integrity !== pinned.integrity) {
    throw new Error(`${spec} is not the pinned package: its checksum is ${integrity}`);
  }
  await run('tar', ['-xzf', tarball, '-C', folder]);
  rmSync(download, { recursive: true });
  return join(folder, 'package');
}

/** A file's checksum in the registry's form. */
export async function readIntegrity(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}
