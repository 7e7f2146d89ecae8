/** Places on the screen, as the X server knows them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A rectangle on the screen, in pixels from its upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Reads the windows of `xdotool getwindowgeometry --shell`, in their order. */
export function parseGeometries(printed: string): Rectangle[] {
  const windows = printed.matchAll(/^X=(-?\d+)\nY=(-?\d+)\nWIDTH=(\d+)\nHEIGHT=(\d+)$/gm);
  return [...windows].map(([, x, y, width, height]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}

/**
 * The visible windows of a process. Electron's own getBounds() is no witness: after a window is
 * shown it says 0,0 about every third time on X11, while the window is where it belongs.
 */
export async function readWindows(pid: number, env: NodeJS.ProcessEnv): Promise<Rectangle[]> {
  const query = ['search', '--all', '--onlyvisible', '--pid', String(pid), '--class', '.*'];
  const found = await run('xdotool', [...query, 'getwindowgeometry', '--shell', '%@'], {
    env,
  }).catch(() => undefined);
  return found ? parseGeometries(found.stdout) : [];
}
