/**
 * Where the status tray is and what is in it: the items from the StatusNotifierWatcher on the
 * session bus, the place from the tray plugin's own X window. No number here depends on the
 * screen's size or the panel's layout beyond the tray being the one external plugin.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseGeometries, type Rectangle } from './geometry.ts';

const run = promisify(execFile);
const TRAY_CLASS = '^wrapper-2\\.0$';
/** An empty tray plugin is one pixel wide. */
const SMALLEST_ICON_PX = 12;

/** The items registered with the tray, or nothing while no panel shows them. */
export async function readTrayItems(env: NodeJS.ProcessEnv): Promise<string[] | undefined> {
  const answer = await run(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.kde.StatusNotifierWatcher',
      '/StatusNotifierWatcher',
      'org.freedesktop.DBus.Properties.GetAll',
      'string:org.kde.StatusNotifierWatcher',
    ],
    { env },
  ).catch(() => undefined);
  return answer && parseTrayItems(answer.stdout);
}

/** Reads dbus-send's print of the watcher's properties; nothing if no host shows the items yet. */
export function parseTrayItems(printed: string): string[] | undefined {
  if (!/IsStatusNotifierHostRegistered"\s+variant\s+boolean true/.test(printed)) return undefined;
  const list = /RegisteredStatusNotifierItems"\s+variant\s+array \[([^\]]*)\]/.exec(printed);
  return [...(list?.[1] ?? '').matchAll(/string "([^"]*)"/g)].map((match) => match[1] ?? '');
}

/** The places of the tray's icons, left to right; empty while none is drawn. */
export async function readTrayIcons(env: NodeJS.ProcessEnv): Promise<Rectangle[]> {
  const items = (await readTrayItems(env)) ?? [];
  const found = await run(
    'xdotool',
    ['search', '--onlyvisible', '--class', TRAY_CLASS, 'getwindowgeometry', '--shell', '%@'],
    { env },
  ).catch(() => undefined);
  // The tooltip of an icon has the same class; it hangs below the panel.
  const tray = found
    ? parseGeometries(found.stdout).find(({ y }) => y < SMALLEST_ICON_PX)
    : undefined;
  return tray ? splitTray(tray, items.length) : [];
}

/** Cuts the tray into equal places, one an item; empty if the tray has not grown for them yet. */
export function splitTray(tray: Rectangle, itemCount: number): Rectangle[] {
  if (itemCount === 0 || tray.width < itemCount * SMALLEST_ICON_PX) return [];
  const width = tray.width / itemCount;
  return Array.from({ length: itemCount }, (_, index) => ({
    x: Math.round(tray.x + index * width),
    y: tray.y,
    width: Math.round(width),
    height: tray.height,
  }));
}
