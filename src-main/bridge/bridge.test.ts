import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import type { Amendment } from '../../src-core/event/merge.ts';
import { createRedactor } from '../../src-core/event/redact.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import { type BridgeReport, runBridge } from './bridge.ts';

const home = homePerTest();
const redactor = createRedactor(() => '0'.repeat(64));

const bridge = (): BridgeReport =>
  home().withStore((db) =>
    runBridge({ paths: home().paths, db, redactor, now: home().clock.now() }),
  );

/** A morning's events: calls of several kinds, a session, and what is neither. */
function morning(): CapturedEvent[] {
  return [
    sessionEvent('SessionStart'),
    otherEvent('UserPromptSubmit', { facts: { prompt_bytes: 12 } }),
    toolCall({ at: NOON + 1 }),
    toolCall({ at: NOON + 2, tool: 'Read', command: null, filePath: '/é/ü.ts' }),
    failedCall({ at: NOON + 3 }),
    toolCall({ at: NOON + 4, outcome: 'unknown', hookEvent: 'PostToolBatch', durationMs: null }),
    otherEvent('Stop'),
    sessionEvent('SessionEnd'),
  ];
}

const paths = () => home().paths;
const streamFiles = (): string[] => STREAMS.map((stream) => stream.pathIn(paths()));
const linesOf = (path: string): string[] =>
  home()
    .text(path)
    .split('\n')
    .filter((line) => line !== '');
const eventTable = () => home().query('SELECT * FROM hookline_event ORDER BY id');
const storedEvents = (): (CapturedEvent | null)[] =>
  home().withStore((db) => {
    const writer = createEventWriter(db);
    return home()
      .query('SELECT id FROM hookline_event ORDER BY id')
      .map(({ id }) => writer.find(String(id)));
  });
const byId = (events: readonly CapturedEvent[]): CapturedEvent[] =>
  events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const dropDatabase = (): void => {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(`${paths().database}${suffix}`, { force: true });
};

/** All that two runs must leave alike: the files' bytes and the rows, but for the clock's. */
function everything(): unknown {
  return {
    files: [...streamFiles(), paths().journals.amendments].map((path) => home().text(path)),
    tables: [
      'hookline_event',
      'hookline_amendment',
      'hookline_cursor',
      'hookline_ledger',
      'tool_events',
    ].map((table) => home().query(`SELECT * FROM ${table}`)),
    quarantine: home().text(quarantineFile(paths())),
  };
}

function expectNothingToDo(): void {
  const before = everything();
  home().clock.advance(60_000);
  expect(bridge()).toMatchObject({ healedToSqlite: 0, healedToJsonl: 0, quarantined: 0, drift: 0 });
  expect(everything()).toEqual(before);
}

