import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLineReader } from '../../../src-main/transcripts/lines.ts';
import { readTranscript } from '../../../src-main/transcripts/read-file.ts';
import type { FuzzTarget } from '../target.ts';

const TREES = join(import.meta.dirname, '..', '..', 'fixtures', 'transcripts');
const SESSION = '8f02f044-711f-4043-a0dd-c64620db6969';
const FILE = { path: `${SESSION}.jsonl`, sessionId: SESSION, agentId: null };
const lines = createLineReader();
let folder: string | null = null;

function recorded(): Buffer[] {
  return readdirSync(TREES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .map((path) => readFileSync(join(TREES, path)))
    .filter(({ length }) => length < 400_000);
}

/** Reads to the end from somewhere; gives what was told and how far it went. */
function readFrom(projects: string, from: number): { told: string[]; readTo: number } {
  const place = { from, countFrom: from, promptId: null, project: null };
  const reading = readTranscript({ projects, file: FILE, lines, ...place });
  const told: string[] = [];
  for (let next = reading.told.next(); !next.done; next = reading.told.next())
    if (next.value !== null) told.push(JSON.stringify(next.value));
  return { told, readTo: reading.progress().readTo };
}

/** A transcript: read to the same place with the same result each time, never beyond its end. */
export const transcriptTarget: FuzzTarget = {
  name: 'transcript',
  corpus: recorded(),
  runs: 250,
  check: (bytes) => {
    folder ??= mkdtempSync(join(tmpdir(), 'hookline-fuzz-'));
    writeFileSync(join(folder, FILE.path), bytes);
    const first = readFrom(folder, 0);
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (first.readTo !== end)
      throw new Error(`read to ${first.readTo}, complete lines end at ${end}`);
    if (readFrom(folder, 0).told.join() !== first.told.join())
      throw new Error('a second reading tells other things');
    if (readFrom(folder, end).told.length > 0) throw new Error('there is something behind the end');
  },
};
