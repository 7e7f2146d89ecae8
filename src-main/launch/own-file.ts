/** Files that we put into folders of the system, and the folders that had to be made for them. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import { foldersBetween, removeEmptyFolders } from '../install/folders.ts';

/** Makes folders and remembers which were not there, so that they go again. */
export interface OwnFolders {
  /** Makes a folder where there is none. @throws what the disk says */
  make(folder: string): void;
  /** Writes a file whole, 0600, with the folder it needs. @throws what the disk says */
  write(file: string, text: string): void;
  /** Removes those that were made here and are empty; forgets the others. */
  removeMade(): void;
}

const Made = v.array(v.string());

/** Builds it over the file in which it is remembered. */
export function createOwnFolders(record: string): OwnFolders {
  const make = (folder: string): void => {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    const made = [...new Set([...readMade(record), ...foldersBetween(first, folder)])];
    mkdirSync(dirname(record), { recursive: true, mode: 0o700 });
    writeFileSync(record, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  };
  return {
    make,
    write: (file, text) => {
      make(dirname(file));
      writeFileSync(file, text, { mode: 0o600 });
    },
    removeMade: () => {
      if (!existsSync(record)) return;
      removeEmptyFolders(readMade(record));
      rmSync(record, { force: true });
    },
  };
}

/** The bytes of a file; null where there is none that can be read. */
export function bytesIn(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function readMade(record: string): readonly string[] {
  try {
    const result = v.safeParse(Made, JSON.parse(readFileSync(record, 'utf8')));
    return result.success ? result.output : [];
  } catch {
    // Nothing was made, or nobody knows: then the folders stay.
    return [];
  }
}
