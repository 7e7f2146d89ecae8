import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { recordOf } from '../../src-core/event/record.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import type { Rejected } from '../../src-core/journal/quarantine.ts';
import { STREAMS, type Stream } from '../../src-core/journal/streams.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import type { WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, otherEvent, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { loadCursor } from './cursor.ts';
import { createRowMarks } from './row-marks.ts';
import { type LineSink, type Scan, scanFile } from './scan.ts';
import { streamSink } from './sinks.ts';

const home = homePerTest();
const streamNamed = (name: string): Stream => {
  const stream = STREAMS.find((candidate) => candidate.name === name);
  if (stream === undefined) throw new Error(`no stream ${name}`);
  return stream;
};
const TOOLS = streamNamed('tool-usage');
const COMMANDS = streamNamed('command-usage');

function sinkFor(db: WritableDb, stream: Stream): LineSink {
  const options = { paths: home().paths, marks: createRowMarks(db, stream.bit) };
  return streamSink(db, createEventWriter(db), stream, options);
}

interface Scanned extends Scan {
  readonly rejected: readonly Rejected[];
}

function scan(stream = TOOLS, onReject?: (rejected: readonly Rejected[]) => void): Scanned {
  const rejected: Rejected[] = [];
  const result = home().withStore((db) =>
    scanFile(db, sinkFor(db, stream), {
      now: NOON,
      reject: (found) => {
        onReject?.(found);
        rejected.push(...found);
      },
    }),
  );
  return { ...result, rejected };
}

const file = (stream = TOOLS): string => stream.pathIn(home().paths);
const calls = (count: number): CapturedEvent[] => Array.from({ length: count }, () => toolCall());
const bitsOf = (id: string): number =>
  Number(home().query(`SELECT lines FROM hookline_event WHERE id = '${id}'`)[0]?.lines);
const countRows = (): number =>
  Number(home().query('SELECT count(*) AS n FROM hookline_event')[0]?.n);

