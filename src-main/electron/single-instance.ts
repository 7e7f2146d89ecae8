/** One app at a time: the second start shows the first one's window and ends. */

/** As much of `app` as the claim needs. */
export interface InstanceApp {
  requestSingleInstanceLock(): boolean;
  on(event: 'second-instance' | 'activate', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Claims to be the one instance; call it before anything else touches a file. When another instance
 * runs already, this one is told to exit with 0 and the result is false: the caller must do nothing
 * more. Else `onWanted` is called whenever the user starts the app once more.
 */
export function claimSingleInstance(app: InstanceApp, onWanted: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return false;
  }
  app.on('second-instance', onWanted);
  // macOS starts no second process but tells the running one.
  app.on('activate', onWanted);
  return true;
}
