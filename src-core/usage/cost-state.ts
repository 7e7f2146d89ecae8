/**
 * What the client itself says that a session has cost: a line at the session's end that goes on
 * counting when the session is resumed, so that the last one of a session has all of it.
 */
import { isObject, numberOf, objectOf } from '../base/json.ts';
import type { TranscriptLine } from '../transcript/wire.ts';
import { NANO } from './cost.ts';
import { countOf, type Tokens } from './message.ts';

/** The client's own account of a session. */
export interface CostState {
  readonly sessionId: string;
  /** Billionths of a dollar. */
  readonly nanoUsd: number;
  /** False when the client knew no price for some model. */
  readonly isWhole: boolean;
  readonly tokens: Tokens;
}

/** The account that a line gives; null where it gives none. */
export function costStateOf(line: TranscriptLine): CostState | null {
  const { type, sessionId, raw } = line;
  const usd = numberOf(raw.totalCostUSD);
  if (type !== 'cost-state' || sessionId === null || usd === null) return null;
  const models = Object.values(objectOf(raw.modelUsage)).filter(isObject);
  const sum = (...names: readonly string[]): number =>
    models.reduce((total, model) => {
      const name = names.find((each) => model[each] !== undefined);
      return total + countOf(name === undefined ? 0 : model[name]);
    }, 0);
  const write1h = sum('cacheCreationEphemeral1hInputTokens');
  return {
    sessionId,
    nanoUsd: Math.round(usd * NANO),
    isWhole: raw.hasUnknownModelCost !== true,
    tokens: {
      input: sum('inputTokens'),
      output: sum('outputTokens'),
      cacheRead: sum('cacheReadInputTokens'),
      write5m: sum('cacheCreationInputTokens') - write1h,
      write1h,
    },
  };
}
