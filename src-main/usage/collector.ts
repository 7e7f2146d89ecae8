/**
 * Gathers usage from the lines of a pass over transcripts: tokens of answers, the client's own account
 * of a session, and the links that searches and fetches brought up. What was gathered is stored with
 * the place up to which the file was read, so that a pass that is broken off loses nothing.
 */
import type { Tombstones } from '../../src-core/store/tombstones.ts';
import type { TranscriptLine } from '../../src-core/transcript/wire.ts';
import { type CostState, costStateOf } from '../../src-core/usage/cost-state.ts';
import { finalOf, usageOf } from '../../src-core/usage/message.ts';
import type { LinePlace } from '../transcripts/read-file.ts';
import type { BatchListener } from '../transcripts/settle.ts';
import type { SafeTexts } from './safe-texts.ts';
import { createLinkFinder } from './sightings.ts';
import { type PlacedUsage, type Sighting, type UsageWriter, usageIds } from './usage-rows.ts';

/** What a collector works with. */
export interface CollectorOptions {
  readonly writer: UsageWriter;
  readonly safe: SafeTexts;
  /** The backfill run that brings what is new; asked for when there is something. */
  readonly run: () => number;
  readonly tombstones: Tombstones;
  /** Also what was taken back. */
  readonly again: boolean;
  /** True for a folder that is kept out of the record. */
  readonly isExcluded: (project: string | null, cwd: string | null) => boolean;
  /** True for a time at which capture was paused. */
  readonly isPaused: (at: number) => boolean;
}

const TYPES: ReadonlySet<string> = new Set(['assistant', 'user', 'cost-state']);

/** Begins to listen. */
export function createUsageCollector(options: CollectorOptions): BatchListener {
  const { writer, safe, run, tombstones, again, isExcluded, isPaused } = options;
  const answers = new Map<string, PlacedUsage>();
  const accounts = new Map<string, CostState>();
  const sightings: Sighting[] = [];
  const links = createLinkFinder();

  const takeAnswer = (line: TranscriptLine, { project, promptId, file, agentType }: LinePlace) => {
    const message = usageOf(line);
    if (message === null) return;
    const before = answers.get(message.id);
    if (before !== undefined) {
      // Whoever told of it first has it; what it used, the last line knows.
      const { sessionId, agentId } = before.message;
      const last = { ...finalOf(before.message, message), sessionId, agentId };
      answers.set(message.id, { ...before, message: last });
      return;
    }
    const agentId = message.agentId ?? file.agentId;
    const sessionId = message.sessionId ?? file.sessionId;
    answers.set(message.id, {
      message: { ...message, sessionId, agentId },
      project,
      agentType,
      promptId,
    });
  };
  return {
    types: TYPES,
    take: (line, place) => {
      if (isExcluded(place.project, line.cwd)) return;
      const account = costStateOf(line);
      if (account !== null) accounts.set(account.sessionId, account);
      const { at } = line;
      if (at === null || isPaused(at)) return;
      if (line.type === 'assistant') takeAnswer(line, place);
      const sessionId = line.sessionId ?? place.file.sessionId;
      for (const found of links.find(line)) {
        sightings.push({ ...found, at, sessionId, project: place.project });
      }
    },
    keep: () => {
      const gate = createGate(tombstones, again);
      for (const heard of answers.values()) {
        const answer = safe.usage(heard);
        const { id, sessionId, at } = answer.message;
        if (gate.lets(usageIds.answer(id), sessionId, at)) writer.putUsage(answer, run);
      }
      for (const heard of accounts.values()) {
        const sessionId = safe.id(heard.sessionId);
        // It has no time of its own.
        if (gate.lets(usageIds.account(sessionId), sessionId, Number.NaN))
          writer.putCostState({ ...heard, sessionId }, run);
      }
      for (const sighting of sightings.map(safe.sighting).filter((each) => each !== null)) {
        const { callId, sessionId, at } = sighting;
        if (gate.lets(usageIds.links(callId), sessionId, at)) writer.putSighting(sighting, run);
      }
      answers.clear();
      accounts.clear();
      sightings.length = 0;
      return gate.lifts;
    },
  };
}

/** Lets nothing through that was forgotten, but for what is wanted again. */
function createGate(tombstones: Tombstones, again: boolean) {
  const lifts: string[] = [];
  return {
    lifts,
    lets: (id: string, sessionId: string | null, at: number): boolean => {
      if (!again || !tombstones.coversId(id) || tombstones.isForGood(id))
        return !tombstones.covers({ id, sessionId, at });
      lifts.push(id);
      return true;
    },
  };
}
