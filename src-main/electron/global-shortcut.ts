/** The keys that open the glance from everywhere, as the settings name them. */
import type { Logger } from '../../src-core/base/logger.ts';

/** As much of Electron's `globalShortcut` as is used. */
export interface ShortcutKeys {
  register(keys: string, pressed: () => void): boolean;
  unregister(keys: string): void;
}

const FROM = 'shortcut';

/** Follows the setting: each call with other keys lets go of the ones before. Never throws. */
export function createShortcut(
  keys: ShortcutKeys,
  pressed: () => void,
  log: Logger,
): (wanted: string | null) => void {
  let held: string | null = null;
  return (wanted) => {
    if (wanted === held) return;
    if (held !== null) keys.unregister(held);
    held = wanted;
    if (wanted === null) return;
    try {
      if (keys.register(wanted, pressed)) return;
      log.warn(FROM, `another program has the keys ${wanted}`);
    } catch (error) {
      log.warn(FROM, `the system does not know the keys ${wanted}`, error);
    }
  };
}
