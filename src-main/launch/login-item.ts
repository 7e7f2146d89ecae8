/** How the system starts the app at login: what every system's way of it has in common. */

/** The program that is started. */
export interface LoginProgram {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
}

/** Tells a start by the system from one by a person, who wants to see a window. */
export const AT_LOGIN = '--at-login';

/** How the registration stands, as the system itself says. */
export interface LoginState {
  readonly means: 'launchd' | 'systemd' | 'autostart';
  /** The file that registers the app. */
  readonly file: string;
  /**
   * `stale` starts another program than this one; `disabled` was switched off by the user outside
   * of the app; `next-login` is in place, and the system has not read it yet.
   */
  readonly state: 'absent' | 'ready' | 'running' | 'next-login' | 'stale' | 'disabled';
  /** What is started; null where nothing is. */
  readonly program: string | null;
  /** More to say, in words; null where there is not. */
  readonly detail: string | null;
}

/** What became of a registration. */
export type LoginOutcome =
  | { readonly kind: 'registered' | 'unchanged' | 'removed' | 'absent' }
  /** Done, as far as it can be now; the rest comes about at the next login. */
  | { readonly kind: 'next-login'; readonly reason: string }
  /** Left alone: the user has switched it off in the system's own settings. */
  | { readonly kind: 'disabled'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** The app's registration with the system. None of these rejects. */
export interface LoginItem {
  /** The file that registering would make, for a plan. */
  plannedFile(): Promise<string>;
  read(): Promise<LoginState>;
  /** Registers the program; `isAsked` overrides that the user once switched it off elsewhere. */
  register(options: { readonly isAsked: boolean }): Promise<LoginOutcome>;
  remove(): Promise<LoginOutcome>;
}

/** Why a program at this path is not there at the next login; null if it will be. */
export function placeObstacle(path: string): string | null {
  if (path.includes('/AppTranslocation/'))
    return 'macOS runs the app from a temporary place; move it to the Applications folder first';
  if (path.startsWith('/Volumes/'))
    return 'the app runs from a disk image; move it to the Applications folder first';
  return null;
}
