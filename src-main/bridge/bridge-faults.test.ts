import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import {
  bridge,
  byId,
  dropDatabase,
  expectNothingToDo,
  morning,
  storedEvents,
} from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';

const home = homePerTest();
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

  it('may be the quarantine itself: the streams are reconciled all the same', () => {
    home().add(...morning());
    appendFileSync(paths().journals.events, 'garbage\n');
    mkdirSync(quarantineFile(paths()), { recursive: true });
    const report = bridge(home());
    expect(report).toMatchObject({ drift: 0, quarantined: 0 });
    expect(report.problems.map(({ store }) => store)).toEqual(['quarantine']);
  });
});
