/**
 * One tool call is told several times: by its own Post or Failure event, by the batch it ran in,
 * later by the transcript. The richest telling wins; the others fill what it left open.
 */
import type { CapturedEvent } from './event.ts';

/** Fields that a later telling may fill or correct; the rest never changes once written. */
export const AMENDABLE = [
  'outcome',
  'exitCode',
  'durationMs',
  'errorClass',
  'error',
  'model',
  'agentId',
  'agentType',
  'permissionMode',
  'promptId',
  'filePath',
  'command',
  'inputBytes',
  'outputBytes',
] as const satisfies readonly (keyof CapturedEvent)[];
export type AmendableField = (typeof AMENDABLE)[number];

/** A field of an event that a later telling knows better. */
export interface Amendment {
  readonly eventId: string;
  readonly field: AmendableField;
  readonly value: string | number | null;
  readonly source: string;
  readonly at: number;
}

const RANK: Readonly<Record<string, number>> = {
  PostToolUse: 2,
  PostToolUseFailure: 2,
  PostToolBatch: 1,
};

/**
 * How the call ended. One telling's answer is taken whole: the words of an output, which look like
 * a failure in one telling, must not stick to the success that another one knows.
 */
const ENDING: ReadonlySet<string> = new Set<AmendableField>([
  'outcome',
  'exitCode',
  'errorClass',
  'error',
]);

function knowsEnd({ outcome }: CapturedEvent): boolean {
  return outcome !== null && outcome !== 'unknown';
}

/** How much a telling knows of a call's end. */
function rankOf(event: CapturedEvent): number {
  return RANK[event.hookEvent] ?? 0;
}

/**
 * The event that two tellings of one call make together: the first one's identity and time, the
 * richer one's end.
 */
export function mergeTellings(first: CapturedEvent, second: CapturedEvent): CapturedEvent {
  const secondIsRicher = rankOf(second) > rankOf(first);
  const [rich, poor] = secondIsRicher ? [second, first] : [first, second];
  const isEndOpen = !knowsEnd(rich) && knowsEnd(poor);
  const isSameEnd = rich.outcome === poor.outcome;
  const filled = AMENDABLE.filter((field) =>
    ENDING.has(field) ? isEndOpen || (isSameEnd && rich[field] === null) : rich[field] === null,
  ).map((field) => [field, poor[field]]);
  return {
    ...rich,
    ...Object.fromEntries(filled),
    content: rich.content ?? poor.content,
    id: first.id,
    at: Math.min(first.at, second.at),
  };
}

/** What `telling` knows better than the stored event, as amendments; empty when nothing. */
export function amendmentsBy(stored: CapturedEvent, telling: CapturedEvent): readonly Amendment[] {
  const merged = mergeTellings(stored, telling);
  return AMENDABLE.filter((field) => merged[field] !== stored[field]).map((field) => ({
    eventId: stored.id,
    field,
    value: merged[field],
    source: telling.source,
    at: telling.at,
  }));
}

/** The event with the amendments applied, in their order. */
export function applyAmendments(
  event: CapturedEvent,
  amendments: readonly Amendment[],
): CapturedEvent {
  return { ...event, ...Object.fromEntries(amendments.map(({ field, value }) => [field, value])) };
}
