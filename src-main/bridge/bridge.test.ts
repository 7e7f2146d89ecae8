import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
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
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { toolCall } from '../../test/support/make-event.ts';

const home = homePerTest();
const paths = () => home().paths;

describe('the bridge', () => {
  it('finds nothing to do where both stores hold the same events', () => {
    home().add(...morning());
    const report = bridge(home());
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
    expectNothingToDo(home());
  });

  it('finds nothing to do where there is nothing', () => {
    expect(bridge(home())).toMatchObject({
      healedToSqlite: 0,
      healedToJsonl: 0,
      drift: 0,
      problems: [],
    });
    expectNothingToDo(home());
    expect(
      streamFiles(home())
        .map((path) => home().text(path))
        .join(''),
    ).toBe('');
  });

  it('rebuilds JSONL files that were deleted, line by line the same', () => {
    home().add(...morning());
    bridge(home());
    const before = streamFiles(home()).map((path) => linesOf(home(), path).sort());
    for (const path of streamFiles(home())) rmSync(path);
    expect(bridge(home())).toMatchObject({ healedToJsonl: 22, healedToSqlite: 0, drift: 0 });
    expect(streamFiles(home()).map((path) => linesOf(home(), path).sort())).toEqual(before);
    expectNothingToDo(home());
  });

  it('rebuilds one deleted projection and leaves the other files alone', () => {
    home().add(...morning());
    bridge(home());
    const before = home().text(paths().journals.toolUsage);
    rmSync(paths().journals.commandUsage);
    expect(bridge(home())).toMatchObject({ healedToJsonl: 3, drift: 0 });
    expect(readJsonLines(paths().journals.commandUsage)).toHaveLength(3);
    expect(home().text(paths().journals.toolUsage)).toBe(before);
    expectNothingToDo(home());
  });

  it('rebuilds a deleted database: the same events, and their rows for old readers', () => {
    const events = morning();
    home().add(...events);
    bridge(home());
    const oldRows = home().query(
      'SELECT ts, tool, file_path, session_pwd, metadata FROM tool_events ORDER BY metadata',
    );
    dropDatabase(home());
    expect(bridge(home())).toMatchObject({ healedToSqlite: 8, healedToJsonl: 0, drift: 0 });
    expect(storedEvents(home())).toEqual(byId(events));
    expect(
      home().query(
        'SELECT ts, tool, file_path, session_pwd, metadata FROM tool_events ORDER BY metadata',
      ),
    ).toEqual(oldRows);
    expect(oldRows).toHaveLength(6);
    expectNothingToDo(home());
  });

  it('writes a line again that was removed from the middle', () => {
    home().add(...morning());
    bridge(home());
    const { toolUsage } = paths().journals;
    const before = linesOf(home(), toolUsage);
    writeFileSync(toolUsage, `${before.toSpliced(1, 1).join('\n')}\n`);
    expect(bridge(home())).toMatchObject({
      healedToJsonl: 1,
      healedToSqlite: 0,
      quarantined: 0,
      drift: 0,
    });
    expect(linesOf(home(), toolUsage).sort()).toEqual(before.sort());
    expectNothingToDo(home());
  });

  it('puts a damaged line into quarantine once and writes its event anew', () => {
    home().add(...morning());
    bridge(home());
    const { toolUsage } = paths().journals;
    const before = linesOf(home(), toolUsage);
    writeFileSync(toolUsage, home().text(toolUsage).replace('npm test', 'npm tast'));
    expect(bridge(home())).toMatchObject({ healedToJsonl: 1, quarantined: 1, drift: 0 });
    const kept = readJsonLines(quarantineFile(paths()));
    expect(kept).toMatchObject([{ from: 'tool-usage.jsonl', reason: 'its sum does not fit' }]);
    expect(String(kept[0]?.text)).toContain('npm tast');
    expect(linesOf(home(), toolUsage)).toEqual([
      ...before.map((line, i) => (i === 0 ? line.replace('npm test', 'npm tast') : line)),
      before[0],
    ]);
    expectNothingToDo(home());
    home().add(toolCall());
    expect(bridge(home())).toMatchObject({ quarantined: 0, drift: 0 });
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(1);
  });

  it('puts no more into quarantine than is there to be kept, however often it reads it', () => {
    home().add(...morning());
    appendFileSync(paths().journals.events, 'torn {\nworse\n');
    expect(bridge(home()).quarantined).toBe(2);
    home().withStore((db) => db.exec('DELETE FROM hookline_cursor'));
    expect(bridge(home()).quarantined).toBe(0);
    dropDatabase(home());
    expect(bridge(home()).quarantined).toBe(0);
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(2);
  });

  it('does not count a damaged line again that moved to another place in its file', () => {
    home().add(...morning());
    const { toolUsage } = paths().journals;
    appendFileSync(toolUsage, 'garbage\n');
    expect(bridge(home()).quarantined).toBe(1);
    const lines = linesOf(home(), toolUsage);
    writeFileSync(toolUsage, `${['garbage', ...lines.slice(1, -1)].join('\n')}\n`);
    expect(bridge(home())).toMatchObject({ quarantined: 0, healedToJsonl: 1, drift: 0 });
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(1);
  });

  it('counts lines that stand twice and doubles no event', () => {
    const events = morning();
    home().add(...events);
    home().addToJournals(events);
    expect(bridge(home())).toMatchObject({
      duplicates: 22,
      healedToSqlite: 0,
      healedToJsonl: 0,
      drift: 0,
    });
    expect(storedEvents(home())).toHaveLength(8);
    expect(home().query('SELECT * FROM tool_events')).toHaveLength(6);
    expectNothingToDo(home());
  });

  it('leaves lines of other programs in the shared files alone', () => {
    const foreign = '{"ts":1768900000,"tool":"Read","source":"hook"}';
    home().add(...morning());
    appendFileSync(paths().journals.toolUsage, `${foreign}\n\n`);
    expect(bridge(home())).toMatchObject({ healedToSqlite: 0, quarantined: 0, drift: 0 });
    rmSync(paths().journals.sessionEvents);
    bridge(home());
    expect(linesOf(home(), paths().journals.toolUsage)).toContain(foreign);
    expectNothingToDo(home());
  });

  it('heals both sides at once when each lacks something', () => {
    const [both, onlyStore, onlyLine] = [toolCall(), toolCall(), toolCall()];
    home().add(both);
    home().addToStore(onlyStore);
    home().addToJournals([onlyLine]);
    expect(bridge(home())).toMatchObject({ healedToSqlite: 1, healedToJsonl: 4, drift: 0 });
    expect(storedEvents(home())).toEqual(byId([both, onlyStore, onlyLine]));
    expectNothingToDo(home());
  });

  it('finds a row again that was lost from the table, with its lines counted once', () => {
    const events = morning();
    home().add(...events);
    bridge(home());
    home().withStore((db) =>
      db.prepare('DELETE FROM hookline_event WHERE id = ?').run(events[2]?.id ?? ''),
    );
    expect(bridge(home())).toMatchObject({
      healedToSqlite: 1,
      healedToJsonl: 0,
      duplicates: 0,
      drift: 0,
    });
    expect(storedEvents(home())).toEqual(byId(events));
    expectNothingToDo(home());
  });

  it('finds a row again that was lost while others came in', () => {
    const events = morning();
    home().add(...events);
    bridge(home());
    home().withStore((db) =>
      db.prepare('DELETE FROM hookline_event WHERE id = ?').run(events[2]?.id ?? ''),
    );
    const more = toolCall();
    home().add(more);
    expect(bridge(home())).toMatchObject({ healedToSqlite: 1, drift: 0 });
    expect(storedEvents(home())).toEqual(byId([...events, more]));
    expectNothingToDo(home());
  });
});
