/**
 * A day on which the old hook, bridge, integrator and weekly job run beside ours, on a home whose
 * old record was imported. All of them write into the same files; our totals stay those of what
 * really happened.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OldCall, OldSession } from '../../scripts/old-home/old-call.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { Importer } from '../../src-main/import/importer.ts';
import { callPayload } from '../support/capture-text.ts';
import { type Home, makeHome } from '../support/home.ts';
import { readJsonLines } from '../support/jsonl.ts';
import { createOldMachine } from '../support/old-pipeline/old-machine.ts';
import { addOldPipeline, hooked, importerOf, oldCalls } from '../support/old-record.ts';
import { removeFolder } from '../support/temp-folder.ts';

const MORNING = Date.UTC(2026, 0, 27, 7);
const MINUTE_MS = 60_000;
const PAST_CALLS = 60;
/** The session of all of them, as the weekly job summed it up. */
const PAST_SESSIONS = 1;
const TOOLS = ['Read', 'Edit', 'Bash', 'Grep', 'Write'] as const;

let home: Home;
let importer: Importer;
const calls: OldCall[] = [];
const sessions: OldSession[] = [];

/** The old record of weeks before, doubled as the old programs doubled it, taken over. */
async function takeOver(): Promise<void> {
  const pipeline = hooked(PAST_CALLS);
  pipeline.bridge('late');
  pipeline.weeklyBackfill(oldCalls(PAST_CALLS));
  addOldPipeline(home, pipeline);
  importer = importerOf(home);
  await importer.apply({ again: false });
  await home.refresh();
}

/** Ten hours in four sessions; every call is seen by both hooks, and every program has its turn. */
async function liveThroughTheDay(): Promise<void> {
  const machine = createOldMachine(home.paths, home.open, home.clock.now);
  const minutes = 10 * 60;
  for (let minute = 0; minute < minutes; minute++) {
    home.clock.set(MORNING + minute * MINUTE_MS);
    const session = sessionAt(minute, machine);
    if (minute % 3 !== 0) callBoth(session, minute, machine);
    // The old agent runs each minute, and what a day of it does shows in a quarter as well.
    if (minute % 15 === 7) {
      machine.bridge();
      machine.integrate();
    }
    if (minute % 20 === 19) await home.refresh();
    if (minute === minutes / 2) machine.weekly(calls);
  }
  machine.bridge();
  machine.integrate();
  home.clock.advance(10 * MINUTE_MS);
}

type Machine = ReturnType<typeof createOldMachine>;

/** A session lasts for a hundred and fifty minutes. */
function sessionAt(minute: number, machine: Machine): OldSession {
  const known = sessions.at(-1);
  if (known !== undefined && minute % 150 !== 0) return known;
  const startedS = home.clock.now() / 1000;
  const session: OldSession = {
    id: `${sessions.length}f02f044-711f-4043-a0dd-c64620db6969`,
    pwd: '/Users/dev/my-project',
    model: 'sonnet',
    startedS,
    endedS: startedS + 149 * 60,
  };
  sessions.push(session);
  machine.session(session, 'start');
  const start = { hook_event_name: 'SessionStart', source: 'startup' };
  home.spool({ session_id: session.id, cwd: session.pwd, ...start });
  return session;
}

function callBoth(session: OldSession, minute: number, machine: Machine): void {
  const endedS = home.clock.now() / 1000;
  const tool = TOOLS[minute % TOOLS.length] ?? 'Read';
  const filePath = tool === 'Edit' || tool === 'Write' ? `/w/${minute}.ts` : '';
  const call = { beganS: endedS - 2, endedS, tool, filePath, command: 'npm test', session };
  calls.push(call);
  machine.hook({ ...call, endedS: endedS + (minute % 2) });
  home.spool(
    callPayload({
      session_id: session.id,
      cwd: session.pwd,
      tool_name: tool,
      tool_use_id: `toolu_${minute}`,
      tool_input: filePath === '' ? { command: 'npm test' } : { file_path: filePath },
      duration_ms: 2000,
    }),
  );
}

const stats = () =>
  Object.values(home.paths.stats).map((path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  });
const count = (where: string): number =>
  Number(home.query(`SELECT count(*) AS n FROM hookline_event WHERE ${where}`)[0]?.n);

beforeAll(async () => {
  home = makeHome();
  home.clock.set(Date.UTC(2026, 0, 26, 12));
  await takeOver();
  await liveThroughTheDay();
  return () => removeFolder(home.folder);
});

describe('a day with the old pipeline beside ours', () => {
  it('ends with every event once, and none that did not happen', async () => {
    expect(await home.refresh()).toMatchObject({ ok: true, drift: 0 });
    expect(calls).toHaveLength(400);
    expect(count("kind = 'tool' AND source <> 'old'")).toBe(calls.length);
    expect(count("kind = 'session' AND source <> 'old'")).toBe(sessions.length);
    expect(count("source = 'old'")).toBe(PAST_CALLS + PAST_SESSIONS);
  });

  it('has each line of ours once, whatever was compacted around it', () => {
    for (const stream of STREAMS.filter(({ isPrimary }) => isPrimary)) {
      const ids = readJsonLines(stream.pathIn(home.paths)).flatMap(({ id, sum }) =>
        typeof id === 'string' && typeof sum === 'string' ? [id] : [],
      );
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('knows all that the old programs wrote on it for traces of what ours recorded', () => {
    home.withStore((db) => {
      expect(importer.count(db).events).toEqual({ calls: 0, sessions: 0, prompts: 0 });
    });
    const { verdicts } = importer.plan();
    expect(verdicts).toMatchObject({ new: 0, known: PAST_CALLS + PAST_SESSIONS, takenBack: 0 });
    expect(verdicts.shadow).toBeGreaterThanOrEqual(calls.length);
  });

  it('ends with our statistics, though the old ones were written over them', async () => {
    const machine = createOldMachine(home.paths, home.open, home.clock.now);
    machine.integrate();
    const wrong = JSON.parse(readFileSync(home.paths.stats.toolUsage, 'utf8'));
    expect(wrong.total_calls).toBeGreaterThan(2 * calls.length);
    await home.refresh();
    const right = JSON.parse(readFileSync(home.paths.stats.toolUsage, 'utf8'));
    expect(right.total_calls).toBe(calls.length + PAST_CALLS);
  });

  it('is not changed by another refresh', async () => {
    const before = stats();
    const journals = STREAMS.map((stream) => home.text(stream.pathIn(home.paths)));
    expect(await home.refresh()).toMatchObject({ healedToSqlite: 0, healedToJsonl: 0, drift: 0 });
    expect(stats()).toEqual(before);
    expect(STREAMS.map((stream) => home.text(stream.pathIn(home.paths)))).toEqual(journals);
  });
});
