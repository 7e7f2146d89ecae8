/** Keeps open sessions going: their next events come every few seconds, through the real launcher. */
import type { Json } from '../../src-core/base/json.ts';
import type { LiveSession } from '../make-history/live-session.ts';
import type { Step } from '../make-history/session.ts';

/** Running sessions. */
export interface Trickle {
  /** Resolves when the last payload that was under way has arrived. */
  stop(): Promise<void>;
}

/** What goes on and where it goes to. */
export interface TrickleOptions {
  readonly sessions: readonly LiveSession[];
  readonly handOver: (payload: string, project: string) => Promise<void>;
  readonly onFailure: (error: Error) => void;
  /** Replaces the waiting; tests do not wait. */
  readonly later?: (work: () => void, delayMs: number) => () => void;
}

const SHORTEST_MS = 1200;
const LONGEST_MS = 6000;
/** A user who is not there does not answer at once. */
const LONGEST_FOR_USER_MS = 20_000;

/** How long to wait for a step: its own time within bounds, so that there is something to see. */
export function pauseBefore({ afterMs, payload }: Step): number {
  const isUsers =
    payload.hook_event_name === 'UserPromptSubmit' || payload.hook_event_name === 'Notification';
  return Math.max(SHORTEST_MS, Math.min(isUsers ? LONGEST_FOR_USER_MS : LONGEST_MS, afterMs));
}

/** Starts; the sessions go on until they are stopped. */
export function startTrickle({
  sessions,
  handOver,
  onFailure,
  later = laterByTimer,
}: TrickleOptions): Trickle {
  const underWay = new Set<Promise<void>>();
  const waiting = new Set<() => void>();
  let isStopped = false;

  const goOn = (session: LiveSession, firstPauseMs?: number): void => {
    if (isStopped) return;
    const { value } = session.next.next();
    const step = value as Step;
    const cancel = later(() => {
      waiting.delete(cancel);
      const project = String(step.payload.cwd);
      const sent = handOver(JSON.stringify(step.payload), project)
        .catch(onFailure)
        .finally(() => {
          underWay.delete(sent);
          goOn(session);
        });
      underWay.add(sent);
    }, firstPauseMs ?? pauseBefore(step));
    waiting.add(cancel);
  };
  for (const session of sessions) {
    goOn(session, isWaiting(session.told.at(-1)?.payload) ? LONGEST_FOR_USER_MS : undefined);
  }
  return {
    stop: async () => {
      isStopped = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
      await Promise.all(underWay);
    },
  };
}

function isWaiting(last: Json | undefined): boolean {
  return last?.notification_type === 'permission_prompt';
}

function laterByTimer(work: () => void, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}
