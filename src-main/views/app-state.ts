/** What the app needs beside its windows: for the icon, its title, and what is worth a notification. */
import { statfsSync } from 'node:fs';
import type { Settings } from '../../src-core/contract/settings.ts';
import type { HealthLine, RecordSegment } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import type { Zone } from '../stats/zone.ts';
import { type CallTotals, callTotals } from './measures.ts';
import { liveSessions } from './sessions.ts';

/** The state as one value; plain data, because it crosses threads. */
export interface AppState {
  readonly now: number;
  readonly health: HealthLine;
  readonly isPaused: boolean;
  readonly settings: Settings;
  /** Calls of today; null before the first event. */
  readonly today: CallTotals | null;
  /** Projects of the sessions that wait for the user. */
  readonly waitingFor: readonly string[];
  /** Room on the disk that holds the record, in bytes; null where that is not known. */
  readonly freeBytes: number | null;
}

/** What the state is read from. */
export interface AppStateInput {
  readonly paths: Paths;
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly health: HealthLine;
  readonly breaks: readonly RecordSegment[];
  readonly clients: ReadonlySet<string>;
}

/** Reads the state; a few milliseconds, whatever the record's size. */
export function appState(input: AppStateInput): AppState {
  const { paths, db, zone, now, health, breaks, clients } = input;
  const today = { fromAt: zone.startOfDay(now), toAt: now + 1 };
  const waiting =
    db === null ? [] : liveSessions(db, now, clients).filter(({ state }) => state === 'waiting');
  return {
    now,
    health,
    isPaused: breaks.some(({ kind, toAt }) => kind === 'paused' && toAt > now),
    settings: readSettings(paths.settings).settings,
    today: db === null ? null : callTotals(db, today),
    waitingFor: waiting.map(({ project }) => project ?? 'a session'),
    freeBytes: freeBytes(paths.own),
  };
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // Before install there is no such folder, and nothing that needs room.
    return null;
  }
}
