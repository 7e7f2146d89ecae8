import { appendFileSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bridge,
  byId,
  dropDatabase,
  expectNothingToDo,
  linesOf,
  morning,
  storedEvents,
  streamFiles,
} from '../../test/support/bridge-world.ts';
import { TEST_REDACTOR } from '../../test/support/capture-text.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { buildStore } from './build-store.ts';

const home = homePerTest();
const paths = () => home().paths;
const build = (leastBytes = 0) =>
  buildStore({
    paths: paths(),
    open: home().open,
    redactor: TEST_REDACTOR,
    now: NOON,
    leastBytes,
  });
const filesOfStore = () =>
  readdirSync(dirname(paths().database)).filter((name) =>
    name.startsWith(basename(paths().database)),
  );

describe('a store that is gone', () => {
  it('is built anew from JSONL, so that the bridge has nothing to add', () => {
    const events = [...morning(), ...Array.from({ length: 700 }, () => toolCall())];
    home().add(...events);
    bridge(home());
    const oldRows =
      'SELECT ts, tool, file_path, session_pwd, metadata FROM tool_events ORDER BY metadata';
    const before = home().query(oldRows);
    dropDatabase(home());
    expect(build()).toBe(events.length);
    expect(filesOfStore()).toEqual([basename(paths().database)]);
    expect(statSync(paths().database).mode & 0o777).toBe(0o600);
    expect(storedEvents(home())).toEqual(byId(events));
    expect(home().query(oldRows)).toEqual(before);
    expect(home().query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(home().query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(bridge(home())).toMatchObject({ healedToSqlite: 0, healedToJsonl: 0, drift: 0 });
    expectNothingToDo(home());
  });

  it('is the same as the one that the bridge makes row by row, whatever the files lack or hold twice', () => {
    const events = [...morning(), ...Array.from({ length: 40 }, () => toolCall()), failedCall()];
    home().add(...events);
    home().amend({
      eventId: events.at(-1)?.id ?? '',
      field: 'outcome',
      value: 'succeeded',
      source: 'transcript',
      at: NOON + 9,
    });
    bridge(home());
    const { journals } = paths();
    const lines = linesOf(home(), journals.toolSuccess);
    writeFileSync(journals.toolSuccess, `${lines.filter((_, i) => i % 3 > 0).join('\n')}\n`);
    writeFileSync(journals.activityEvents, `${lines[0]}\n${home().text(journals.activityEvents)}`);
    appendFileSync(journals.toolUsage, `${linesOf(home(), journals.toolUsage)[4]}\n`);
    rmSync(journals.errors);
    const files = [...streamFiles(home()), journals.amendments];
    const damaged = files.map((path) => home().text(path));
    const outcome = () => ({
      report: bridge(home()),
      rows: home().query('SELECT id, sum, expected, lines FROM hookline_event ORDER BY id'),
      files: files.map((path) => home().text(path)),
    });
    dropDatabase(home());
    expect(build()).toBe(events.length + 1);
    const built = outcome();
    for (const [i, path] of files.entries()) writeFileSync(path, damaged[i] ?? '');
    dropDatabase(home());
    const { report, ...alike } = outcome();
    expect(report).toMatchObject({ healedToSqlite: events.length + 1, drift: 0 });
    expect(report.healedToJsonl).toBeGreaterThan(10);
    expect(built).toMatchObject(alike);
    expect(built.report.healedToJsonl).toBe(report.healedToJsonl);
  });

  it('is left to the bridge where JSONL holds little', () => {
    home().addToJournals(morning());
    expect(build(1_000_000)).toBeNull();
    expect(existsSync(paths().database)).toBe(false);
  });

  it('is left to the bridge where a journal of the one before lies in its place', () => {
    home().addToJournals(morning());
    home().withStore(() => undefined);
    dropDatabase(home());
    writeFileSync(`${paths().database}-wal`, 'of another one');
    expect(build()).toBeNull();
  });

  it('throws away what a killed run left', () => {
    home().addToJournals(morning());
    home().withStore(() => undefined);
    dropDatabase(home());
    writeFileSync(`${paths().database}.building`, 'half a store');
    expect(build()).toBe(8);
    expect(filesOfStore()).toEqual([basename(paths().database)]);
    expect(storedEvents(home())).toHaveLength(8);
  });
});

describe('a store that is there', () => {
  it('is never replaced', () => {
    home().addToStore(toolCall());
    home().addToJournals(morning());
    expect(build()).toBeNull();
    expect(storedEvents(home())).toHaveLength(1);
  });
});