describe('the bridge', () => {
  it('finds nothing to do where both stores hold the same events', () => {
    home().add(...morning());
    const report = bridge();
    expect(report).toMatchObject({
      healedToSqlite: 0,
      healedToJsonl: 0,
      duplicates: 0,
      drift: 0,
      problems: [],
    });
    const counts = report.streams.map(({ stream, inSqlite, inJsonl }) => [
      stream,
      inSqlite,
      inJsonl,
    ]);
    expect(counts).toEqual([
      ['tool-usage', 4, 4],
      ['session-events', 2, 2],
      ['events', 2, 2],
      ['activity-events', 6, 6],
      ['tool-success', 4, 4],
      ['command-usage', 3, 3],
      ['errors', 1, 1],
      ['amendments', 0, 0],
    ]);
    expectNothingToDo();
  });

  it('finds nothing to do where there is nothing', () => {
    expect(bridge()).toMatchObject({ healedToSqlite: 0, healedToJsonl: 0, drift: 0, problems: [] });
    expectNothingToDo();
    expect(
      streamFiles()
        .map((path) => home().text(path))
        .join(''),
    ).toBe('');
  });

  it('rebuilds JSONL files that were deleted, line by line the same', () => {
    home().add(...morning());
    bridge();
    const before = streamFiles().map((path) => linesOf(path).sort());
    for (const path of streamFiles()) rmSync(path);
    expect(bridge()).toMatchObject({ healedToJsonl: 22, healedToSqlite: 0, drift: 0 });
    expect(streamFiles().map((path) => linesOf(path).sort())).toEqual(before);
    expectNothingToDo();
  });

  it('rebuilds one deleted projection and leaves the other files alone', () => {
    home().add(...morning());
    bridge();
    const before = home().text(paths().journals.toolUsage);
    rmSync(paths().journals.commandUsage);
    expect(bridge()).toMatchObject({ healedToJsonl: 3, drift: 0 });
    expect(readJsonLines(paths().journals.commandUsage)).toHaveLength(3);
    expect(home().text(paths().journals.toolUsage)).toBe(before);
    expectNothingToDo();
  });

  it('rebuilds a deleted database: the same events, and their rows for old readers', () => {
    const events = morning();
    home().add(...events);
    bridge();
    const oldRows = home().query(
      'SELECT ts, tool, file_path, session_pwd, metadata FROM tool_events ORDER BY metadata',
    );
    dropDatabase();
    expect(bridge()).toMatchObject({ healedToSqlite: 8, healedToJsonl: 0, drift: 0 });
    expect(storedEvents()).toEqual(byId(events));
    expect(
      home().query(
        'SELECT ts, tool, file_path, session_pwd, metadata FROM tool_events ORDER BY metadata',
      ),
    ).toEqual(oldRows);
    expect(oldRows).toHaveLength(6);
    expectNothingToDo();
  });

  it('writes a line again that was removed from the middle', () => {
    home().add(...morning());
    bridge();
    const { toolUsage } = paths().journals;
    const before = linesOf(toolUsage);
    writeFileSync(toolUsage, `${before.toSpliced(1, 1).join('\n')}\n`);
    expect(bridge()).toMatchObject({
      healedToJsonl: 1,
      healedToSqlite: 0,
      quarantined: 0,
      drift: 0,
    });
    expect(linesOf(toolUsage).sort()).toEqual(before.sort());
    expectNothingToDo();
  });

  it('puts a damaged line into quarantine once and writes its event anew', () => {
    home().add(...morning());
    bridge();
    const { toolUsage } = paths().journals;
    const before = linesOf(toolUsage);
    writeFileSync(toolUsage, home().text(toolUsage).replace('npm test', 'npm tast'));
    expect(bridge()).toMatchObject({ healedToJsonl: 1, quarantined: 1, drift: 0 });
    const kept = readJsonLines(quarantineFile(paths()));
    expect(kept).toMatchObject([{ from: 'tool-usage.jsonl', reason: 'its sum does not fit' }]);
    expect(String(kept[0]?.text)).toContain('npm tast');
    expect(linesOf(toolUsage)).toEqual([
      ...before.map((line, i) => (i === 0 ? line.replace('npm test', 'npm tast') : line)),
      before[0],
    ]);
    expectNothingToDo();
    home().add(toolCall());
    expect(bridge()).toMatchObject({ quarantined: 0, drift: 0 });
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(1);
  });

  it('puts no more into quarantine than is there to be kept, however often it reads it', () => {
    home().add(...morning());
    appendFileSync(paths().journals.events, 'torn {\nworse\n');
    expect(bridge().quarantined).toBe(2);
    home().withStore((db) => db.exec('DELETE FROM hookline_cursor'));
    expect(bridge().quarantined).toBe(0);
    dropDatabase();
    expect(bridge().quarantined).toBe(0);
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(2);
  });

  it('counts lines that stand twice and doubles no event', () => {
    const events = morning();
    home().add(...events);
    home().addToJournals(events);
    expect(bridge()).toMatchObject({
      duplicates: 22,
      healedToSqlite: 0,
      healedToJsonl: 0,
      drift: 0,
    });
    expect(eventTable()).toHaveLength(8);
    expect(home().query('SELECT * FROM tool_events')).toHaveLength(6);
    expectNothingToDo();
  });

  it('leaves lines of other programs in the shared files alone', () => {
    const foreign = '{"ts":1768900000,"tool":"Read","source":"hook"}';
    home().add(...morning());
    appendFileSync(paths().journals.toolUsage, `${foreign}\n\n`);
    expect(bridge()).toMatchObject({ healedToSqlite: 0, quarantined: 0, drift: 0 });
    rmSync(paths().journals.sessionEvents);
    bridge();
    expect(linesOf(paths().journals.toolUsage)).toContain(foreign);
    expectNothingToDo();
  });

  it('heals both sides at once when each lacks something', () => {
    const [both, onlyStore, onlyLine] = [toolCall(), toolCall(), toolCall()];
    home().add(both);
    home().addToStore(onlyStore);
    home().addToJournals([onlyLine]);
    expect(bridge()).toMatchObject({ healedToSqlite: 1, healedToJsonl: 4, drift: 0 });
    expect(storedEvents()).toEqual(byId([both, onlyStore, onlyLine]));
    expectNothingToDo();
  });

  it('finds a row again that was lost from the table, with its lines counted once', () => {
    const events = morning();
    home().add(...events);
    bridge();
    home().withStore((db) =>
      db.prepare('DELETE FROM hookline_event WHERE id = ?').run(events[2]?.id ?? ''),
    );
    expect(bridge()).toMatchObject({
      healedToSqlite: 1,
      healedToJsonl: 0,
      duplicates: 0,
      drift: 0,
    });
    expect(storedEvents()).toEqual(byId(events));
    expectNothingToDo();
  });

  it('finds a row again that was lost while others came in', () => {
    const events = morning();
    home().add(...events);
    bridge();
    home().withStore((db) =>
      db.prepare('DELETE FROM hookline_event WHERE id = ?').run(events[2]?.id ?? ''),
    );
    const more = toolCall();
    home().add(more);
    expect(bridge()).toMatchObject({ healedToSqlite: 1, drift: 0 });
    expect(storedEvents()).toEqual(byId([...events, more]));
    expectNothingToDo();
  });
});

