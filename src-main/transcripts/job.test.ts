import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, sessionEvent } from '../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';
import type { Backfiller } from './backfiller.ts';
import { createTranscriptJob, EVERY_MS, type TranscriptJob } from './job.ts';

const home = homePerTest();
const S1 = '11111111-aaaa-4bbb-8ccc-000000000001';
const HOUR = 3_600_000;
let job: TranscriptJob | null = null;
afterEach(() => job?.stop());

/** A job over the home, and what it asked the backfiller for. */
function startJob() {
  const backfiller = backfillerOf(home());
  const asked: string[] = [];
  const watched: Backfiller = {
    ...backfiller,
    run: (request) => {
      asked.push(request.healsGaps === true ? 'run, heals' : 'run');
      return backfiller.run(request);
    },
    look: (signal) => {
      asked.push('look');
      return backfiller.look(signal);
    },
  };
  const { paths, clock } = home();
  job = createTranscriptJob({ paths, backfiller: watched, clock, log: silentLogger });
  return { backfiller, asked, tick: job.tick };
}

const tellCall = (id: string) =>
  makeTranscript(home(), { sessionId: S1, at: NOON - 2 * HOUR }).call(id);

describe('the job of the transcripts', () => {
  it('only witnesses until a person has let it take over', async () => {
    tellCall('toolu_1');
    const { asked, tick, backfiller } = startJob();
    expect(await tick()).toBe(false);
    expect(asked).toEqual(['look']);
    expect(backfiller.audit().total).toMatchObject({ seen: 1, missing: 1 });
  });

  it('takes over what comes once it may, at once the first time', async () => {
    const { asked, tick, backfiller } = startJob();
    await backfiller.run({ origin: 'asked' });
    tellCall('toolu_1');
    expect(await tick()).toBe(true);
    expect(asked).toEqual(['run, heals']);
  });

  it('rests while nothing happens, and looks again after ten minutes', async () => {
    const { asked, tick } = startJob();
    await tick();
    home().clock.advance(EVERY_MS - 1);
    await tick();
    expect(asked).toHaveLength(1);
    home().clock.advance(1);
    await tick();
    expect(asked).toHaveLength(2);
  });

  it('looks when a hook told of the end of a session', async () => {
    const { asked, tick } = startJob();
    await tick();
    home().add(sessionEvent('SessionEnd'));
    await tick();
    await tick();
    expect(asked).toHaveLength(2);
  });

  it('looks when something changes in a folder that is in use', async () => {
    tellCall('toolu_1');
    const { asked, tick } = startJob();
    await tick();
    tellCall('toolu_2');
    await expect
      .poll(async () => {
        await tick();
        return asked.length;
      })
      .toBe(2);
  });

  it('searches for lost calls once an hour', async () => {
    const { asked, tick, backfiller } = startJob();
    await backfiller.run({ origin: 'asked' });
    for (let i = 0; i < 7; i++) {
      await tick();
      home().clock.advance(EVERY_MS);
    }
    expect(asked.map((what) => what === 'run, heals')).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('does nothing any more when it was stopped', async () => {
    const { asked, tick } = startJob();
    await job?.stop();
    await tick();
    expect(asked).toEqual([]);
  });
});
