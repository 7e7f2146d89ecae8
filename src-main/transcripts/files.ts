/** Which transcripts lie in a root: each session's own, and those of its subagents. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf } from '../../src-core/base/json.ts';
import { shortTextOf } from '../../src-core/transcript/wire.ts';

/** One transcript. */
export interface TranscriptFile {
  /** From the folder of projects on. */
  readonly path: string;
  readonly sessionId: string;
  /** Null for the session's own. */
  readonly agentId: string | null;
}

const ENDING = '.jsonl';
const AGENT = /^agent-(.+)\.jsonl$/;

/** All transcripts below a folder of projects, sessions' own ones first; none where there is no such folder. */
export function listTranscripts(projects: string): readonly TranscriptFile[] {
  const found = listProjectFolders(projects).flatMap((name) => transcriptsOf(projects, name));
  return found.sort((a, b) => Number(a.agentId !== null) - Number(b.agentId !== null));
}

/** Names of the folders in which the transcripts of one project lie. */
export function listProjectFolders(projects: string): readonly string[] {
  return entriesOf(projects)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function transcriptsOf(projects: string, folder: string): TranscriptFile[] {
  return entriesOf(join(projects, folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return agentsOf(projects, path, entry.name);
    if (!entry.isFile() || !entry.name.endsWith(ENDING)) return [];
    // Older clients kept agents beside their session, whose id stands in the lines alone.
    const agentId = AGENT.exec(entry.name)?.[1] ?? null;
    return [{ path, sessionId: entry.name.slice(0, -ENDING.length), agentId }];
  });
}

/** Subagents' transcripts lie in the folder of their session, those of workflows one level deeper. */
function agentsOf(projects: string, session: string, sessionId: string): TranscriptFile[] {
  const found: TranscriptFile[] = [];
  const look = (folder: string, depth: number): void => {
    for (const entry of entriesOf(join(projects, folder))) {
      const path = join(folder, entry.name);
      const agentId = AGENT.exec(entry.name)?.[1];
      if (entry.isDirectory() && depth > 0) look(path, depth - 1);
      else if (entry.isFile() && agentId !== undefined) found.push({ path, sessionId, agentId });
    }
  };
  look(join(session, 'subagents'), 2);
  return found;
}

/** What an agent is, as the file beside its transcript says; null where none does. */
export function readAgentType(transcript: string): string | null {
  try {
    const text = readFileSync(`${transcript.slice(0, -ENDING.length)}.meta.json`, 'utf8');
    return shortTextOf(objectOf(JSON.parse(text)).agentType);
  } catch {
    // Older clients write none; the lines themselves may name the type.
    return null;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It is not there, or went while we looked.
    return [];
  }
}