describe('a file that cannot be used', () => {
  it('is named, keeps its events in SQLite, and is filled when it can be', () => {
    const events = morning();
    home().addToStore(...events);
    mkdirSync(paths().journals.toolUsage, { recursive: true });
    const report = bridge();
    expect(report.problems).toEqual([
      { store: 'tool-usage', reason: expect.stringMatching(/EISDIR/) },
    ]);
    expect(report.drift).toBe(4);
    expect(readJsonLines(paths().journals.sessionEvents)).toHaveLength(2);
    rmSync(paths().journals.toolUsage, { recursive: true });
    expect(bridge()).toMatchObject({ healedToJsonl: 4, drift: 0, problems: [] });
    expectNothingToDo();
  });

  it('does not make the other files repeat their lines when the database is lost meanwhile', () => {
    const events = morning();
    home().add(...events);
    bridge();
    const whole = home().text(paths().journals.toolUsage);
    dropDatabase();
    rmSync(paths().journals.toolUsage);
    mkdirSync(paths().journals.toolUsage);
    bridge();
    rmSync(paths().journals.toolUsage, { recursive: true });
    writeFileSync(paths().journals.toolUsage, whole);
    expect(bridge()).toMatchObject({
      healedToSqlite: 4,
      healedToJsonl: 0,
      duplicates: 0,
      drift: 0,
    });
    expect(storedEvents()).toEqual(byId(events));
    expectNothingToDo();
  });

  it('may be the quarantine itself: the streams are reconciled all the same', () => {
    home().add(...morning());
    appendFileSync(paths().journals.events, 'garbage\n');
    mkdirSync(quarantineFile(paths()), { recursive: true });
    const report = bridge();
    expect(report).toMatchObject({ drift: 0, quarantined: 0 });
    expect(report.problems.map(({ store }) => store)).toEqual(['quarantine']);
  });
});

