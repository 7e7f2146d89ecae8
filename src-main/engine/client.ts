/** The engine as the app's main thread sees it: calls that answer later, and a word when there is news. */
import { Worker } from 'node:worker_threads';
import type { Logger } from '../../src-core/base/logger.ts';
import type { AppState } from '../views/app-state.ts';
import {
  type EngineCall,
  type EngineCalls,
  engineCalls,
  type FromWorker,
  type ToWorker,
  type WorkerInput,
} from './messages.ts';

/** The running engine. */
export interface EngineClient {
  readonly calls: EngineCalls;
  /** Tells the engine that the machine woke up. */
  wake(): void;
  /** Ends the engine after its present work. */
  stop(): Promise<void>;
}

/** What starting the engine needs. */
export interface EngineClientOptions {
  /** The built worker. */
  readonly file: string;
  readonly input: WorkerInput;
  readonly log: Logger;
  /** There may be something new; the state is null where it could not be read. */
  readonly onChanged: (at: number, state: AppState | null) => void;
  /** The engine died; calls fail from now on. */
  readonly onDied: (reason: string) => void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A rebuild makes millions of short-lived objects: V8 would keep 100 MB more for them. */
export const ENGINE_LIMITS = { maxYoungGenerationSizeMb: 12 } as const;

/** Starts the engine in a thread of its own. */
export function startEngine({
  file,
  input,
  log,
  onChanged,
  onDied,
}: EngineClientOptions): EngineClient {
  const worker = new Worker(file, {
    workerData: input,
    resourceLimits: ENGINE_LIMITS,
  });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let death: string | null = null;

  const die = (reason: string): void => {
    death ??= reason;
    for (const { reject } of pending.values()) reject(new Error(death));
    pending.clear();
  };
  worker.on('message', (message: FromWorker) => {
    switch (message.kind) {
      case 'reply': {
        const call = pending.get(message.id);
        pending.delete(message.id);
        if (message.reply.ok) call?.resolve(message.reply.value);
        else call?.reject(new Error(message.reply.error.message));
        return;
      }
      case 'changed':
        onChanged(message.at, message.state);
        return;
      case 'log':
        log[message.level](message.from, message.message);
        return;
      case 'stopped':
        die('the engine has stopped');
    }
  });
  worker.on('error', (error) => {
    log.error('engine', 'the engine died', error);
    die(error.message);
    onDied(error.message);
  });
  worker.on('exit', () => die('the engine has ended'));

  const call = (name: EngineCall) => (argument: unknown) =>
    new Promise<never>((resolve, reject) => {
      if (death !== null) {
        reject(new Error(death));
        return;
      }
      const id = nextId++;
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ kind: 'call', id, name, argument } as ToWorker);
    });
  return {
    // One function for each name; that each has its own types is lost on the way.
    calls: Object.fromEntries(
      engineCalls.map((name) => [name, call(name)]),
    ) as unknown as EngineCalls,
    wake: () => worker.postMessage({ kind: 'wake' } satisfies ToWorker),
    stop: () =>
      new Promise((resolve) => {
        if (death !== null) {
          resolve();
          return;
        }
        worker.once('exit', () => resolve());
        worker.postMessage({ kind: 'stop' } satisfies ToWorker);
      }),
  };
}
