/** Lets the app end in order: what is open is closed first, once, and then the app goes. */
import type { Logger } from '../../src-core/base/logger.ts';

/** As much of `app` as ending needs. */
export interface QuittingApp {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
  quit(): void;
}

/**
 * Holds back the app's end until `close` has settled, and keeps the app running without windows. A
 * failing `close` is logged and ends the app all the same: nothing is left that could try again.
 */
export function closeBeforeQuit(app: QuittingApp, close: () => Promise<void>, log: Logger): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  // Without a listener Electron ends the app with its last window.
  app.on('window-all-closed', () => {});
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    close()
      .catch((error: unknown) => log.error('quit', 'closing failed', error))
      .finally(() => {
        state = 'closed';
        // Electron ignores a quit that comes while it still asks this listener, which it does until
        // the microtasks of a quick `close` have run: the app would stay for ever.
        setImmediate(() => app.quit());
      });
  });
}
