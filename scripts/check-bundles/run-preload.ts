/** Runs the built preload as a sandbox would, with an Electron that only takes notes. */
import { createContext, Script } from 'node:vm';
import { callNames, pushNames } from '../../src-core/contract/ipc.ts';

interface Notes {
  readonly exposed: [string, unknown][];
  readonly invoked: string[];
  readonly heard: string[];
}

interface BridgeLike {
  call(name: string, argument: unknown): Promise<unknown>;
  on(name: string, listener: () => void): unknown;
}

/** A preload that takes longer holds up every window; ours takes a few milliseconds. */
const RUN_LIMIT_MS = 2000;

const FOREIGN_NAMES = ['shell.run', 'ipcRenderer', '__proto__', 'constructor'];

/**
 * Complains when the preload does not run, exposes anything but the bridge, drops a name of the
 * contract or lets a foreign one through.
 */
export async function checkPreloadRuns(source: string): Promise<string[]> {
  const notes: Notes = { exposed: [], invoked: [], heard: [] };
  try {
    runPreload(source, notes);
  } catch (error) {
    return [`the preload does not run: ${error instanceof Error ? error.message : String(error)}`];
  }
  const names = notes.exposed.map(([name]) => name);
  if (names.join() !== 'hookline') {
    return [`the preload exposes ${names.join(', ') || 'nothing'} instead of hookline alone`];
  }
  const bridge = notes.exposed[0]?.[1];
  if (!isBridge(bridge)) return ['window.hookline has other members than call and on'];
  return [...(await checkCalls(bridge, notes)), ...checkPushes(bridge, notes)];
}

function runPreload(source: string, notes: Notes): void {
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => notes.exposed.push([name, value]),
    },
    ipcRenderer: {
      invoke: async (name: string) => {
        notes.invoked.push(name);
        return { ok: true, value: null };
      },
      on: (name: string) => notes.heard.push(name),
      removeListener: () => undefined,
    },
  };
  const module = { exports: {} };
  // What a sandboxed preload has, and no more: neither `process.binding` nor a file system.
  const sandbox = createContext({
    module,
    exports: module.exports,
    console,
    URL,
    TextEncoder,
    TextDecoder,
    require: (name: string) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return electron;
    },
  });
  new Script(source, { filename: 'preload.cjs' }).runInContext(sandbox, { timeout: RUN_LIMIT_MS });
}

function isBridge(value: unknown): value is BridgeLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).sort().join() === 'call,on' &&
    Object.values(value).every((member) => typeof member === 'function')
  );
}

async function checkCalls(bridge: BridgeLike, { invoked }: Notes): Promise<string[]> {
  const complaints: string[] = [];
  for (const name of [...callNames, ...FOREIGN_NAMES, ...pushNames]) {
    await bridge.call(name, {}).catch(() => complaints.push(`call ${name} rejects`));
  }
  return [...complaints, ...compare('call', callNames, invoked)];
}

function checkPushes(bridge: BridgeLike, { heard }: Notes): string[] {
  for (const name of [...pushNames, ...FOREIGN_NAMES, ...callNames]) {
    try {
      bridge.on(name, () => undefined);
    } catch {
      // A refusal; what was let through is compared below.
    }
  }
  return compare('push', pushNames, heard);
}

function compare(kind: string, wanted: readonly string[], reached: readonly string[]): string[] {
  return [
    ...wanted.filter((name) => !reached.includes(name)).map((name) => `${kind} ${name} is dropped`),
    ...reached
      .filter((name) => !wanted.includes(name))
      .map((name) => `foreign ${kind} ${name} is let through`),
  ];
}
