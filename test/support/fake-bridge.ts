/**
 * A main process that is not there: a `Bridge` made of handlers, for the pages' tests and for looking at
 * the pages in a browser. Arguments and results are checked against the contract, so a fake that has
 * drifted from it fails instead of lying.
 */
import * as v from 'valibot';
import {
  type Argument,
  type Bridge,
  type CallName,
  contract,
  type Handlers,
  type Payload,
  type PushName,
  type Reply,
  type Result,
} from '../../src-core/contract/ipc.ts';

/** A failure that a handler means to cross the border as one. */
export class FakeFailure extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The bridge, and the other end of it. */
export interface FakeBridge {
  readonly bridge: Bridge;
  /** Every call so far, oldest first. */
  readonly calls: readonly { readonly name: CallName; readonly argument: unknown }[];
  /** Sends a push to the page. */
  push<N extends PushName>(name: N, payload: Payload<N>): void;
  /** Answers a call differently from now on. */
  answer<N extends CallName>(name: N, handler: Handlers[N]): void;
  /** Lets a call fail from now on. */
  fail(name: CallName, kind: string, message: string): void;
  /** Changes the answers that the present handler gives. */
  amend<N extends CallName>(name: N, change: (result: Result<N>) => Result<N>): void;
}

type AnyHandler = (argument: unknown) => Promise<unknown>;

/** Builds a bridge; calls without a handler fail with the kind `missing`. */
export function createFakeBridge(handlers: Partial<Handlers>): FakeBridge {
  const answers = new Map<string, AnyHandler>(Object.entries(handlers) as [string, AnyHandler][]);
  const listeners = new Map<PushName, Set<(payload: unknown) => void>>();
  const calls: { name: CallName; argument: unknown }[] = [];

  const answerOne = async (name: CallName, argument: unknown): Promise<Reply<unknown>> => {
    calls.push({ name, argument });
    const handler = answers.get(name);
    if (handler === undefined) return failure('missing', `no handler for ${name}`);
    try {
      const checked: unknown = v.parse(contract[name].argument, argument);
      return { ok: true, value: v.parse(contract[name].result, await handler(checked)) };
    } catch (error) {
      if (error instanceof FakeFailure) return failure(error.kind, error.message);
      const message = error instanceof Error ? error.message : String(error);
      // The console is what the page tests watch: a fake out of step must not look like a failing main.
      console.error(`fake bridge: ${name}: ${message}`);
      return failure('fake', message);
    }
  };

  return {
    bridge: {
      call: <N extends CallName>(name: N, argument: Argument<N>) =>
        answerOne(name, argument) as Promise<Reply<Result<N>>>,
      on: (name, listener) => {
        const all = listeners.get(name) ?? new Set();
        listeners.set(name, all.add(listener as (payload: unknown) => void));
        return () => all.delete(listener as (payload: unknown) => void);
      },
    },
    calls,
    push: (name, payload) => {
      const checked = v.parse(contract[name].payload, payload);
      for (const listener of listeners.get(name) ?? []) listener(checked);
    },
    answer: (name, handler) => {
      answers.set(name, handler as AnyHandler);
    },
    fail: (name, kind, message) => {
      answers.set(name, () => Promise.reject(new FakeFailure(kind, message)));
    },
    amend: (name, change) => {
      const before = answers.get(name);
      if (before === undefined) throw new Error(`no handler for ${name}`);
      answers.set(name, async (argument) =>
        change((await before(argument)) as Result<typeof name>),
      );
    },
  };
}

function failure(kind: string, message: string): Reply<never> {
  return { ok: false, error: { kind, message } };
}
