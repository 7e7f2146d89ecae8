import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../src-core/lock/lock.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { backfillerOf, S1, transcriptHome } from '../../test/support/transcript-world.ts';

const home = homePerTest();
const ASKED = { origin: 'asked' } as const;
const AUTO = { origin: 'auto' } as const;
const HOUR = 3_600_000;

const { transcript, call, outcomes } = transcriptHome(home);

describe('a backfill beside others', () => {
  it('is refused while somebody else holds the lock, and goes on afterwards', async () => {
    const { paths, open } = home();
    transcript().call('toolu_1');
    const backfiller = backfillerOf(home());
    const lock = takeLock({ paths, open, waitMs: 0 });
    expect(await backfiller.run(ASKED)).toMatchObject({ kind: 'refused' });
    lock?.release();
    expect(await backfiller.run(ASKED)).toMatchObject({ kind: 'done', events: 2 });
  });

  it('lets the drainer in between two batches', async () => {
    const { paths, open } = home();
    const told = transcript();
    for (let n = 0; n < 500; n++) told.call(`toolu_${n}`);
    let turns = 0;
    const onProgress = (): void => {
      const lock = takeLock({ paths, open, waitMs: 0 });
      if (lock !== null) turns++;
      lock?.release();
    };
    await backfillerOf(home()).run({ ...ASKED, onProgress });
    expect(turns).toBeGreaterThan(1);
  });

  it('is broken off where it is asked to, and goes on from there under the same run', async () => {
    const told = transcript();
    for (let n = 0; n < 500; n++) told.call(`toolu_${n}`);
    const stop = new AbortController();
    const backfiller = backfillerOf(home());
    const request = { ...ASKED, signal: stop.signal, onProgress: () => stop.abort() };
    const first = await backfiller.run(request);
    expect(first).toMatchObject({ kind: 'cancelled', run: 1 });
    expect(await backfiller.run(ASKED)).toMatchObject({ kind: 'done', run: 1 });
    expect(Object.keys(outcomes())).toHaveLength(500);
  });
});

describe('a backfill that goes by itself', () => {
  it('lets the hook tell of a call first', async () => {
    const told = transcript({ at: NOON - 10_000 });
    told.call('toolu_1');
    const backfiller = backfillerOf(home());
    await backfiller.run(AUTO);
    expect(outcomes()).toEqual({});
    home().add(toolCall({ id: 'toolu_1', sessionId: S1 }));
    home().clock.advance(2 * 60_000);
    expect(await backfiller.run(AUTO)).toMatchObject({ amended: 1 });
    expect(call('toolu_1')).toMatchObject({ source: 'hook', model: 'claude-opus-5-5' });
  });

  it('takes what no hook told of after a minute', async () => {
    transcript({ at: NOON - 10_000 }).call('toolu_1');
    const backfiller = backfillerOf(home());
    await backfiller.run(AUTO);
    home().clock.advance(2 * 60_000);
    await backfiller.run(AUTO);
    expect(outcomes()).toEqual({ toolu_1: 'succeeded' });
  });

  it('waits half an hour for a result, and for as long as the client runs', async () => {
    const { paths, clock } = home();
    const backfiller = backfillerOf(home());
    await home().refresh();
    transcript({ at: NOON - 60_000 }).call('toolu_1', null);
    const client = join(paths.claude, 'sessions');
    const file = join(client, `${process.pid}.json`);
    mkdirSync(client, { recursive: true });
    writeFileSync(file, JSON.stringify({ pid: process.pid, sessionId: S1 }));
    clock.advance(HOUR);
    await backfiller.run(AUTO);
    expect(outcomes()).toEqual({});
    rmSync(file);
    clock.advance(HOUR);
    await backfiller.run(AUTO);
    expect(outcomes()).toEqual({ toolu_1: 'unknown' });
  });

  it('is wanted from the first run that a person asked for until that is taken back', async () => {
    transcript().call('toolu_1');
    const backfiller = backfillerOf(home());
    expect(backfiller.isWanted()).toBe(false);
    await backfiller.run(ASKED);
    expect(backfiller.isWanted()).toBe(true);
    await backfiller.undo(1);
    expect(backfiller.isWanted()).toBe(false);
  });

  it('does not make up a start for a session whose start a hook told otherwise', async () => {
    home().add(sessionEvent('SessionStart', { sessionId: S1, facts: { source: 'clear' } }));
    transcript().call('toolu_1');
    await backfillerOf(home()).run(AUTO);
    expect(home().query("SELECT count(*) AS n FROM hookline_event WHERE kind = 'session'")).toEqual(
      [{ n: 1 }],
    );
  });
});
