/**
 * A made-up history of a developer's Claude Code work, told in the payloads that its hooks would
 * have got and read by the code that reads real ones, so that every record is what capture makes.
 *
 * It comes day by day: memory holds one day, whatever the length of the history.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { capture } from '../../src-core/event/parse.ts';
import { createRedactor, type Redactor } from '../../src-core/event/redact.ts';
import { readWire } from '../../src-core/event/wire.ts';
import { keyedHash, sha256 } from '../../src-core/journal/sum.ts';
import { createZone } from '../../src-main/stats/zone.ts';
import { openLiveSessions } from './live-session.ts';
import { PROJECTS } from './project.ts';
import { createRandom } from './seeded-random.ts';
import { createSession } from './session.ts';
import { type Told, tellSession } from './tell-session.ts';
import { pickStart, planDays, type WorkDay } from './work-day.ts';

/** What decides a history; equal options give equal events. */
export interface HistoryOptions {
  readonly seed: string;
  /** The last event is before this moment, epoch milliseconds. */
  readonly untilAt: number;
  readonly days: number;
  /** How many events exactly; null for as many as so many days bring. */
  readonly events: number | null;
  /** IANA name of the zone in which the developer works. */
  readonly timeZone: string;
  /** Ends with one session at work and one waiting for its user. */
  readonly isLive: boolean;
  /** The user's home as the payloads name it. */
  readonly home: string;
  /** The folder of the projects as the payloads name it. */
  readonly workFolder: string;
  /** Key of the keyed hashes. */
  readonly key: Uint8Array;
  /** Told of the payloads of each session in their order, before their events. */
  readonly onTold?: (told: readonly Told[]) => void;
}

/** A history shorter than this has no room for open sessions. */
const LEAST_FOR_LIVE = 200;
const SESSION_EVENTS = 46;
/** A rest that is too small for a session of its own goes to the one before. */
const SMALLEST_SESSION = 9;

/** The events, in the order of their times. */
export function* historyEvents(options: HistoryOptions): Generator<CapturedEvent> {
  const readPayloads = createReader(options.key);
  const read = (told: readonly Told[]): CapturedEvent[] => {
    options.onTold?.(told);
    return readPayloads(told);
  };
  const isLive = options.isLive && (options.events ?? LEAST_FOR_LIVE) >= LEAST_FOR_LIVE;
  const live = isLive ? openLiveSessions(options).flatMap(({ told }) => told) : [];
  const days = planDays({
    ...options,
    isLive,
    random: createRandom(`${options.seed}|days`),
    zone: createZone(options.timeZone),
    events: options.events === null ? null : options.events - live.length,
  });
  const tellDay = (day: WorkDay): CapturedEvent[] => read(fillDay(day, options));
  // An open session may have begun yesterday, so the last two days are put in order together.
  for (const day of days.slice(0, -2)) yield* inOrder(tellDay(day));
  yield* inOrder([...days.slice(-2).flatMap(tellDay), ...read(live)]);
}

function inOrder(events: CapturedEvent[]): CapturedEvent[] {
  return events.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function fillDay(day: WorkDay, { seed, home, workFolder }: HistoryOptions): Told[] {
  const told: Told[] = [];
  for (let n = 0; told.length < day.events; n++) {
    const random = createRandom(`${seed}|${day.startAt}|${n}`);
    const project = random.weighted(PROJECTS, ({ weight }) => weight);
    const most = day.events - told.length;
    const wanted = Math.round(random.spread(SESSION_EVENTS, 1.7));
    const session = createSession({ random, project, home, workFolder });
    for (const one of tellSession(session, {
      startAt: pickStart(day, random),
      endAt: day.endAt,
      wanted: most - wanted < SMALLEST_SESSION ? most : wanted,
      most,
    })) {
      told.push(one);
    }
  }
  return told;
}

/** Reads payloads as the drainer does; each of ours tells exactly one event. */
function createReader(key: Uint8Array): (told: readonly Told[]) => CapturedEvent[] {
  const hash = keyedHash(key);
  const redactor = rememberRedacted(createRedactor(hash));
  let count = 0;
  return (told) =>
    told.flatMap(({ at, project, payload }) => {
      const text = JSON.stringify(payload);
      const wire = readWire(text);
      if (wire.kind === 'malformed') throw new Error(`made a payload that is ${wire.reason}`);
      return capture(wire.payload, {
        name: `made-${count++}.event@${at}`,
        at,
        project,
        source: 'hook',
        redactor,
        digest: sha256,
        keyedHash: hash,
        text,
      }).events;
    });
}

/** The same few thousand paths and commands come again and again. */
function rememberRedacted(redactor: Redactor): Redactor {
  const known = new Map<string, string>();
  return {
    ...redactor,
    redact: (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const redacted = redactor.redact(text);
      if (known.size > 20_000) known.clear();
      known.set(text, redacted);
      return redacted;
    },
  };
}
