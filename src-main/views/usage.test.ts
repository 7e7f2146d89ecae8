import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contract } from '../../src-core/contract/ipc.ts';
import type { ResearchView, UsageView } from '../../src-core/contract/usage.ts';
import type { ViewFilter } from '../../src-core/contract/work.ts';
import { homePerTest } from '../../test/support/home.ts';
import { PLAIN_HEALTH } from '../../test/support/plain-health.ts';
import {
  AFTERWARDS,
  addTree,
  backfillerOf,
  makeTranscript,
} from '../../test/support/transcript-world.ts';
import { writeAnswer } from '../../test/support/usage-world.ts';
import { createZone } from '../stats/zone.ts';
import { everything } from './filter.ts';
import { researchView, usageOf, usageView } from './usage.ts';

const home = homePerTest();
const zone = createZone('Europe/Berlin');
const DAY = Date.parse('2026-11-23T00:00:00+01:00');

const take = () => backfillerOf(home()).run({ origin: 'asked' });
const inputOf = (now: number) => ({ zone, now, health: PLAIN_HEALTH });

function view(filter: Partial<ViewFilter> = {}, now = AFTERWARDS): UsageView {
  const seen = home().withStore((db) =>
    usageView({ ...inputOf(now), db }, { ...everything, ...filter }),
  );
  return v.parse(contract['usage.read'].result, seen);
}

async function takeMain(): Promise<void> {
  home().clock.set(AFTERWARDS);
  addTree(home(), 'main');
  await take();
}

describe('the page about cost', () => {
  it('adds up to the same by model, project, agent, session and hour', async () => {
    await takeMain();
    const { total, models, projects, agents, sessions, activity, client } = view();
    expect(total.usd).toBe(0.285914);
    expect(total.tokens).toEqual({
      input: 662,
      output: 2400,
      cacheRead: 577_780,
      cacheWrite5m: 23_942,
      cacheWrite1h: 0,
    });
    expect(total.unpriced).toEqual({ answers: 0, tokens: 0 });
    for (const parts of [models, projects, agents, sessions, activity.points]) {
      const answers = parts.reduce((sum, { usage }) => sum + usage.answers, 0);
      const cost = parts.reduce((sum, { usage }) => sum + (usage.usd ?? 0), 0);
      expect(answers).toBe(total.answers);
      expect(cost).toBeCloseTo(0.285914, 9);
    }
    expect(models).toMatchObject([{ model: 'claude-opus-5-5', price: { input: 4, output: 20 } }]);
    expect(projects).toMatchObject([{ folder: '/Users/dev/project', name: 'project' }]);
    expect(agents.map(({ agent }) => agent).sort()).toEqual(['Explore', 'general-purpose', null]);
    expect(client).toEqual({
      sessions: 1,
      ourUsd: 0.285914,
      clientUsd: 0.285914,
      differing: [],
    });
  });

  it('names the sessions of which the client counts otherwise', async () => {
    addTree(home(), 'interactive-main-compact');
    home().clock.set(AFTERWARDS);
    await take();
    expect(view().client?.differing).toMatchObject([
      { clientUsd: 0.32431, ourUsd: 0.304841, tokensBeyondOurs: 38_037 },
    ]);
  });

  it('folds days in the chosen zone, with those on which nothing was used', async () => {
    const lines = makeTranscript(home(), { sessionId: 'a', at: DAY });
    const answer = { sessionId: 'a', output: 1 };
    // In UTC both are on the 22nd.
    writeAnswer(lines, { ...answer, id: 'msg_1', at: DAY - 60_000 });
    writeAnswer(lines, { ...answer, id: 'msg_2', at: DAY + 60_000 });
    home().clock.set(AFTERWARDS);
    await take();
    const { activity, previous } = view({ days: 7 });
    expect(activity.unit).toBe('day');
    expect(activity.points.map(({ usage }) => usage.answers)).toEqual([0, 0, 0, 0, 1, 1, 0]);
    expect(previous).toBeNull();
    expect(view({ days: 1 }, DAY + 3_600_000).previous?.answers).toBe(1);
    const hours = view({ days: 1 }, DAY + 7_200_000).activity;
    expect(hours).toMatchObject({ unit: 'hour', points: [{ at: DAY }, {}, {}] });
  });

  it('leaves out what the filter leaves out', async () => {
    const [one, two] = ['a', 'b'].map((sessionId) =>
      makeTranscript(home(), { sessionId, folder: sessionId, at: DAY }),
    );
    if (one === undefined || two === undefined) throw new Error('no transcripts');
    writeAnswer(one, { id: 'msg_1', at: DAY, sessionId: 'a', output: 1 });
    const members = { cwd: '/Users/dev/other' };
    const other = { sessionId: 'b', output: 7, model: 'other', members };
    writeAnswer(two, { ...other, id: 'msg_2', at: DAY });
    home().clock.set(AFTERWARDS);
    await take();
    expect(view().total.tokens.output).toBe(8);
    expect(view({ model: 'other' }).total).toMatchObject({ tokens: { output: 7 }, usd: null });
    expect(view({ project: '/Users/dev/project' }).total.tokens.output).toBe(1);
    expect(view().total).toMatchObject({ unpriced: { answers: 1 } });
    expect(view().total.usd).toBeGreaterThan(0);
  });

  it('says that nothing is known where nothing ever was', () => {
    expect(view()).toMatchObject({ sinceAt: null, previous: null, client: null, models: [] });
    const today = { fromAt: DAY, toAt: AFTERWARDS };
    expect(home().withStore((db) => usageOf(db, today))).toBeNull();
  });
});

describe("the glance's line of cost", () => {
  it('is that of the day, and nothing used where usage is known of other days', async () => {
    await takeMain();
    const of = (fromAt: number) =>
      home().withStore((db) => usageOf(db, { fromAt, toAt: fromAt + 86_400_000 }));
    expect(of(DAY)?.usd).toBe(0.285914);
    expect(of(DAY + 86_400_000)).toMatchObject({ answers: 0, usd: 0 });
  });
});

describe('the page about research and routing', () => {
  it('keeps to its contract', async () => {
    await takeMain();
    const seen = home().withStore((db) => researchView({ ...inputOf(AFTERWARDS), db }, everything));
    const parsed: ResearchView = v.parse(contract['research.read'].result, seen);
    expect(parsed.links).toEqual([]);
    const models = parsed.routing.map(({ agentType, model }) => [agentType, model]);
    expect(models).toContainEqual(['Explore', 'claude-opus-5-5']);
    expect(parsed.routing.reduce((sum, { answers }) => sum + answers, 0)).toBe(23);
  });
});
