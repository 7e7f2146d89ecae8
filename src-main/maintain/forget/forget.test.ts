import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../../src-core/event/event.ts';
import { createRedactor } from '../../../src-core/event/redact.ts';
import { quarantine } from '../../../src-core/journal/quarantine.ts';
import { appendActivity } from '../../../src-core/spool/activity-log.ts';
import { backUpStore } from '../../../src-core/store/backup.ts';
import { dropDatabase, storedEvents } from '../../../test/support/bridge-world.ts';
import { homePerTest } from '../../../test/support/home.ts';
import { NOON, otherEvent, sessionEvent, toolCall } from '../../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../../test/support/transcript-world.ts';
import { archiveLines } from '../archive/archive.ts';
import { forget } from './forget.ts';
import type { ForgetTarget } from './target.ts';

const home = homePerTest();
const DAY_MS = 86_400_000;
const TEXT = 'zanzibar "märz"';
const FOLDER = '/Users/dev/secret';

const call = (n: number, more: Partial<CapturedEvent> = {}): CapturedEvent =>
  toolCall({ id: `toolu_${n}`, toolUseId: `toolu_${n}`, at: NOON + n, ...more });

/** Ordinary events, and ones that are to go; of each some are archived. */
async function record(meant: Partial<CapturedEvent>): Promise<string[]> {
  const { paths, withStore, clock } = home();
  home().pretendInstalled();
  const kept = [call(1), call(2), otherEvent('Stop'), call(5, { at: NOON + 70 * DAY_MS })];
  const gone = [
    call(3, meant),
    call(4, { ...meant, outcome: 'failed', error: TEXT, errorClass: 'exit' }),
  ];
  home().add(...kept, ...gone, call(6, { ...meant, at: NOON + 70 * DAY_MS }));
  home().amend({ eventId: 'toolu_3', field: 'error', value: TEXT, source: 'hook', at: NOON });
  clock.advance(71 * DAY_MS);
  await home().refresh();
  withStore((db) => archiveLines({ paths, db, now: clock.now(), aboveBytes: 0 }));
  await home().refresh();
  return kept.map(({ id }) => id).sort();
}

/** Copies that a repair and a damaged line left behind. */
function leaveCopies(): void {
  const { paths, open, withStore, clock } = home();
  const folder = join(paths.backups, 'repair-20260101T000000Z');
  mkdirSync(folder, { recursive: true });
  withStore((db) => backUpStore(db, join(folder, 'database.db'), open));
  const bytes = Buffer.from(`{"torn ${JSON.stringify(TEXT)} ${FOLDER}`);
  const rejected = {
    at: clock.now(),
    from: 'tool-usage.jsonl',
    offset: 0,
    reason: 'not JSON',
    bytes,
  };
  quarantine(
    paths,
    createRedactor(() => '0'.repeat(64)),
    [rejected],
  );
  appendFileSync(paths.journals.toolUsage, `${bytes.toString('utf8')}\n`);
}

const run = (
  target: ForgetTarget,
  more: { isDry?: boolean; atPoint?: (name: string) => void } = {},
) =>
  forget(
    { paths: home().paths, open: home().open, clock: home().clock, waitMs: 0, ...more },
    target,
  );

/** Files below the home in which any writing of the text stands. */
function traces(text: string): string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const writings = [text, inJson, JSON.stringify(inJson).slice(1, -1)];
  return readdirSync(home().folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => writings.some((writing) => readFileSync(path).includes(writing)));
}

const idsOf = (): (string | undefined)[] => storedEvents(home()).map((event) => event?.id);

describe('forgetting a text', () => {
  it('leaves no trace of it in any file, and all other events', async () => {
    const kept = await record({
      command: `echo ${TEXT}`,
      content: { tool_input: { command: TEXT } },
    });
    leaveCopies();
    expect(traces(TEXT).length).toBeGreaterThan(5);
    const result = await run({ kind: 'match', text: TEXT });
    expect(result).toMatchObject({ kind: 'forgotten', events: 3, left: [], notVacuumed: null });
    expect(traces(TEXT)).toEqual([]);
    expect(idsOf()).toEqual(kept);
  });

  it('keeps it away after a refresh, and after either store is lost', async () => {
    const kept = await record({ command: `echo ${TEXT}` });
    const lines = home().text(home().paths.journals.toolUsage);
    await run({ kind: 'match', text: TEXT });
    await home().refresh();
    dropDatabase(home());
    await home().refresh({ isSweep: true });
    expect(idsOf()).toEqual(kept);
    writeFileSync(home().paths.journals.toolUsage, lines);
    await home().refresh();
    expect(idsOf()).toEqual(kept);
  });

  it('tells beforehand where it stands, and changes nothing for that', async () => {
    const before = await record({ command: `echo ${TEXT}` }).then(idsOf);
    const plan = await run({ kind: 'match', text: TEXT }, { isDry: true });
    expect(idsOf()).toEqual(before);
    const done = await run({ kind: 'match', text: TEXT });
    expect(plan).toMatchObject({ kind: 'planned', events: 3 });
    expect('places' in plan && plan.places).toEqual('places' in done && done.places);
    expect('places' in plan && plan.places).toMatchObject({ events: 3, amendments: 1 });
    expect('places' in plan && plan.places['archived lines']).toBeGreaterThan(4);
  });

  it("leaves other programs' lines and tells of them", async () => {
    await record({ command: `echo ${TEXT}` });
    const foreign = `${JSON.stringify({ ts: 1769590342, tool: 'Grep', command: TEXT })}\n`;
    appendFileSync(home().paths.journals.toolUsage, foreign);
    const result = await run({ kind: 'match', text: TEXT });
    expect(result).toMatchObject({ left: [home().paths.journals.toolUsage] });
    expect(home().text(home().paths.journals.toolUsage)).toContain(foreign);
  });

  it('is completed by the same call wherever it was broken off', async () => {
    const kept = await record({ command: `echo ${TEXT}` });
    for (const point of ['tombstones', 'files', 'rows', 'sums', 'pages']) {
      const broken = run(
        { kind: 'match', text: TEXT },
        {
          atPoint: (name) => {
            if (name === point) throw new Error('broken off');
          },
        },
      );
      await expect(broken, point).rejects.toThrow('broken off');
      await home().refresh();
    }
    expect(await run({ kind: 'match', text: TEXT })).toMatchObject({ left: [] });
    expect(traces(TEXT)).toEqual([]);
    expect(idsOf()).toEqual(kept);
  });
});

