import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { bridge, byId, linesOf, morning, storedEvents } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import type { BridgeReport } from './bridge.ts';

const home = homePerTest();
const paths = () => home().paths;
const DAY_MS = 86_400_000;
const whole = (): BridgeReport => bridge(home(), { sweep: 'whole' });
const NOTHING = { healedToSqlite: 0, healedToJsonl: 0, quarantined: 0, drift: 0 } as const;

/** Changes text of a file in a way that neither its size nor its times tell. */
function spoilUnseen(path: string, from: string, to: string): void {
  const { atimeMs, mtimeMs } = statSync(path);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}

/** Lets the next run take the file for the one that it knows, to the nanosecond. */
function forgetTimes(stream: string, path: string): void {
  const { mtimeNs } = statSync(path, { bigint: true });
  home().withStore((db) =>
    db
      .prepare(
        "UPDATE hookline_cursor SET value = json_set(value, '$.modifiedNs', ?) WHERE stream = ?",
      )
      .run(String(mtimeNs), stream),
  );
}

describe('the full sweep', () => {
  it('finds nothing in a healthy home, and says how much it verified', () => {
    home().add(...morning());
    bridge(home());
    expect(whole()).toMatchObject({
      ...NOTHING,
      swept: { rows: 8, lines: 22, replacedRows: 0, damagedRows: 0, reread: [] },
    });
    const rows = home().query("SELECT * FROM hookline_ledger WHERE stream = 'sweep'");
    expect(rows).toMatchObject([{ in_sqlite: 8, in_jsonl: 22, quarantined: 0 }]);
  });

  it('finds a damaged line that kept the size and the time of its file', () => {
    home().add(...morning());
    bridge(home());
    const { toolUsage } = paths().journals;
    spoilUnseen(toolUsage, 'npm test', 'npm tast');
    forgetTimes('tool-usage', toolUsage);
    expect(bridge(home())).toMatchObject(NOTHING);
    expect(whole()).toMatchObject({
      quarantined: 1,
      healedToJsonl: 1,
      drift: 0,
      swept: { reread: ['tool-usage'] },
    });
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(1);
    expect(whole()).toMatchObject({ ...NOTHING, swept: { reread: [] } });
  });

  it('ends where a file has lost a line end unseen, and reads it anew', () => {
    home().add(...morning());
    bridge(home());
    const { toolUsage } = paths().journals;
    const text = home().text(toolUsage);
    spoilUnseen(toolUsage, text, `${text.slice(0, -1)} `);
    forgetTimes('tool-usage', toolUsage);
    const { swept, drift } = whole();
    expect(swept?.reread).toEqual(['tool-usage']);
    expect(drift).toBe(0);
    expect(bridge(home())).toMatchObject({ healedToSqlite: 0, drift: 0 });
    expect(storedEvents(home())).toHaveLength(8);
  });

  it('finds a line that stands in the place of another one', () => {
    const calls = [toolCall({ command: 'ls a' }), toolCall({ command: 'ls b' })];
    home().add(...calls);
    bridge(home());
    const { toolSuccess } = paths().journals;
    const [first = '', second = ''] = linesOf(home(), toolSuccess);
    spoilUnseen(toolSuccess, second, first);
    forgetTimes('tool-success', toolSuccess);
    expect(bridge(home())).toMatchObject(NOTHING);
    expect(whole()).toMatchObject({ healedToJsonl: 1, duplicates: 1, drift: 0 });
    expect(linesOf(home(), toolSuccess)).toEqual([first, first, second]);
  });

  it('replaces a row whose sum fails by the line whose sum holds', () => {
    const events = morning();
    home().add(...events);
    bridge(home());
    home().withStore((db) =>
      db.exec("UPDATE hookline_event SET command = 'rm -rf /' WHERE command = 'npm test'"),
    );
    expect(bridge(home())).toMatchObject(NOTHING);
    expect(whole()).toMatchObject({ swept: { damagedRows: 0 }, drift: 0 });
    expect(storedEvents(home())).toEqual(byId(events));
    expect(whole()).toMatchObject({ ...NOTHING, swept: { replacedRows: 0 } });
  });

  it('keeps what was learnt of an event whose row it replaces', () => {
    const call = toolCall({ model: null });
    home().add(call);
    home().amend({ eventId: call.id, field: 'model', value: 'opus', source: 'x', at: NOON });
    bridge(home());
    home().withStore((db) => db.exec("UPDATE hookline_event SET cwd = '/elsewhere'"));
    expect(whole()).toMatchObject({ healedToSqlite: 1, swept: { replacedRows: 1 } });
    expect(storedEvents(home())).toEqual([{ ...call, model: 'opus' }]);
  });

  it('tells of an event of which neither row nor line is right, and makes no good line of it', () => {
    home().add(toolCall({ command: 'npm test' }), toolCall({ command: 'ls' }));
    bridge(home());
    const { toolUsage } = paths().journals;
    home().withStore((db) =>
      db.exec("UPDATE hookline_event SET command = 'npm toast' WHERE command = 'npm test'"),
    );
    spoilUnseen(toolUsage, 'npm test', 'npm tast');
    forgetTimes('tool-usage', toolUsage);
    expect(whole()).toMatchObject({ drift: 1, quarantined: 1, swept: { damagedRows: 1 } });
    expect(home().text(toolUsage)).not.toContain('npm toast');
    expect(whole()).toMatchObject({ drift: 1, swept: { damagedRows: 1 } });
  });

  it('ends over several runs, each of which does a slice', () => {
    home().add(...Array.from({ length: 3000 }, () => toolCall()));
    bridge(home());
    let runs = 0;
    let swept: BridgeReport['swept'] = null;
    while (swept === null && runs++ < 1000) swept = bridge(home(), { sweep: 'slice' }).swept;
    expect(swept).toMatchObject({ rows: 3000, lines: 12_000, reread: [] });
    expect(bridge(home(), { sweep: 'slice' }).swept).toBeNull();
    home().clock.advance(DAY_MS);
    home().add(toolCall());
    bridge(home());
    do swept = bridge(home(), { sweep: 'slice' }).swept;
    while (swept === null && runs++ < 1000);
    expect(swept).toMatchObject({ rows: 3001 });
  });

  it('is done by a refresh once a day, and on demand at once', async () => {
    home().add(...morning());
    const sweeps = () =>
      home().query("SELECT at_ms FROM hookline_ledger WHERE stream = 'sweep'").length;
    for (let i = 0; i < 1000 && sweeps() === 0; i++) await home().refresh();
    expect(sweeps()).toBe(1);
    home().clock.advance(60_000);
    await home().refresh();
    expect(sweeps()).toBe(1);
    await home().refresh({ isSweep: true });
    expect(sweeps()).toBe(2);
  });
});
