/**
 * What the page about cost draws. Costs are what one would have paid at list price, US dollars; they
 * are no bill, and say nothing of a subscription. Units as in `views.ts`.
 */
import * as v from 'valibot';
import { UsageFigures } from './usage-figures.ts';
import { HealthLine } from './views.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const at = v.number();
const text = v.nullable(v.string());

/** US dollars per million tokens, and where that was read. */
export const ListPrice = v.object({
  input: v.number(),
  output: v.number(),
  cacheRead: v.number(),
  cacheWrite5m: v.number(),
  cacheWrite1h: v.number(),
  source: v.string(),
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  asOf: v.string(),
});
export type ListPrice = v.InferOutput<typeof ListPrice>;

/** Cost and tokens of a stretch, by everything they can be asked by; the costliest come first. */
export const UsageView = v.object({
  now: at,
  timeZone: v.string(),
  health: HealthLine,
  span: v.object({ fromAt: at, toAt: at }),
  /** When usage was first known of; null where it never was. */
  sinceAt: v.nullable(at),
  /** The day of the newest price in the list, `YYYY-MM-DD`. */
  pricesAsOf: v.string(),
  total: UsageFigures,
  /** Of the stretch before; null where there is none, or where nothing is known of it. */
  previous: v.nullable(UsageFigures),
  activity: v.object({
    unit: v.picklist(['hour', 'day']),
    points: v.array(v.object({ at, usage: UsageFigures })),
  }),
  /** `price` is that of now; null for a model that the list does not have. */
  models: v.array(
    v.object({ model: v.string(), usage: UsageFigures, price: v.nullable(ListPrice) }),
  ),
  /** `folder` is null where nobody knows it. */
  projects: v.array(v.object({ folder: text, name: text, usage: UsageFigures })),
  /** `agent` is null for the sessions themselves. */
  agents: v.array(v.object({ agent: text, usage: UsageFigures })),
  sessions: v.array(v.object({ sessionId: text, usage: UsageFigures })),
  /** What the list of sessions leaves out. */
  otherSessions: v.object({ sessions: count, usage: UsageFigures }),
  /** The client's own accounts; null where no session of the stretch has one. */
  client: v.nullable(
    v.object({
      /** Sessions with an account, and what both accounts of them come to. */
      sessions: count,
      ourUsd: v.number(),
      clientUsd: v.number(),
      /** Those of which the accounts differ, the most different first. */
      differing: v.array(
        v.object({
          sessionId: v.string(),
          ourUsd: v.number(),
          clientUsd: v.number(),
          /** Tokens that the client counted and no transcript tells of; less than 0 the other way. */
          tokensBeyondOurs: v.number(),
        }),
      ),
    }),
  ),
});
export type UsageView = v.InferOutput<typeof UsageView>;

/** Papers and repositories that came up, and which model worked on which prompt. */
export const ResearchView = v.object({
  now: at,
  timeZone: v.string(),
  links: v.array(
    v.object({
      id: v.string(),
      kind: v.picklist(['paper', 'repository']),
      url: v.string(),
      firstAt: at,
      lastAt: at,
      fetches: count,
      searches: count,
      projects: v.array(v.string()),
    }),
  ),
  routing: v.array(
    v.object({
      promptId: text,
      sessionId: text,
      project: text,
      agentId: text,
      agentType: text,
      model: v.string(),
      firstAt: at,
      lastAt: at,
      answers: count,
      output: count,
    }),
  ),
});
export type ResearchView = v.InferOutput<typeof ResearchView>;