describe('what transcripts and the old record tell', () => {
  const SESSION = '22222222-2222-4333-8444-555555555555';

  it('does not come back by a backfill, asked for again or not', async () => {
    const backfiller = backfillerOf(home());
    const made = makeTranscript(home(), { sessionId: SESSION, at: NOON - 2 * 3_600_000 });
    made.call('toolu_keep', {}, { input: { command: 'npm test' } });
    made.call('toolu_gone', {}, { input: { command: `echo ${TEXT}` } });
    await backfiller.run({ origin: 'asked' });
    expect(idsOf()).toEqual(expect.arrayContaining(['toolu_gone', 'toolu_keep']));
    expect(await run({ kind: 'match', text: TEXT })).toMatchObject({ events: 1, left: [] });
    const kept = idsOf();
    expect(kept).not.toContain('toolu_gone');
    await backfiller.run({ origin: 'asked' });
    await backfiller.run({ origin: 'asked', again: true });
    expect(idsOf()).toEqual(kept);
    dropDatabase(home());
    await home().refresh();
    await backfiller.run({ origin: 'asked', again: true });
    expect(idsOf()).toEqual(kept);
  });

  it('stays away with its session', async () => {
    const backfiller = backfillerOf(home());
    makeTranscript(home(), { sessionId: SESSION, at: NOON - 2 * 3_600_000 }).call('toolu_gone');
    await backfiller.run({ origin: 'asked' });
    await run({ kind: 'session', id: SESSION });
    await backfiller.run({ origin: 'asked', again: true });
    expect(idsOf()).toEqual([]);
  });
});

describe('forgetting a session', () => {
  it('takes its files out of the activity log, and leaves what tells nothing of it', async () => {
    const sessionId = '33333333-2222-4333-8444-555555555555';
    const read = call(1, { sessionId, tool: 'Read', filePath: '/a/secret.ts', command: null });
    const bash = call(2, { sessionId });
    home().add(read, bash);
    await home().refresh();
    appendActivity(home().paths.activityLog, [read, bash]);
    expect(await run({ kind: 'session', id: sessionId })).toMatchObject({
      places: { 'activity lines': 1 },
    });
    expect(home().text(home().paths.activityLog)).not.toContain('secret.ts');
    expect(home().text(home().paths.activityLog)).toMatch(/\d Bash\n$/);
  });

  it('removes all of it and nothing else', async () => {
    const sessionId = '11111111-2222-4333-8444-555555555555';
    const kept = await record({ sessionId });
    home().add(sessionEvent('SessionStart', { sessionId, id: 'start_1' }));
    expect(await run({ kind: 'session', id: sessionId })).toMatchObject({ events: 4, left: [] });
    expect(idsOf()).toEqual(kept);
    home().addToJournals([call(9, { sessionId })]);
    await home().refresh();
    expect(idsOf()).toEqual(kept);
  });
});

describe('forgetting a folder', () => {
  it('removes what happened in it, and not in one whose name begins alike', async () => {
    const kept = await record({ project: FOLDER, cwd: `${FOLDER}/src` });
    home().add(call(7, { project: `${FOLDER}-not`, cwd: `${FOLDER}-not` }));
    leaveCopies();
    const result = await run({ kind: 'project', folder: `${FOLDER}/` });
    expect(result).toMatchObject({ events: 3, left: [] });
    expect(idsOf()).toEqual([...kept, 'toolu_7'].sort());
    expect(traces(`${FOLDER}/`)).toEqual([]);
    expect(traces(`${FOLDER}"`)).toEqual([]);
  });
});

describe('what is no target', () => {
  it.each<ForgetTarget>([
    { kind: 'match', text: 'ab' },
    { kind: 'session', id: ' ' },
    { kind: 'project', folder: '/' },
  ])('is refused: %j', async (target) => {
    expect(await run(target)).toMatchObject({ kind: 'refused' });
  });
});
