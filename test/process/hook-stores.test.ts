import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import type { DrainStep } from '../../src-core/spool/drain.ts';
import { callPayload } from '../support/capture-text.ts';
import { startSupport } from '../support/child.ts';
import { hookPayload } from '../support/claude-fixtures.ts';
import { entriesIn, type HookHome, makeHookHome } from '../support/hook-home.ts';
import { idsByStream, recordsIn, spoolEntry } from '../support/spool.ts';
import { openByNode, queryFile } from '../support/sqlite.ts';
import { until } from '../support/until.ts';

const SILENT = { code: 0, signal: null, output: '' };
let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});
const call = (id: string) => callPayload({ tool_use_id: id });
const stored = () =>
  queryFile(home.paths.database, 'SELECT id FROM hookline_event ORDER BY id').map(({ id }) => id);
const journaled = () => idsByStream(home.paths)['tool-usage'];
const errorLog = () => readFileSync(home.paths.hookErrorLog, 'utf8');

describe('the installed hook, when a store is in trouble', () => {
  it('makes the database and its folder where they are missing (D09a)', async () => {
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.drained();
    expect(stored()).toEqual(['toolu_1']);
    expect(statSync(dirname(home.paths.database)).mode & 0o777).toBe(0o700);
  });

  it('has the event in JSONL where the database cannot be made', async () => {
    writeFileSync(`${home.paths.home}/.agent-core`, 'a file');
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.drained();
    expect(journaled()).toEqual(['toolu_1']);
    expect(errorLog()).toContain('SQLite (unreachable)');
  });

  it('has the event in JSONL while another program holds the database', async () => {
    await home.launch(call('toolu_1'));
    await home.drained();
    const other = openByNode(home.paths.database);
    other.exec('BEGIN EXCLUSIVE');
    expect(await home.launch(call('toolu_2'))).toEqual(SILENT);
    await home.drained();
    expect(journaled()).toEqual(['toolu_1', 'toolu_2']);
    expect(errorLog()).toContain('SQLite (busy)');
    other.exec('ROLLBACK');
    other.close();
    await home.launch(call('toolu_3'));
    await home.drained();
    expect(journaled()).toEqual(['toolu_1', 'toolu_2', 'toolu_3']);
    expect(stored()).toEqual(['toolu_1', 'toolu_3']);
  });

  it('has the event in JSONL where the database is garbage, and leaves it as it is', async () => {
    mkdirSync(dirname(home.paths.database), { recursive: true });
    const garbage = Buffer.alloc(8192, 'garbage ');
    writeFileSync(home.paths.database, garbage);
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.drained();
    expect(journaled()).toEqual(['toolu_1']);
    expect(errorLog()).toContain('SQLite (corrupt)');
    expect(readFileSync(home.paths.database)).toEqual(garbage);
  });

  it('has the event in SQLite where a JSONL file cannot be written', async () => {
    mkdirSync(home.paths.journals.toolUsage, { recursive: true });
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.drained();
    expect(stored()).toEqual(['toolu_1']);
    expect(errorLog()).toContain('tool-usage');
  });

  it('keeps the event in the spool where neither takes it, and ends all the same', async () => {
    writeFileSync(`${home.paths.home}/.agent-core`, 'a file');
    mkdirSync(home.paths.journals.toolUsage, { recursive: true });
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.quiet();
    expect(entriesIn(home.paths.spool)).toHaveLength(1);
    rmSync(`${home.paths.home}/.agent-core`);
    rmSync(home.paths.journals.toolUsage, { recursive: true });
    await home.launch(call('toolu_2'));
    await home.drained();
    expect(stored()).toEqual(['toolu_1', 'toolu_2']);
    expect(journaled()).toEqual(['toolu_1', 'toolu_2']);
  });

  it('drains again when a damaged lock.db or key stood in its way', async () => {
    mkdirSync(home.paths.own, { recursive: true });
    writeFileSync(home.paths.lockDatabase, Buffer.alloc(8192, 'garbage '));
    writeFileSync(home.paths.redactionKey, '');
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.drained();
    expect(stored()).toEqual(['toolu_1']);
  });

  it('leaves its entry to whoever holds the lock', async () => {
    const holder = startSupport('lock-child.ts', [home.paths.home, 'sqlite']);
    expect(await holder.nextLine()).toBe('held');
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    expect(existsSync(home.paths.startMarker)).toBe(false);
    expect(entriesIn(home.paths.spool)).toHaveLength(1);
    await holder.finish();
    await home.launch(call('toolu_2'));
    await home.drained();
    expect(stored()).toEqual(['toolu_1', 'toolu_2']);
  });

  it('asks again for a lock whose holder let go just when it gave up', async () => {
    const { paths } = home;
    spoolEntry(paths, call('toolu_1'));
    // A holder whose marker is gone already: it will not look into the spool again.
    const holder = openByNode(paths.lockDatabase);
    holder.exec('BEGIN EXCLUSIVE');
    const run = home.runDrainer({}, (pid) => writeFileSync(paths.startMarker, `${pid}\n`));
    await until('the drainer gave up once', () => !existsSync(paths.startMarker));
    holder.close();
    expect(await run).toEqual(SILENT);
    expect(stored()).toEqual(['toolu_1']);
  });

  it('ends while a launcher hangs, and leaves that entry to the next one', async () => {
    const name = `${process.pid}-0.event`;
    spoolEntry(home.paths, '{"half', { name, isFinished: false, at: Date.now() });
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    await home.quiet();
    expect(stored()).toEqual(['toolu_1']);
    expect(entriesIn(home.paths.spool)).toEqual([name]);
  });

  it('says in its log what is wrong with the settings', async () => {
    mkdirSync(home.paths.own, { recursive: true });
    writeFileSync(home.paths.settings, '{"excludedFolders":["/Users/dev/project",7]}');
    await home.launch(call('toolu_1'));
    await home.drained();
    expect(errorLog()).toContain('setting excludedFolders');
    expect(stored()).toEqual([]);
  });
});

