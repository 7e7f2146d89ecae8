/**
 * An event of ours: what one hook payload (or another witness) told, reduced to what a statistic or
 * a view needs. Every field is either known or null; nothing is guessed.
 */

/** How a tool call ended. `expected` is a non-zero exit that the client itself calls no failure. */
export type Outcome =
  | 'succeeded'
  | 'expected'
  | 'failed'
  | 'timed_out'
  | 'denied'
  | 'rejected'
  | 'interrupted'
  | 'unknown';

/** Which witness told of the event. */
export type Source = 'hook' | 'spool' | 'transcript' | 'old';

/** `tool`: one tool call; `session`: its start or end; `other`: everything else that Claude tells. */
export type EventKind = 'tool' | 'session' | 'other';

/** Small facts that only some events have (a session's start reason, a notification's type). */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Inputs, outputs, prompts, messages, by the client's names for them; JSON, and no other value. */
export type Content = Readonly<Record<string, unknown>>;

/** One event. Times are epoch milliseconds, durations milliseconds, sizes bytes. */
export interface CapturedEvent {
  readonly id: string;
  readonly kind: EventKind;
  /** The hook event that told it, e.g. `PostToolUse`. */
  readonly hookEvent: string;
  readonly at: number;
  readonly source: Source;
  readonly sessionId: string | null;
  readonly toolUseId: string | null;
  readonly promptId: string | null;
  readonly tool: string | null;
  readonly filePath: string | null;
  readonly command: string | null;
  /** Folder in which the session was started. */
  readonly project: string | null;
  readonly cwd: string | null;
  readonly agentId: string | null;
  readonly agentType: string | null;
  readonly permissionMode: string | null;
  readonly model: string | null;
  readonly outcome: Outcome | null;
  readonly exitCode: number | null;
  readonly durationMs: number | null;
  readonly errorClass: string | null;
  readonly error: string | null;
  readonly inputBytes: number | null;
  readonly outputBytes: number | null;
  readonly facts: Facts | null;
  /**
   * Keyed hash of the payload, for events without a natural key: byte-equal payloads of one
   * session within a second are one event.
   */
  readonly payloadSum: string | null;
  /** What it was about; null at the privacy level `metadata`. In no projection, in no statistic. */
  readonly content: Content | null;
}

/** A tool call that has begun and of which no end is known yet: live state, never a record. */
export interface RunningCall {
  readonly toolUseId: string;
  readonly sessionId: string | null;
  readonly tool: string;
  readonly detail: string | null;
  readonly at: number;
}

/** The old boolean: true, false, or null where the outcome says neither. */
export function successOf(outcome: Outcome | null): boolean | null {
  switch (outcome) {
    case 'succeeded':
    case 'expected':
      return true;
    case 'failed':
    case 'timed_out':
      return false;
    default:
      return null;
  }
}
