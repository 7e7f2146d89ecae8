/** Makes an event of our record of what the traces of one old event say together. */
import { cut, MAX_NAME } from '../../src-core/base/limits.ts';
import type { CapturedEvent, Facts } from '../../src-core/event/event.ts';
import type { OldObservation } from './observation.ts';
import type { OldTexts } from './old-texts.ts';
import { hasFailed } from './traces.ts';
import type { SessionById } from './transcripts.ts';

/** What making events needs. */
export interface EventMaker {
  readonly texts: OldTexts;
  readonly sessionById: SessionById;
}

/**
 * The event; `observations` are its traces, the best first. Only a failing exit code tells how a
 * call ended: the old hook's `success` is kept as what it claimed.
 */
export function makeOldEvent(
  identity: Pick<CapturedEvent, 'id' | 'at'>,
  observations: readonly OldObservation[],
  { texts, sessionById }: EventMaker,
): CapturedEvent {
  const whole = foldObservations(observations);
  const event = texts.eventOf(whole);
  const isCall = whole.subject === 'call';
  const hasExit = isCall && hasFailed(whole);
  return {
    ...event,
    ...identity,
    sessionId:
      whole.sessionPrefix === null ? null : cut(sessionById(whole.sessionPrefix), MAX_NAME),
    model: whole.model === null ? null : texts.nameOf(whole.model),
    outcome: isCall ? (hasExit ? 'failed' : 'unknown') : null,
    exitCode: hasExit ? whole.exitCode : null,
    errorClass: hasExit ? 'exit_code' : null,
    error: hasExit ? `Exit code ${whole.exitCode}` : null,
    facts: factsOf(whole, texts),
  };
}

/** The first trace, with what it left open filled from the others. */
function foldObservations(observations: readonly OldObservation[]): OldObservation {
  const [first] = observations;
  if (first === undefined) throw new RangeError('an event has no traces');
  const told = <N extends keyof OldObservation>(name: N): OldObservation[N] =>
    observations.find((observation) => observation[name] !== null)?.[name] ?? first[name];
  const names = Object.keys(first) as (keyof OldObservation)[];
  const whole = Object.fromEntries(names.map((name) => [name, told(name)])) as unknown;
  const failed = observations.find(hasFailed);
  return { ...(whole as OldObservation), ...(failed && { exitCode: failed.exitCode }) };
}

function factsOf(whole: OldObservation, texts: OldTexts): Facts {
  const { variant, folder, pwd, success, summary, text } = whole;
  return {
    old_writer: variant,
    ...(folder === null || pwd !== null ? {} : { old_session: texts.nameOf(folder) }),
    ...(success === null ? {} : { old_success: success }),
    ...(summary?.endedS == null ? {} : { ended_at: summary.endedS * 1000 }),
    ...(summary?.messages == null ? {} : { messages: summary.messages }),
    ...(text === null ? {} : { prompt_bytes: Buffer.byteLength(text) }),
  };
}