describe('the installed hook on a runtime without SQLite', () => {
  beforeEach(() => {
    const runtime = `${home.paths.home}/old-node`;
    const script = `#!/bin/sh\nexec '${process.execPath}' --no-experimental-sqlite "$@"\n`;
    writeFileSync(runtime, script, { mode: 0o700 });
    home.setRuntimes([runtime]);
  });

  it('keeps each event once in JSONL, also when many come at once', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `toolu_${i}`);
    const runs = await Promise.all([...ids, ...ids].map((id) => home.launch(call(id))));
    expect(runs).toEqual(runs.map(() => SILENT));
    await home.drained();
    expect(journaled()).toEqual([...ids].sort());
    expect(existsSync(home.paths.database)).toBe(false);
    expect(entriesIn(home.paths.own)).not.toContain('lock.db');
  });

  it('leaves it to SQLite later to know the calls again', async () => {
    await home.launch(call('toolu_1'));
    await home.drained();
    home.setRuntimes([process.execPath]);
    await home.launch(call('toolu_1'));
    await home.drained();
    expect(journaled()).toEqual(['toolu_1']);
    expect(stored()).toEqual(['toolu_1']);
  });
});

describe.each<DrainStep>(['gathered', 'stored', 'journaled', 'removed'])(
  'the drainer, killed when it has %s',
  (step) => {
    const KILLED = { code: null, signal: 'SIGKILL', output: '' };

    it('has everything once after the next start', async () => {
      const { paths } = home;
      for (let i = 0; i < 5; i++) spoolEntry(paths, call(`toolu_${i}`));
      spoolEntry(paths, hookPayload('PostToolUseFailure-Bash-exit3'));
      spoolEntry(paths, hookPayload('SessionStart-startup'));
      spoolEntry(paths, hookPayload('Stop'));
      spoolEntry(paths, '{"half');
      expect(await home.runDrainer({ HOOKLINE_FAILPOINT: step })).toEqual(KILLED);
      expect(existsSync(paths.drainMarker)).toBe(true);
      expect(await home.runDrainer()).toEqual(SILENT);
      expect(readdirSync(paths.spool)).toEqual([]);
      expect(stored()).toHaveLength(8);
      const streams = Object.values(idsByStream(paths));
      expect(streams.map((ids) => ids.length)).toEqual([6, 1, 1, 7, 6, 6, 1]);
      for (const ids of streams) expect(new Set(ids).size).toBe(ids.length);
      expect(recordsIn(quarantineFile(paths))).toHaveLength(1);
      const old = queryFile(paths.database, 'SELECT count(*) AS n FROM tool_events');
      expect(old).toEqual([{ n: 7 }]);
    });

    it('has everything once where the database was held meanwhile', async () => {
      const { paths } = home;
      await home.runDrainer();
      const other = openByNode(paths.database);
      other.exec('BEGIN EXCLUSIVE');
      spoolEntry(paths, call('toolu_1'));
      spoolEntry(paths, hookPayload('Stop'));
      expect(await home.runDrainer({ HOOKLINE_FAILPOINT: step })).toEqual(KILLED);
      other.exec('ROLLBACK');
      other.close();
      expect(await home.runDrainer()).toEqual(SILENT);
      expect(readdirSync(paths.spool)).toEqual([]);
      const streams = idsByStream(paths);
      expect([streams['tool-usage'], streams.events?.length]).toEqual([['toolu_1'], 1]);
      // Removed entries are in JSONL alone, until the bridge brings them to SQLite.
      expect(stored()).toHaveLength(step === 'removed' ? 0 : 2);
    });
  },
);
