import { describe, expect, it } from 'vitest';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { morning } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { type ExportFormat, exportEvents } from './export-events.ts';
import type { EventFilter } from './read-events.ts';

const home = homePerTest();

function run(
  format: ExportFormat,
  filter: EventFilter = {},
): { text: string; blocks: number; count: number } {
  const blocks: string[] = [];
  const count = home().withStore((db) =>
    exportEvents(db, { format, filter }, (block) => blocks.push(block)),
  );
  return { text: blocks.join(''), blocks: blocks.length, count };
}

/** Cells of a CSV text, read by the letter of RFC 4180. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const columnOf = (text: string, name: string): (string | undefined)[] => {
  const [header = [], ...rows] = cellsOf(text);
  return rows.map((row) => row[header.indexOf(name)]);
};

describe('an export', () => {
  it('has each event once, in the order of time', () => {
    const events = morning();
    home().add(...events.toReversed());
    const { text, count } = run('jsonl');
    const records = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
    expect(records.map(({ at }) => at)).toEqual(
      records.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    expect(records.every(hasRightSum)).toBe(true);
    expect(count).toBe(8);
  });

  it.each(['plain', 'with, comma', 'with "quotes"', 'two\nlines\r\nand more', '', 'é漢😀'])(
    'gives the text %j back from CSV as it was',
    (command) => {
      home().add(toolCall({ command }));
      expect(columnOf(run('csv').text, 'command')).toEqual([command]);
    },
  );

  it.each(['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1'])(
    'defuses what a spreadsheet takes for a formula: %j',
    (command) => {
      home().add(toolCall({ command }));
      expect(columnOf(run('csv').text, 'command')).toEqual([`'${command}`]);
    },
  );

  it('leaves numbers numbers', () => {
    home().add(toolCall({ exitCode: -1 }));
    expect(columnOf(run('csv').text, 'exit_code')).toEqual(['-1']);
  });

  it('takes what the filter says, from its beginning up to its end', () => {
    const call = (n: number, more = {}) =>
      toolCall({ id: `t${n}`, toolUseId: `t${n}`, at: NOON + n, ...more });
    home().add(call(0), call(1, { tool: 'Read' }), call(2, { project: '/p', cwd: '/p' }));
    home().add(call(3, { project: '/p/sub', cwd: '/q' }), call(4, { project: '/pq', cwd: '/pq' }));
    const ids = (filter: EventFilter): (string | undefined)[] =>
      columnOf(run('csv', filter).text, 'id');
    expect(ids({ fromAt: NOON + 1, toAt: NOON + 3 })).toEqual(['t1', 't2']);
    expect(ids({ tool: 'Read' })).toEqual(['t1']);
    expect(ids({ project: '/p' })).toEqual(['t2', 't3']);
  });

  it('is written in blocks, however many events there are', () => {
    home().addToStore(
      ...Array.from({ length: 2500 }, (_, i) => toolCall({ id: `t${i}`, toolUseId: `t${i}` })),
    );
    const { blocks, count, text } = run('csv');
    expect(count).toBe(2500);
    expect(blocks).toBeGreaterThan(5);
    expect(new Set(columnOf(text, 'id')).size).toBe(2500);
  });
});
