/** What the fake history cost: two models with a price, one without. */
import type { ListPrice, ResearchView, UsageView } from '../../src-core/contract/usage.ts';
import type { UsageFigures } from '../../src-core/contract/usage-figures.ts';
import type { RangeDays } from '../../src-core/contract/views.ts';
import { fakeHealthLine } from './fake-health.ts';
import { DAY, FAKE_ZONE, fakeDays, HOUR, sum, TODAY_FROM } from './fake-history.ts';

/** Usage of so many answers. */
export function fakeFigures(answers: number, usdEach: number | null = 0.031): UsageFigures {
  const tokens = {
    input: answers * 18,
    output: answers * 410,
    cacheRead: answers * 71_000,
    cacheWrite5m: answers * 900,
    cacheWrite1h: answers * 120,
  };
  const all = Object.values(tokens).reduce((total, count) => total + count, 0);
  const unpriced = usdEach === null ? { answers, tokens: all } : { answers: 0, tokens: 0 };
  return {
    answers,
    tokens,
    webSearches: Math.round(answers / 90),
    usd: usdEach === null && answers > 0 ? null : answers * (usdEach ?? 0),
    unpriced,
  };
}

const OPUS: ListPrice = {
  input: 4,
  output: 20,
  cacheRead: 0.2,
  cacheWrite5m: 5,
  cacheWrite1h: 8,
  source: 'https://platform.claude.com/docs/en/models/opus-5-5/overview',
  asOf: '2026-09-23',
};
const HAIKU: ListPrice = {
  input: 0.1,
  output: 0.5,
  cacheRead: 0.01,
  cacheWrite5m: 0.125,
  cacheWrite1h: 0.2,
  source: 'https://platform.claude.com/docs/en/models/haiku-5-5/overview',
  asOf: '2026-10-07',
};

/** The page about cost over the last days. */
export function fakeUsage(days: RangeDays, now: number): UsageView {
  const shown = days === 0 ? fakeDays : fakeDays.slice(-days);
  const answers = sum(shown.map(({ calls }) => sum(calls)));
  const part = (share: number): number => Math.round(answers * share);
  const points = shown.map(({ calls }, index) => ({
    at: TODAY_FROM - (shown.length - 1 - index) * DAY,
    usage: fakeFigures(sum(calls)),
  }));
  const total = {
    ...fakeFigures(answers),
    unpriced: fakeFigures(part(0.02), null).unpriced,
  };
  return {
    now,
    timeZone: FAKE_ZONE,
    health: fakeHealthLine(now),
    span: { fromAt: points[0]?.at ?? now, toAt: now + 1 },
    sinceAt: now - 90 * DAY,
    pricesAsOf: '2026-11-12',
    total,
    previous: days === 0 ? null : fakeFigures(part(0.87)),
    activity: { unit: 'day', points },
    models: [
      { model: 'claude-opus-5-5', usage: fakeFigures(part(0.71)), price: OPUS },
      { model: 'claude-haiku-5-5', usage: fakeFigures(part(0.27), 0.0009), price: HAIKU },
      { model: 'local-coder-7b', usage: fakeFigures(part(0.02), null), price: null },
    ],
    projects: [
      { folder: '/Users/dev/hookline', name: 'hookline', usage: fakeFigures(part(0.6)) },
      { folder: '/Users/dev/atlas-api', name: 'atlas-api', usage: fakeFigures(part(0.3)) },
      { folder: null, name: null, usage: fakeFigures(part(0.1)) },
    ],
    agents: [
      { agent: null, usage: fakeFigures(part(0.8)) },
      { agent: 'Explore', usage: fakeFigures(part(0.2)) },
    ],
    sessions: ['s-hookline', 's-atlas', 's-docs'].map((sessionId, index) => ({
      sessionId,
      usage: fakeFigures(part(0.2 / (index + 1))),
    })),
    otherSessions: { sessions: 41, usage: fakeFigures(part(0.6)) },
    client: {
      sessions: 12,
      ourUsd: 41.802,
      clientUsd: 41.821469,
      differing: [
        { sessionId: 's-atlas', ourUsd: 9.1, clientUsd: 9.119469, tokensBeyondOurs: 38_037 },
      ],
    },
  };
}

/** A page before any usage was known of. */
export function noUsage(now: number): UsageView {
  const none = fakeFigures(0);
  return {
    ...fakeUsage(30, now),
    sinceAt: null,
    total: none,
    previous: null,
    activity: { unit: 'day', points: [] },
    models: [],
    projects: [],
    agents: [],
    sessions: [],
    otherSessions: { sessions: 0, usage: none },
    client: null,
  };
}

/** Two papers, a repository, and who answered the last prompts. */
export function fakeResearch(now: number): ResearchView {
  const seen = { firstAt: now - 3 * DAY, lastAt: now - HOUR, projects: ['/Users/dev/hookline'] };
  const answered = {
    sessionId: 's-hookline',
    project: '/Users/dev/hookline',
    firstAt: now - 2 * HOUR,
    lastAt: now - HOUR,
  };
  return {
    now,
    timeZone: FAKE_ZONE,
    links: [
      {
        ...seen,
        id: 'arxiv:2401.01234',
        kind: 'paper',
        url: 'https://arxiv.org/abs/2401.01234',
        fetches: 1,
        searches: 2,
      },
      {
        ...seen,
        id: 'github.com/owner/name',
        kind: 'repository',
        url: 'https://github.com/owner/name',
        fetches: 3,
        searches: 0,
      },
    ],
    routing: [
      {
        ...answered,
        promptId: 'p-2',
        agentId: 'a1',
        agentType: 'Explore',
        model: 'claude-haiku-5-5',
        answers: 9,
        output: 3100,
      },
      {
        ...answered,
        promptId: 'p-2',
        agentId: null,
        agentType: null,
        model: 'claude-opus-5-5',
        answers: 21,
        output: 9400,
      },
    ],
  };
}
