/** What figures with windows need of this machine. */
import { DESKTOP_PROGRAMS, installCommand } from '../debian-packages.ts';
import { type Desktop, startDesktop } from '../desktop.ts';
import { findMissingPrograms } from '../electron-runtime/prerequisites.ts';
import type { Runtime } from '../electron-runtime/runtime.ts';
import { findRuntime } from '../electron-runtime.ts';
import { type BenchContext, type BenchRow, unmeasured } from './section.ts';

const PROGRAMS = [
  'Xvfb',
  'dbus-daemon',
  'dbus-monitor',
  'openbox',
  'xfce4-panel',
  'xdotool',
] as const;

/** A desktop to open windows on and the Electron to open them with. */
export interface WindowMeans {
  readonly desktop: Desktop;
  readonly runtime: Runtime;
}

/** Measures with windows on a virtual desktop of its own, or says in a row why that cannot be. */
export async function withWindows(
  { say }: BenchContext,
  work: (means: WindowMeans) => Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  const obstacle = findObstacle();
  if (obstacle !== null) return [unmeasured('all of it', obstacle)];
  const search = await findRuntime(say);
  if (search.kind === 'missing') return [unmeasured('all of it', search.reason)];
  const desktop = await startDesktop();
  try {
    return await work({ desktop, runtime: search.runtime });
  } finally {
    await desktop.stop();
  }
}

function findObstacle(): string | null {
  if (process.platform !== 'linux') return 'it is taken on a virtual X11 desktop, so on Linux only';
  const missing = findMissingPrograms(PROGRAMS, process.env.PATH ?? '');
  if (missing.length === 0) return null;
  return `there is no ${missing.join(', ')}; on Debian: ${installCommand(DESKTOP_PROGRAMS)}`;
}
