import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { STREAMS, type Stream } from '../../src-core/journal/streams.ts';
import {
  bridge,
  byId,
  dropDatabase,
  expectNothingToDo,
  linesOf,
  morning,
  storedEvents,
} from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';

const home = homePerTest();
const COMMANDS = STREAMS.find(({ name }) => name === 'command-usage') as Stream;
const paths = () => home().paths;

describe('a file that cannot be used', () => {
  it('is named, keeps its events in SQLite, and is filled when it can be', () => {
    const events = morning();
    home().addToStore(...events);
    mkdirSync(paths().journals.toolUsage, { recursive: true });
    const report = bridge(home());
    expect(report.problems).toEqual([
      { store: 'tool-usage', reason: expect.stringMatching(/EISDIR/) },
    ]);
    expect(report.drift).toBe(4);
    expect(readJsonLines(paths().journals.sessionEvents)).toHaveLength(2);
    rmSync(paths().journals.toolUsage, { recursive: true });
    expect(bridge(home())).toMatchObject({ healedToJsonl: 4, drift: 0, problems: [] });
    expectNothingToDo(home());
  });

  it('does not make the other files repeat their lines when the database is lost meanwhile', () => {
    const events = morning();
    home().add(...events);
    bridge(home());
    const whole = home().text(paths().journals.toolUsage);
    dropDatabase(home());
    rmSync(paths().journals.toolUsage);
    mkdirSync(paths().journals.toolUsage);
    bridge(home());
    rmSync(paths().journals.toolUsage, { recursive: true });
    writeFileSync(paths().journals.toolUsage, whole);
    expect(bridge(home())).toMatchObject({
      healedToSqlite: 4,
      healedToJsonl: 0,
      duplicates: 0,
      drift: 0,
    });
    expect(storedEvents(home())).toEqual(byId(events));
    expectNothingToDo(home());
  });

  it('may be a link to itself: the other files are reconciled all the same', () => {
    home().add(...morning());
    bridge(home());
    const { toolUsage, activityEvents } = paths().journals;
    rmSync(toolUsage);
    symlinkSync(toolUsage, toolUsage);
    rmSync(activityEvents);
    const report = bridge(home());
    expect(report.problems.map(({ store }) => store)).toEqual(['tool-usage']);
    expect(linesOf(home(), activityEvents)).toHaveLength(6);
  });

  it('may be the quarantine itself: the streams are reconciled all the same', () => {
    home().add(...morning());
    appendFileSync(paths().journals.events, 'garbage\n');
    mkdirSync(quarantineFile(paths()), { recursive: true });
    const report = bridge(home());
    expect(report).toMatchObject({ drift: 0, quarantined: 0 });
    expect(report.problems.map(({ store }) => store)).toEqual(['quarantine']);
  });
});

describe('lines in another order than their rows', () => {
  it('are counted once each also when the file is read twice in one run', () => {
    const calls = Array.from({ length: 30 }, () => toolCall());
    const missing = toolCall();
    home().addToStore(...calls, missing);
    // A projection of an event that nobody knows, and one that is missing, have the file read again.
    const lines = [...calls.slice(-1), ...calls.slice(0, -1), toolCall({ id: 'toolu_unknown' })];
    home().addToJournals(lines, [COMMANDS]);
    home().addToJournals(
      [...calls, missing],
      STREAMS.filter((stream) => stream !== COMMANDS),
    );
    expect(bridge(home())).toMatchObject({ healedToJsonl: 1, duplicates: 0, drift: 0 });
    expect(linesOf(home(), paths().journals.commandUsage)).toHaveLength(32);
    expectNothingToDo(home());
  });

  it('of which one is no longer expected do not stand for one that is missing', () => {
    const failed = [failedCall(), failedCall(), failedCall()];
    const [a, b] = failed as [CapturedEvent, CapturedEvent];
    home().add(...failed);
    home().amend({
      eventId: a.id,
      field: 'outcome',
      value: 'succeeded',
      source: 'transcript',
      at: NOON + 1,
    });
    const { errors } = paths().journals;
    writeFileSync(errors, `${linesOf(home(), errors).toSpliced(1, 1).join('\n')}\n`);
    expect(bridge(home())).toMatchObject({ healedToJsonl: 1, drift: 0 });
    expect(linesOf(home(), errors).filter((line) => line.includes(b.id))).toHaveLength(1);
    expectNothingToDo(home());
  });
});
