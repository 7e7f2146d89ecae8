/** Puts everything that Electron itself writes below one folder of ours. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** As much of `app` as knows paths. */
export interface PathSetter {
  setPath(name: 'userData' | 'sessionData' | 'crashDumps', path: string): void;
  setAppLogsPath(path: string): void;
}

/**
 * Moves userData, sessionData, crash dumps and logs below `folder`, which is created for the owner
 * alone. Must run before the app is ready and before the single-instance lock, which lies in
 * userData. On macOS these places follow neither `HOME` nor `CLAUDE_CONFIG_DIR` by themselves.
 * @throws when the folder cannot be made
 */
export function setElectronPaths(app: PathSetter, folder: string): void {
  const places = {
    userData: folder,
    sessionData: join(folder, 'session'),
    crashDumps: join(folder, 'crashes'),
  } as const;
  const logs = join(folder, 'logs');
  for (const place of [...Object.values(places), logs]) {
    mkdirSync(place, { recursive: true, mode: 0o700 });
  }
  app.setPath('userData', places.userData);
  app.setPath('sessionData', places.sessionData);
  app.setPath('crashDumps', places.crashDumps);
  app.setAppLogsPath(logs);
}
