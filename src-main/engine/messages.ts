/** What crosses between the app's main thread and the engine's worker thread. */
import type { Argument, CallName, Reply, Result } from '../../src-core/contract/ipc.ts';
import type { RootOptions } from '../../src-core/files/paths.ts';
import type { LoginProgram } from '../launch/login-item.ts';
import type { AppState } from '../views/app-state.ts';

/** The calls that the engine answers. */
export const engineCalls = [
  'glance.read',
  'overview.read',
  'live.read',
  'filter.choices',
  'ranks.read',
  'sessions.read',
  'session.read',
  'events.read',
  'usage.read',
  'research.read',
  'health.read',
  'refresh.run',
  'repair.diagnose',
  'repair.apply',
  'repair.progress',
  'repair.cancel',
  'repair.list',
  'repair.undo',
  'capture.pause',
  'capture.resume',
  'install.plan',
  'install.apply',
  'install.test',
  'settings.read',
  'settings.change',
] as const satisfies readonly CallName[];
export type EngineCall = (typeof engineCalls)[number];

/** One function for each call that the engine answers. */
export type EngineCalls = {
  readonly [N in EngineCall]: (argument: Argument<N>) => Promise<Result<N>>;
};

/** What a worker is started with. */
export interface WorkerInput {
  readonly root: RootOptions;
  /** Another build of the SQLite addon; empty for the shipped one. */
  readonly addon: string;
  readonly version: string;
  /** The user's environment, in which install looks for Node. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly appFolder: string | null;
  /** The command line's program, which the installed command runs. */
  readonly script: string;
  /** The installed app as the system starts it at login; null in a checkout. */
  readonly program: LoginProgram | null;
  /** The launcher and the hook to install. */
  readonly assets: { readonly launcher: string; readonly hookScript: string };
}

/** To the worker. */
export type ToWorker =
  | {
      [N in EngineCall]: {
        readonly kind: 'call';
        readonly id: number;
        readonly name: N;
        readonly argument: Argument<N>;
      };
    }[EngineCall]
  | { readonly kind: 'wake' }
  | { readonly kind: 'stop' };

/** From the worker. */
export type FromWorker =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply<Result<EngineCall>> }
  | { readonly kind: 'changed'; readonly at: number; readonly state: AppState | null }
  | {
      readonly kind: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly from: string;
      readonly message: string;
    }
  | { readonly kind: 'stopped' };
