/**
 * What the old pipeline's files and tables say, in one form. One old event left up to eight traces
 * (a row, its export, projections, a backfill); each trace is one observation.
 */

import type { VariantName } from './variants.ts';

/** What happened. */
export type Subject = 'call' | 'session_start' | 'session_end' | 'prompt';

/** One trace of one old event. Texts are as they were found: neither redacted nor cut. */
export interface OldObservation {
  readonly variant: VariantName;
  /** Whole seconds since 1970. */
  readonly atS: number;
  readonly subject: Subject;
  /** Name of the tool of a call. */
  readonly tool: string | null;
  readonly filePath: string | null;
  readonly command: string | null;
  /** Text of a prompt, as far as it was kept. */
  readonly text: string | null;
  /** Folder the session worked in. */
  readonly pwd: string | null;
  /** The end of that folder's name: what the old hook took for a session. */
  readonly folder: string | null;
  /** First eight characters of the session's id, where they truly are that. */
  readonly sessionPrefix: string | null;
  /** What the witness claimed; the old hook found it by words in an output, or by default. */
  readonly success: boolean | null;
  readonly exitCode: number | null;
  readonly model: string | null;
  /** A session's end, messages and calls, where a backfill summed them up. */
  readonly summary: { readonly endedS: number | null; readonly messages: number | null } | null;
}

/** What one line or row turned out to be. */
export type Reading =
  | { readonly kind: 'observation'; readonly observation: OldObservation }
  | { readonly kind: 'blank' }
  /** A row or line that Hookline wrote. */
  | { readonly kind: 'own' }
  /** Understood, but no event: a daily total, a command typed in a shell. */
  | { readonly kind: 'aside'; readonly what: string }
  | { readonly kind: 'bad'; readonly reason: string };

/** A reading of something that was not understood. */
export function bad(reason: string): Reading {
  return { kind: 'bad', reason };
}

/** A reading of something that is no event. */
export function aside(what: string): Reading {
  return { kind: 'aside', what };
}

const NOTHING_ELSE = {
  tool: null,
  filePath: null,
  command: null,
  text: null,
  pwd: null,
  folder: null,
  sessionPrefix: null,
  success: null,
  exitCode: null,
  model: null,
  summary: null,
} as const;

/** A reading of a trace; a member that is not given is not known. */
export function observed(
  members: Pick<OldObservation, 'variant' | 'atS' | 'subject'> & Partial<OldObservation>,
): Reading {
  return { kind: 'observation', observation: { ...NOTHING_ELSE, ...members } };
}