describe('reading a file of lines into the store', () => {
  it('marks the events whose lines it sees', () => {
    const [seen, unseen] = [toolCall(), toolCall()];
    home().addToStore(seen, unseen);
    home().addToJournals([seen], [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 1 }, healedToSqlite: 0 });
    expect([bitsOf(seen.id), bitsOf(unseen.id)]).toEqual([TOOLS.bit, 0]);
  });

  it('adds an event that only the line knows, field by field', () => {
    const event = toolCall({ facts: { a: 1 }, durationMs: 1.5, model: 'claude-x' });
    home().addToJournals([event], [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 1 }, healedToSqlite: 1 });
    home().withStore((db) => expect(createEventWriter(db).find(event.id)).toEqual(event));
    expect(home().query('SELECT via FROM hookline_event')).toEqual([{ via: 'journal' }]);
  });

  it('reads more lines than one batch holds, each once', () => {
    home().addToJournals(calls(1200), [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 1200 }, healedToSqlite: 1200 });
    expect(countRows()).toBe(1200);
  });

  it('reads on where it stopped', () => {
    home().addToJournals(calls(3), [TOOLS]);
    scan();
    home().addToJournals(calls(2), [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 5 }, healedToSqlite: 2 });
  });

  it('leaves a line alone that has no end yet, and takes it when it has', () => {
    const event = toolCall();
    const line = lineOf(recordOf(event));
    home().addToJournals(calls(1), [TOOLS]);
    appendFileSync(file(), line.slice(0, 50));
    expect(scan()).toMatchObject({ cursor: { own: 1 } });
    appendFileSync(file(), line.slice(50));
    expect(scan()).toMatchObject({ cursor: { own: 2 }, healedToSqlite: 1 });
  });

  it('counts lines of others and passes over blank ones', () => {
    appendLines(file(), ['{"ts":1,"tool":"Read","source":"hook"}\n', '\n', '  \r\n']);
    home().addToJournals(calls(1), [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 1, foreign: 1, damaged: 0 }, rejected: [] });
  });

  it('hands out a damaged line with its place, and takes nothing over from it', () => {
    const [good, bad] = calls(2);
    if (good === undefined || bad === undefined) return;
    home().addToJournals([good, bad], [TOOLS]);
    const text = readFileSync(file(), 'utf8').replaceAll(bad.id, 'toolu_evil');
    writeFileSync(file(), text);
    const { rejected, cursor } = scan();
    expect(cursor).toMatchObject({ own: 1, damaged: 1 });
    expect(rejected).toMatchObject([
      { from: 'tool-usage.jsonl', offset: text.indexOf('\n') + 1, reason: 'its sum does not fit' },
    ]);
    expect(rejected[0]?.bytes.toString()).toContain('toolu_evil');
    expect(countRows()).toBe(1);
  });

  it('counts a line that stands twice and stores its event once', () => {
    const [event] = calls(1);
    if (event === undefined) return;
    home().addToJournals([event, event, event], [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 1, duplicates: 2 }, healedToSqlite: 1 });
    expect(countRows()).toBe(1);
  });

  it('makes no event of a projection whose event nobody knows', () => {
    home().addToJournals(calls(2), [COMMANDS]);
    expect(scan(COMMANDS)).toMatchObject({ cursor: { own: 0 }, healedToSqlite: 0 });
    expect(countRows()).toBe(0);
  });

  it('takes a record of ours that stands in the wrong file for damage', () => {
    appendLines(file(), [lineOf(recordOf(sessionEvent('SessionStart')))]);
    appendLines(file(), [lineOf(recordOf(otherEvent('Stop')))]);
    expect(scan()).toMatchObject({ cursor: { own: 0, damaged: 2 } });
    expect(countRows()).toBe(0);
  });

  it('does not take the projection of an event for its whole record', () => {
    const event = toolCall();
    home().addToStore(event);
    const projection = COMMANDS.lineFor(event);
    if (projection === null) throw new Error('the event has no such line');
    appendLines(file(), [lineOf(projection)]);
    expect(scan()).toMatchObject({ cursor: { own: 0, damaged: 1 } });
    expect(bitsOf(event.id)).toBe(0);
  });

  it('reads a file again from its beginning when it was edited', () => {
    const events = calls(5);
    home().addToJournals(events, [TOOLS]);
    scan();
    const lines = readFileSync(file(), 'utf8').split('\n');
    lines.splice(2, 1);
    writeFileSync(file(), lines.join('\n'));
    expect(scan()).toMatchObject({ cursor: { own: 4, duplicates: 0 }, healedToSqlite: 0 });
    expect(events.map(({ id }) => bitsOf(id))).toEqual([1, 1, 0, 1, 1]);
  });

  it('forgets the lines of a file that is gone, in its rows when another one stands there', () => {
    const events = calls(2);
    home().addToJournals(events, [TOOLS]);
    scan();
    rmSync(file());
    expect(scan()).toMatchObject({ cursor: { own: 0, refill: { after: 0, upTo: 2 } } });
    writeFileSync(file(), '');
    expect(scan()).toMatchObject({ cursor: { own: 0, refill: null } });
    expect(events.map(({ id }) => bitsOf(id))).toEqual([0, 0]);
  });

  it('counts right when its cursor was lost', () => {
    home().addToJournals(calls(4), [TOOLS]);
    scan();
    home().withStore((db) => db.exec('DELETE FROM hookline_cursor'));
    expect(scan()).toMatchObject({ cursor: { own: 4, duplicates: 0 } });
  });
});

describe('a run that ends between two batches', () => {
  it('keeps what was committed and goes on from there', () => {
    home().addToJournals(calls(800), [TOOLS]);
    appendFileSync(file(), 'garbage\n');
    const dies = (): void => {
      throw new Error('the program ends here');
    };
    expect(() => scan(TOOLS, dies)).toThrow('the program ends here');
    expect(countRows()).toBe(500);
    home().withStore((db) => expect(loadCursor(db, 'tool-usage')).toMatchObject({ own: 500 }));
    expect(scan()).toMatchObject({
      cursor: { own: 800, duplicates: 0, damaged: 1 },
      healedToSqlite: 300,
    });
    expect(countRows()).toBe(800);
  });

  it('goes on from there when the file has grown meanwhile', () => {
    home().addToJournals(calls(800), [TOOLS]);
    appendFileSync(file(), 'garbage\n');
    expect(() =>
      scan(TOOLS, () => {
        throw new Error('the program ends here');
      }),
    ).toThrow();
    home().addToJournals(calls(10), [TOOLS]);
    expect(scan()).toMatchObject({ cursor: { own: 810, damaged: 1 }, healedToSqlite: 310 });
  });
});
