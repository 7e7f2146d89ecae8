/** Whether Claude works and the hook says nothing of it: its transcripts grow, and no event comes. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { numberOf, objectOf, textOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { isAlive } from '../../src-core/lock/lock.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { readInstallRecord } from '../install/install-record.ts';
import { shortPath } from './short-path.ts';

/** A transcript may be so far ahead of the last event: one long answer, or a tool that waits. */
const SILENT_MS = 10 * 60_000;

/** A session that goes on without us. */
export interface Silence {
  /** Where it works, as a person writes it. */
  readonly folder: string;
  /** The last event before it fell silent; null where there never was one. */
  readonly sinceAt: number | null;
}

/**
 * The session whose transcript has grown longest past the last event; null where none has. Sessions
 * begun before the hook was installed, and those in excluded folders, have no voice.
 */
export function findSilence(paths: Paths, lastEventAt: number | null): Silence | null {
  if (existsSync(paths.pauseMarker)) return null;
  const installedAt = readInstallRecord(paths.installRecord)?.installedAt;
  if (installedAt === undefined) return null;
  const isExcluded = createExclusion(readSettings(paths.settings).settings.excludedFolders);
  const from = Math.max(lastEventAt ?? 0, installedAt);
  const silent = runningSessions(paths)
    .filter(({ startedAt, cwd }) => startedAt > installedAt && !isExcluded(cwd, cwd))
    .map(({ cwd, transcript }) => ({ cwd, grownAt: grownAt(transcript) }))
    .filter((session) => session.grownAt - from > SILENT_MS)
    .sort((a, b) => b.grownAt - a.grownAt)[0];
  return silent === undefined
    ? null
    : { folder: shortPath(silent.cwd, paths.home), sinceAt: lastEventAt };
}

interface RunningSession {
  readonly cwd: string;
  readonly startedAt: number;
  readonly transcript: string;
}

/** What each client that runs says of itself. */
function runningSessions(paths: Paths): readonly RunningSession[] {
  const folder = join(paths.claude, 'sessions');
  return namesIn(folder).flatMap((name) => {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0);
    if (!isAlive(pid)) return [];
    const client = jsonIn(join(folder, name));
    const cwd = textOf(client.cwd);
    const id = textOf(client.sessionId);
    const startedAt = numberOf(client.startedAt);
    if (cwd === null || id === null || startedAt === null) return [];
    const transcript = join(paths.projects, cwd.replace(/[^A-Za-z0-9]/g, '-'), `${id}.jsonl`);
    return [{ cwd, startedAt, transcript }];
  });
}

function grownAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A client that keeps no such folder, or none that ever ran.
    return [];
  }
}

function jsonIn(path: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // It ends, or writes, in this moment.
    return {};
  }
}
