/** What happened in the made-up life of a user of the old pipeline. Times are whole seconds. */

/** One tool call. */
export interface OldCall {
  /** When the model asked for it: the transcript's time. */
  readonly beganS: number;
  /** When it had ended: the hook's time. */
  readonly endedS: number;
  readonly tool: string;
  readonly filePath: string;
  /** What ran; the old hook never saw it unless its environment told. */
  readonly command: string;
  readonly session: OldSession;
}

/** One session. */
export interface OldSession {
  readonly id: string;
  readonly pwd: string;
  readonly model: 'opus' | 'sonnet' | 'haiku';
  readonly startedS: number;
  readonly endedS: number;
}

/** One prompt. */
export interface OldPrompt {
  readonly atS: number;
  readonly text: string;
  readonly session: OldSession;
}

/** What the old hook took for a session. */
export function folderOf({ pwd }: OldSession): string {
  return (pwd.split('/').at(-1) ?? '').slice(0, 8);
}
