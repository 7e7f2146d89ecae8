/** Whether the machine runs on mains power, as far as that can be known. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINUX_FOLDER = '/sys/class/power_supply';

/** True, false, or null where the system does not tell. Never throws. */
export function isOnMains(
  platform: NodeJS.Platform,
  folder: string = LINUX_FOLDER,
): boolean | null {
  try {
    if (platform === 'darwin')
      return execFileSync('/usr/bin/pmset', ['-g', 'batt'], {
        encoding: 'utf8',
        timeout: 2000,
      }).includes("'AC Power'");
    return platform === 'linux' ? isOnMainsIn(folder) : null;
  } catch {
    // Not knowing keeps nothing from being done.
    return null;
  }
}

function isOnMainsIn(folder: string): boolean | null {
  if (!existsSync(folder)) return null;
  const supplies = readdirSync(folder).map((name) => join(folder, name));
  const read = (supply: string, name: string): string =>
    readFileSync(join(supply, name), 'utf8').trim();
  const mains = supplies.filter((supply) => ['Mains', 'USB'].includes(read(supply, 'type')));
  if (mains.length === 0) return supplies.length === 0 ? true : null;
  return mains.some((supply) => read(supply, 'online') === '1');
}
