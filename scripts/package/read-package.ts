/** What a made package holds. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { extractAll } from '@electron/asar';
import type { PackedFile } from './package-rules.ts';

/** The app's files in a package's resources folder; `scratch` is an empty folder to unpack into. */
export function readPackedFiles(resources: string, scratch: string): readonly PackedFile[] {
  const archive = join(resources, 'app.asar');
  const beside = new Set(filesBelow(`${archive}.unpacked`).map(({ path }) => path));
  extractAll(archive, scratch);
  // The archive lists what lies beside it as well.
  return filesBelow(scratch).map((file) => ({ ...file, isUnpacked: beside.has(file.path) }));
}

/** Bytes of all files below a folder. */
export function bytesBelow(folder: string): number {
  return filesBelow(folder).reduce((sum, { bytes }) => sum + bytes, 0);
}

function filesBelow(folder: string): { path: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file).split(sep).join('/');
      return { path, bytes: statSync(file).size };
    });
}
