/** One app at a time: the second start shows the first one's window and ends. */

import { AT_LOGIN } from '../launch/login-item.ts';

/** As much of `app` as the claim needs. */
export interface InstanceApp {
  requestSingleInstanceLock(): boolean;
  on(
    event: 'second-instance' | 'activate',
    listener: (event: unknown, detail?: unknown) => void,
  ): unknown;
  exit(code: number): void;
}

/**
 * Claims to be the one instance; call it before anything else touches a file. When another instance
 * runs already, this one is told to exit with 0 and the result is false: the caller must do nothing
 * more. Else `onWanted` is called whenever the user starts the app once more; a start by the system,
 * as when it takes over the registration for the login, shows nothing.
 */
export function claimSingleInstance(app: InstanceApp, onWanted: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return false;
  }
  app.on('second-instance', (_event, argv) => {
    if (!(Array.isArray(argv) && argv.includes(AT_LOGIN))) onWanted();
  });
  // macOS starts no second process but tells the running one.
  app.on('activate', () => onWanted());
  return true;
}