describe('what was learnt after a line was written', () => {
  const learnt = (eventId: string, members: Partial<Amendment> = {}): Amendment => ({
    eventId,
    field: 'model',
    value: 'claude-x',
    source: 'transcript',
    at: NOON + 10,
    ...members,
  });

  it('is learnt again when the database is rebuilt', () => {
    const call = toolCall({ outcome: 'unknown' });
    home().add(call);
    home().amend(
      learnt(call.id),
      learnt(call.id, { field: 'outcome', value: 'failed' }),
      learnt(call.id, { field: 'outcome', value: 'rejected', at: NOON + 20 }),
    );
    bridge();
    const before = storedEvents();
    expect(before).toMatchObject([{ model: 'claude-x', outcome: 'rejected' }]);
    dropDatabase();
    expect(bridge()).toMatchObject({ healedToSqlite: 4, healedToJsonl: 0, drift: 0 });
    expect(storedEvents()).toEqual(before);
    expectNothingToDo();
  });

  it('stays in the rows when its own file is lost, and is written again', () => {
    const call = toolCall();
    home().add(call);
    home().amend(learnt(call.id));
    bridge();
    const before = home().text(paths().journals.amendments);
    rmSync(paths().journals.amendments);
    expect(bridge()).toMatchObject({ healedToJsonl: 1, drift: 0 });
    expect(home().text(paths().journals.amendments)).toBe(before);
    expectNothingToDo();
  });

  it('brings the event into the file of errors when it turns out to be one', () => {
    const call = toolCall({ outcome: 'unknown' });
    home().add(call);
    bridge();
    home().amend(learnt(call.id, { field: 'outcome', value: 'failed' }));
    expect(bridge()).toMatchObject({ healedToJsonl: 1, drift: 0 });
    expect(readJsonLines(paths().journals.errors)).toMatchObject([{ id: call.id }]);
    expectNothingToDo();
  });

  it('takes no damaged amendment over', () => {
    const call = toolCall();
    home().add(call);
    home().amend(learnt(call.id));
    const { amendments } = paths().journals;
    writeFileSync(amendments, readFileSync(amendments, 'utf8').replace('claude-x', 'claude-y'));
    dropDatabase();
    expect(bridge()).toMatchObject({ quarantined: 1 });
    expect(storedEvents()).toMatchObject([{ model: null }]);
  });
});

describe('two tellings of one call, written while SQLite did and did not answer', () => {
  const id = 'toolu_twice';
  const rich = () =>
    toolCall({ id, at: NOON, outcome: 'failed', errorClass: 'other', error: 'no', durationMs: 7 });
  const poor = () =>
    toolCall({
      id,
      at: NOON + 50,
      hookEvent: 'PostToolBatch',
      outcome: 'unknown',
      durationMs: null,
    });

  it('make one event that knows what the line alone knew', () => {
    home().addToJournals([rich()]);
    home().add(poor());
    expect(bridge()).toMatchObject({ drift: 0 });
    expect(storedEvents()).toMatchObject([{ outcome: 'failed', error: 'no', durationMs: 7 }]);
    expectNothingToDo();
  });

  it('are one event again, as rich, when the database is rebuilt from both lines', () => {
    home().addToJournals([poor()]);
    home().add(rich());
    bridge();
    dropDatabase();
    expect(bridge()).toMatchObject({ drift: 0 });
    expect(storedEvents()).toMatchObject([{ outcome: 'failed', error: 'no', durationMs: 7 }]);
    expectNothingToDo();
  });

  it('do not undo what was learnt since', () => {
    home().addToJournals([rich()]);
    home().add(poor());
    bridge();
    home().amend({
      eventId: id,
      field: 'outcome',
      value: 'rejected',
      source: 'transcript',
      at: NOON + 99,
    });
    bridge();
    home().withStore((db) => db.exec('DELETE FROM hookline_cursor'));
    bridge();
    expect(storedEvents()).toMatchObject([{ outcome: 'rejected' }]);
    expectNothingToDo();
  });

  it('end the call that was shown as running', () => {
    home().withStore((db) =>
      createEventWriter(db).setRunning({
        toolUseId: id,
        sessionId: 's',
        tool: 'Bash',
        detail: null,
        at: NOON,
      }),
    );
    home().addToJournals([rich()]);
    bridge();
    expect(home().query('SELECT * FROM hookline_running')).toEqual([]);
  });
});
