import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { everything } from '../../test/support/bridge-world.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { letGo, startLockHolder } from '../../test/support/lock-holder.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { readStatus } from './status.ts';

const home = homePerTest();
const paths = () => home().paths;

/** How many statistics files there are. */
const SEVEN = 7;

describe('a refresh', () => {
  it('brings a captured event from the spool into every store, and takes its entry away', async () => {
    const entry = home().spool(hookPayload('PostToolUse-Bash'));
    const report = await home().refresh();
    expect(report).toMatchObject({
      ok: true,
      drained: 1,
      drift: 0,
      unreachable: [],
      quarantined: 0,
    });
    expect(report.statsWritten).toHaveLength(SEVEN);
    expect(existsSync(entry)).toBe(false);
    expect(readJsonLines(paths().journals.toolUsage)).toMatchObject([{ tool: 'Bash', at: NOON }]);
    expect(home().query('SELECT tool, source, at_ms FROM hookline_event')).toEqual([
      { tool: 'Bash', source: 'spool', at_ms: NOON },
    ]);
    expect(JSON.parse(home().text(paths().stats.toolUsage))).toMatchObject({ total_calls: 1 });
  });

  it('changes no byte and no row when there is no news', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    home().spool(hookPayload('SessionStart-resume'));
    home().add(failedCall());
    await home().refresh();
    const before = everything(home());
    home().clock.advance(60_000);
    expect(await home().refresh()).toMatchObject({
      ok: true,
      drained: 0,
      statsWritten: [],
      healedToSqlite: 0,
      healedToJsonl: 0,
    });
    expect(everything(home())).toEqual(before);
  });

  it('says in its status file when it compared the stores last', async () => {
    expect(readStatus(paths())).toBeNull();
    await home().refresh();
    home().clock.advance(60_000);
    const report = await home().refresh();
    expect(readStatus(paths())).toMatchObject({
      checkedAt: NOON + 60_000,
      failingSinceAt: null,
      report,
    });
    expect(statSync(paths().status).mode & 0o777).toBe(0o600);
  });

  it('writes its status anew where it is damaged', async () => {
    await home().refresh();
    writeFileSync(paths().status, '{"checkedAt":');
    expect(readStatus(paths())).toBeNull();
    await home().refresh();
    expect(readStatus(paths())).toMatchObject({ checkedAt: NOON });
  });

  it('keeps what it does not understand in quarantine and is done all the same', async () => {
    home().spool('this is no JSON');
    home().spool(hookPayload('PostToolUse-Bash'));
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1, quarantined: 1 });
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(1);
  });

  it('does not record a session in a folder that the user has excluded', async () => {
    mkdirSync(dirname(paths().settings), { recursive: true });
    writeFileSync(paths().settings, JSON.stringify({ excludedFolders: ['/Users/dev/project'] }));
    home().spool(hookPayload('PostToolUse-Bash'));
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 0 });
    expect(home().query('SELECT * FROM hookline_event')).toEqual([]);
  });

  it('counts days in the zone that the user chose', async () => {
    mkdirSync(dirname(paths().settings), { recursive: true });
    writeFileSync(paths().settings, JSON.stringify({ timeZone: 'Pacific/Kiritimati' }));
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    expect(JSON.parse(home().text(paths().stats.activity))).toMatchObject({
      time_zone: 'Pacific/Kiritimati',
      daily_activity: { '2026-01-27': 1 },
    });
  });
});

describe('a refresh while another process holds the lock', () => {
  it('gives up after its wait, says why, and touches nothing', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    const holder = await startLockHolder(home().folder);
    try {
      const report = await home().refresh({ waitMs: 60 });
      expect(report).toMatchObject({
        ok: false,
        drained: 0,
        unreachable: [{ store: 'lock', reason: expect.stringMatching(/another run/) }],
      });
      expect(existsSync(paths().database)).toBe(false);
      expect(readdirSync(paths().spool)).toHaveLength(1);
    } finally {
      await letGo(holder);
    }
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1 });
  });

  it('begins as soon as the other one lets go', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    const holder = await startLockHolder(home().folder);
    const running = home().refresh({ waitMs: 30_000 });
    await letGo(holder);
    expect(await running).toMatchObject({ ok: true, drained: 1 });
  });

  it('takes over from one that was killed', async () => {
    const holder = await startLockHolder(home().folder);
    holder.kill('SIGKILL');
    expect(await home().refresh({ waitMs: 30_000 })).toMatchObject({ ok: true });
    expect(existsSync(paths().drainMarker)).toBe(false);
  });

  it('lets the next one in, also when it fails', async () => {
    mkdirSync(paths().redactionKey, { recursive: true });
    await home().refresh();
    const lock = takeLock({ paths: paths(), open: home().open, waitMs: 0 });
    expect(lock?.isAfterCrash).toBe(false);
    lock?.release();
  });
});
