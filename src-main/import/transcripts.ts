/** Which sessions have a transcript: backfilled rows name but the beginning of a session's id. */
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Tells the whole id of a session; the beginning itself where none, or more than one, fits. */
export type SessionById = (prefix: string) => string;

const ID = /^([0-9a-f]{8})-[0-9a-f-]{27}\.jsonl$/;

/** Looks through the folder of transcripts; one that cannot be read has none. */
export function readSessionIds(projects: string): SessionById {
  const ids = new Map<string, string | null>();
  for (const folder of entriesOf(projects)) {
    if (!folder.isDirectory()) continue;
    for (const { name } of entriesOf(join(projects, folder.name))) {
      const prefix = ID.exec(name)?.[1];
      if (prefix !== undefined)
        ids.set(prefix, ids.has(prefix) ? null : name.slice(0, -'.jsonl'.length));
    }
  }
  return (prefix) => ids.get(prefix) ?? prefix;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Without transcripts the beginning of the id has to do.
    return [];
  }
}
