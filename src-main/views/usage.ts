/** What the page about cost draws, and the glance's line of it. */
import type { ListPrice, ResearchView, UsageView } from '../../src-core/contract/usage.ts';
import type { UsageFigures } from '../../src-core/contract/usage-figures.ts';
import type { HealthLine } from '../../src-core/contract/views.ts';
import type { ViewFilter } from '../../src-core/contract/work.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { NANO } from '../../src-core/usage/cost.ts';
import { addUsage, allTokens, NO_USAGE, type UsageSum } from '../../src-core/usage/fold.ts';
import { PRICES_AS_OF, priceOf } from '../../src-core/usage/prices.ts';
import { DAY_MS, HOUR_MS, QUARTER_MS, type Zone } from '../stats/zone.ts';
import { comparedSessions } from '../usage/client-cost.ts';
import { firstUsageAt, totalOf, type UsageDimension, usageBy } from '../usage/read-usage.ts';
import { readResearchLog } from '../usage/research.ts';
import { routedPrompts } from '../usage/routing.ts';
import { spanBefore, spanOfFilter } from './filter.ts';
import type { Span } from './measures.ts';

const SESSIONS_SHOWN = 50;
const DIFFERING_SHOWN = 20;
/** A stretch up to this long is drawn by the hour. */
const BY_HOUR_MS = 2 * DAY_MS;

/** What the page is drawn from. `db` is null before the first event. */
export interface UsageInput {
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly health: HealthLine;
}

/** Computes the page. Source and search of the filter are about events, and have no part in this. */
export function usageView(input: UsageInput, filter: ViewFilter): UsageView {
  const { db, zone, now, health } = input;
  const sinceAt = db === null ? null : firstUsageAt(db);
  const span = spanFrom(spanOfFilter(filter, input), filter, { sinceAt, zone });
  const before = spanBefore(filter, span, zone);
  const base = { now, timeZone: zone.name, health, span, sinceAt, pricesAsOf: PRICES_AS_OF };
  const by = (dimension: UsageDimension, within = span): Map<string, UsageSum> =>
    db === null ? new Map() : usageBy(db, within, dimension, filter);
  const models = by('model');
  const sessions = ranked(by('sessionId'));
  const isKnown = before !== null && sinceAt !== null && sinceAt < before.toAt;
  return {
    ...base,
    total: figuresOf(totalOf(models.values())),
    previous: isKnown ? figuresOf(totalOf(by('model', before).values())) : null,
    activity: activityOf(by('quarter'), span, zone),
    models: ranked(models).map(([model, sum]) => ({
      model,
      usage: figuresOf(sum),
      price: listPrice(model, now),
    })),
    projects: ranked(by('project')).map(([folder, sum]) => ({
      folder: folder || null,
      name: folder === '' ? null : folderName(folder),
      usage: figuresOf(sum),
    })),
    agents: ranked(by('agentType')).map(([agent, sum]) => ({
      agent: agent || null,
      usage: figuresOf(sum),
    })),
    sessions: sessions.slice(0, SESSIONS_SHOWN).map(([sessionId, sum]) => ({
      sessionId: sessionId || null,
      usage: figuresOf(sum),
    })),
    otherSessions: {
      sessions: Math.max(0, sessions.length - SESSIONS_SHOWN),
      usage: figuresOf(totalOf(sessions.slice(SESSIONS_SHOWN).map(([, sum]) => sum))),
    },
    client: db === null ? null : clientOf(db, span),
  };
}

/** Usage of a stretch; null where none was ever known. */
export function usageOf(db: ReadableDb, span: Span): UsageFigures | null {
  if (firstUsageAt(db) === null) return null;
  return figuresOf(totalOf(usageBy(db, span, 'model').values()));
}

const LINKS_SHOWN = 500;
const PROMPTS_SHOWN = 200;

/** Computes the research log and the record of routing. */
export function researchView(
  { db, zone, now }: Omit<UsageInput, 'health'>,
  filter: ViewFilter,
): ResearchView {
  const span = spanOfFilter(filter, { db, zone, now });
  return {
    now,
    timeZone: zone.name,
    links: db === null ? [] : [...readResearchLog(db, LINKS_SHOWN)].map(withProjects),
    routing: db === null ? [] : [...routedPrompts(db, span, PROMPTS_SHOWN)],
  };
}

type Link = ReturnType<typeof readResearchLog>[number];

