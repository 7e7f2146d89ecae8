/**
 * The one place where calls of the pages arrive and pushes leave.
 *
 * It is written against two small interfaces, not against Electron, so its tests run in plain Node.
 */
import * as v from 'valibot';
import type { Logger } from '../../src-core/base/logger.ts';
import type {
  Argument,
  CallName,
  Handlers,
  Payload,
  PushName,
  Reply,
} from '../../src-core/contract/ipc.ts';
import { callNames, contract } from '../../src-core/contract/ipc.ts';
import type { FrameLike } from './page-origin.ts';

/** As much of an `ipcMain` event as the server reads. */
export interface CallEvent {
  readonly senderFrame: FrameLike | null;
}

/** As much of `ipcMain` as the server uses. */
export interface IpcMainLike {
  handle(name: string, listener: (event: CallEvent, argument: unknown) => Promise<unknown>): void;
}

/** What serving the contract needs. */
export interface ServeOptions {
  readonly ipcMain: IpcMainLike;
  readonly handlers: Handlers;
  readonly isOwnPage: (frame: FrameLike | null) => boolean;
  readonly log: Logger;
  /** Also check what handlers return; for tests and development, where it finds faults of ours. */
  readonly isResultChecked?: boolean;
}

const FROM = 'ipc';

/**
 * Serves every call of the contract, each exactly once. A call from a page that is not ours, or with
 * an argument that does not fit, never reaches its handler; whatever happens, the reply is a value.
 * @throws when a handler is missing or has a name that is no call
 */
export function serveContract(options: ServeOptions): void {
  const strangers = Object.keys(options.handlers).filter(
    (name) => !(callNames as readonly string[]).includes(name),
  );
  if (strangers.length > 0) throw new Error(`no such call: ${strangers.join(', ')}`);
  for (const name of callNames) serveCall(name, options);
}

function serveCall<N extends CallName>(name: N, options: ServeOptions): void {
  const { ipcMain, handlers, isOwnPage, log } = options;
  const handler = handlers[name];
  if (typeof handler !== 'function') throw new Error(`no handler for ${name}`);
  ipcMain.handle(name, async (event, argument): Promise<Reply<unknown>> => {
    if (!isOwnPage(event.senderFrame)) {
      log.warn(FROM, `${name} refused: not one of our pages`);
      return failure('refused', 'the call did not come from one of our pages');
    }
    const parsed = v.safeParse(contract[name].argument, argument);
    if (!parsed.success) {
      log.warn(FROM, `${name} refused: ${describe(parsed.issues)}`);
      return failure('bad-argument', describe(parsed.issues));
    }
    try {
      // The schema belongs to `name`, which the compiler cannot follow through an index.
      const value = await handler(parsed.output as Argument<N>);
      return { ok: true, value: options.isResultChecked ? checked(name, value) : value };
    } catch (error) {
      log.error(FROM, `${name} failed`, error);
      return failure(kindOf(error), error instanceof Error ? error.message : String(error));
    }
  });
}

function checked(name: CallName, value: unknown): unknown {
  const parsed = v.safeParse(contract[name].result, value);
  if (!parsed.success) throw new Error(`result of ${name}: ${describe(parsed.issues)}`);
  return parsed.output;
}

function failure(kind: string, message: string): Reply<never> {
  return { ok: false, error: { kind, message } };
}

/** Errors that carry a `kind` of their own keep it; all others are simply `failed`. */
function kindOf(error: unknown): string {
  const kind = error instanceof Error && 'kind' in error ? error.kind : undefined;
  return typeof kind === 'string' ? kind : 'failed';
}

/** Names the places that do not fit, without the values: they may hold what must not be logged. */
function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .map(
      (issue) => `${v.getDotPath(issue) ?? 'argument'} is not ${issue.expected ?? 'as expected'}`,
    )
    .join('; ');
}

/** As much of a `WebContents` as a push needs. */
export interface PushTarget {
  isDestroyed(): boolean;
  send(name: string, payload: unknown): void;
}

/** Sends a push to every page that is still there; none is an ordinary case. */
export function pushTo<N extends PushName>(
  targets: Iterable<PushTarget>,
  name: N,
  payload: Payload<N>,
): void {
  for (const target of targets) {
    if (!target.isDestroyed()) target.send(name, payload);
  }
}
