/**
 * When Claude Code deletes a transcript: at its start, once the file has not been written for so many
 * days as its settings say.
 */
import { numberOf } from '../base/json.ts';

const DAY_MS = 86_400_000;
/** What Claude Code does where its settings say nothing. */
const USUAL_DAYS = 30;

/** So many days transcripts are kept, by the value of `cleanupPeriodDays`; one that is no such number counts as absent. */
export function keptDays(value: unknown): number {
  const days = numberOf(value);
  return days !== null && days >= 1 ? days : USUAL_DAYS;
}

/** From when on a file may be deleted that was last written at `modifiedAt`. */
export function purgeAt(modifiedAt: number, days: number): number {
  return modifiedAt + days * DAY_MS;
}
