/**
 * Looks again, when the app starts, at what installing recorded for the launcher: a version manager
 * may have removed a Node, and the app may have been moved.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Paths } from '../../src-core/files/paths.ts';
import type { RuntimePlaces } from './runtime-candidates.ts';
import {
  checkRuntimes,
  findRuntimes,
  type RuntimeCheck,
  type RuntimePorts,
  writeRuntimes,
} from './runtimes.ts';

const Checks = v.array(
  v.object({
    path: v.string(),
    version: v.string(),
    usable: v.boolean(),
    reason: v.nullable(v.string()),
  }),
);

/** What looking again needs. */
export interface RecheckPorts extends RuntimePorts {
  readonly places: RuntimePlaces;
  /** A file of the app; while it is there the app is. */
  readonly appFile: string;
}

/**
 * Starts each recorded runtime; where one is not usable any more, or none is recorded, looks for
 * others and records those. Returns them as they are now; nothing where the hook is not installed.
 * @throws the system's error when the record cannot be written
 */
export async function recheckHook(
  paths: Paths,
  ports: RecheckPorts,
): Promise<readonly RuntimeCheck[]> {
  if (!existsSync(paths.launcher)) return [];
  writeAppFile(paths, ports.appFile);
  let checks = await checkRuntimes(paths.runtimes, ports);
  if (checks.length === 0 || checks.some(({ usable }) => !usable)) {
    const found = await findRuntimes(ports.places, ports);
    // A record that names nothing usable is kept for the page that shows why.
    if (found.length > 0) {
      writeRuntimes(paths.runtimes, found);
      checks = found.map(({ path, version }) => ({ path, version, usable: true, reason: null }));
    }
  }
  const text = `${JSON.stringify(checks)}\n`;
  if (textIn(paths.runtimeCheck) !== text)
    writeFileSync(paths.runtimeCheck, text, { mode: 0o600, fsync: false });
  return checks;
}

/** The runtimes as they were when they were started last; empty where nobody looked. */
export function readRuntimeCheck(paths: Paths): readonly RuntimeCheck[] {
  try {
    const result = v.safeParse(Checks, JSON.parse(textIn(paths.runtimeCheck) ?? ''));
    return result.success ? result.output : [];
  } catch {
    // Damaged: the next start of the app writes it anew.
    return [];
  }
}

/**
 * Tells the launcher by which file it knows that the app is still there.
 * @throws the system's error when that cannot be written
 */
export function writeAppFile(paths: Paths, appFile: string): void {
  const text = `${appFile}\n`;
  // It is read line by line: a path of two lines would name another file.
  if (appFile.includes('\n') || textIn(paths.hookApp) === text) return;
  writeFileSync(paths.hookApp, text, { mode: 0o600 });
}

function textIn(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
