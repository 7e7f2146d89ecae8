/** The bridge of a page, bound to the names of the contract; knows Electron by two lines only. */
import type { Bridge, CallName, PushName, Reply } from '../../src-core/contract/ipc.ts';
import { callNames, pushNames } from '../../src-core/contract/ipc.ts';

type Listener = (event: unknown, payload: unknown) => void;

/** As much of `ipcRenderer` as the bridge uses; it never leaves the preload. */
export interface IpcRendererLike {
  invoke(name: string, argument: unknown): Promise<unknown>;
  on(name: string, listener: Listener): unknown;
  removeListener(name: string, listener: Listener): unknown;
}

/** Makes the bridge. Names that are not in the contract reach neither `invoke` nor `on`. */
export function createBridge(ipc: IpcRendererLike): Bridge {
  const calls: ReadonlySet<string> = new Set<CallName>(callNames);
  const pushes: ReadonlySet<string> = new Set<PushName>(pushNames);
  return {
    async call(name, argument) {
      if (!calls.has(name)) return failure('unknown-call', 'there is no such call');
      try {
        // Main answers every call of the contract with a reply, and both ends ship together.
        return (await ipc.invoke(name, argument)) as Reply<never>;
      } catch (error) {
        return failure('unreachable', error instanceof Error ? error.message : String(error));
      }
    },
    on(name, listener) {
      if (!pushes.has(name)) throw new TypeError('there is no such push');
      // The event stays here: its `sender` is the raw ipcRenderer.
      const forward: Listener = (_event, payload) => listener(payload as never);
      ipc.on(name, forward);
      return () => {
        ipc.removeListener(name, forward);
      };
    },
  };
}

function failure(kind: string, message: string): Reply<never> {
  return { ok: false, error: { kind, message } };
}