function withProjects(link: Link): ResearchView['links'][number] {
  return { ...link, projects: [...link.projects] };
}

/** Transcripts may reach further back than the events. */
function spanFrom(
  span: Span,
  { days, custom }: ViewFilter,
  { sinceAt, zone }: { readonly sinceAt: number | null; readonly zone: Zone },
): Span {
  if (days !== 0 || custom !== null || sinceAt === null) return span;
  return { ...span, fromAt: Math.min(span.fromAt, zone.startOfDay(sinceAt)) };
}

/** A sum as the pages get it. */
export function figuresOf(sum: UsageSum): UsageFigures {
  const { messages, input, output, cacheRead, write5m, write1h, webSearches } = sum;
  const isPriced = messages === 0 || sum.unpriced < messages;
  return {
    answers: messages,
    tokens: { input, output, cacheRead, cacheWrite5m: write5m, cacheWrite1h: write1h },
    webSearches,
    usd: isPriced ? sum.nanoUsd / NANO : null,
    unpriced: { answers: sum.unpriced, tokens: sum.unpricedTokens },
  };
}

/** The costliest first, and those without a price by their tokens. */
function ranked(sums: Map<string, UsageSum>): readonly (readonly [string, UsageSum])[] {
  return [...sums].sort(
    ([nameA, a], [nameB, b]) =>
      b.nanoUsd - a.nanoUsd || allTokens(b) - allTokens(a) || (nameA < nameB ? -1 : 1),
  );
}

function listPrice(model: string, now: number): ListPrice | null {
  const price = priceOf(model, now);
  if (price === null) return null;
  const { input, output, cacheRead, write5m, write1h } = price.rates;
  const { url, asOf } = price.source;
  const writes = { cacheWrite5m: write5m, cacheWrite1h: write1h };
  return { input, output, cacheRead, ...writes, source: url, asOf };
}

function activityOf(
  quarters: Map<string, UsageSum>,
  span: Span,
  zone: Zone,
): UsageView['activity'] {
  const unit = span.toAt - span.fromAt <= BY_HOUR_MS ? 'hour' : 'day';
  const starts: number[] = [];
  for (let at = span.fromAt; at < span.toAt; ) {
    const start = unit === 'day' ? zone.startOfDay(at) : startOfHour(at, zone);
    if (start !== starts.at(-1)) starts.push(start);
    // Hours are looked for in quarters, since clocks may change by half of one.
    at = unit === 'day' ? zone.addDays(start, 1) : at + QUARTER_MS;
  }
  const sums = starts.map(() => NO_USAGE);
  let point = 0;
  for (const [quarter, sum] of [...quarters].sort(([a], [b]) => Number(a) - Number(b))) {
    while ((starts[point + 1] ?? Number.POSITIVE_INFINITY) <= Number(quarter) * QUARTER_MS) point++;
    sums[point] = addUsage(sums[point] ?? NO_USAGE, sum);
  }
  return { unit, points: starts.map((at, i) => ({ at, usage: figuresOf(sums[i] ?? NO_USAGE) })) };
}

function startOfHour(at: number, zone: Zone): number {
  return Math.floor((at + zone.offset(at)) / HOUR_MS) * HOUR_MS - zone.offset(at);
}

/** Whole sessions are compared: the client gives no parts of its account. */
function clientOf(db: ReadableDb, span: Span): UsageView['client'] {
  const sessions = comparedSessions(db, span);
  if (sessions.length === 0) return null;
  const sum = (pick: (session: (typeof sessions)[number]) => number): number =>
    sessions.reduce((total, session) => total + pick(session), 0) / NANO;
  const differing = sessions
    .map(({ sessionId, ours, client }) => ({
      sessionId,
      ourUsd: ours.nanoUsd / NANO,
      clientUsd: client.nanoUsd / NANO,
      tokensBeyondOurs: allTokens(client) - allTokens(ours),
    }))
    .filter(
      ({ ourUsd, clientUsd, tokensBeyondOurs }) => ourUsd !== clientUsd || tokensBeyondOurs !== 0,
    )
    .sort((a, b) => Math.abs(b.clientUsd - b.ourUsd) - Math.abs(a.clientUsd - a.ourUsd));
  return {
    sessions: sessions.length,
    ourUsd: sum(({ ours }) => ours.nanoUsd),
    clientUsd: sum(({ client }) => client.nanoUsd),
    differing: differing.slice(0, DIFFERING_SHOWN),
  };
}
