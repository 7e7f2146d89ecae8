import { describe, expect, it } from 'vitest';
import type { Json } from '../../src-core/base/json.ts';
import type { LiveSession } from '../make-history/live-session.ts';
import { pauseBefore, startTrickle } from './trickle.ts';

/** A session that tells its name and a number, for ever. */
function session(name: string, last: Json = {}): LiveSession {
  return {
    told: [{ at: 0, project: name, payload: last }],
    next: (function* count() {
      for (let n = 0; ; n++) yield { afterMs: 3000, payload: { cwd: name, n } };
    })(),
  };
}

/** Timers that fire when the test says so. */
function handTimers() {
  const pending: { work: () => void; delayMs: number }[] = [];
  return {
    pending,
    later: (work: () => void, delayMs: number) => {
      const entry = { work, delayMs };
      pending.push(entry);
      return () => {
        pending.splice(pending.indexOf(entry), 1);
      };
    },
    fire: () => pending.shift()?.work(),
  };
}

describe('a trickle', () => {
  it('hands over the steps of each session in their order, one at a time', async () => {
    const timers = handTimers();
    const sent: string[] = [];
    const arrived: (() => void)[] = [];
    const trickle = startTrickle({
      sessions: [session('a'), session('b')],
      handOver: (payload, project) => {
        sent.push(`${project} ${payload}`);
        return new Promise((resolve) => arrived.push(resolve));
      },
      onFailure: (error) => expect.unreachable(error.message),
      later: timers.later,
    });
    timers.fire();
    timers.fire();
    expect(sent).toEqual(['a {"cwd":"a","n":0}', 'b {"cwd":"b","n":0}']);
    expect(timers.pending).toHaveLength(0);
    arrived[0]?.();
    await expect.poll(() => timers.pending.length).toBe(1);
    timers.fire();
    expect(sent.at(-1)).toBe('a {"cwd":"a","n":1}');
    for (const resolve of arrived) resolve();
    await trickle.stop();
  });

  it('goes on after a failure and tells of it', async () => {
    const timers = handTimers();
    const failures: string[] = [];
    const trickle = startTrickle({
      sessions: [session('a')],
      handOver: () => Promise.reject(new Error('no launcher')),
      onFailure: ({ message }) => failures.push(message),
      later: timers.later,
    });
    timers.fire();
    await expect.poll(() => timers.pending.length).toBe(1);
    expect(failures).toEqual(['no launcher']);
    await trickle.stop();
    expect(timers.pending).toHaveLength(0);
  });

  it('stops only when what is under way has arrived, and starts nothing after', async () => {
    const timers = handTimers();
    let arrive = (): void => undefined;
    const trickle = startTrickle({
      sessions: [session('a')],
      handOver: () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
      onFailure: (error) => expect.unreachable(error.message),
      later: timers.later,
    });
    timers.fire();
    let isStopped = false;
    const stopped = trickle.stop().then(() => {
      isStopped = true;
    });
    await Promise.resolve();
    expect(isStopped).toBe(false);
    arrive();
    await stopped;
    expect(timers.pending).toHaveLength(0);
  });

  it('lets a session that waits for its user wait for longer', () => {
    const timers = handTimers();
    const options = {
      handOver: () => Promise.resolve(),
      onFailure: (error: Error) => expect.unreachable(error.message),
      later: timers.later,
    };
    startTrickle({ sessions: [session('a')], ...options });
    startTrickle({
      sessions: [session('b', { notification_type: 'permission_prompt' })],
      ...options,
    });
    const [working, waiting] = timers.pending;
    expect(waiting?.delayMs).toBeGreaterThan(working?.delayMs ?? 0);
  });

  it('waits neither too short nor too long to be watched', () => {
    const pause = (afterMs: number, name: string): number =>
      pauseBefore({ afterMs, payload: { hook_event_name: name } });
    expect(pause(1, 'PostToolUse')).toBeGreaterThan(1000);
    expect(pause(3000, 'PostToolUse')).toBe(3000);
    expect(pause(9e6, 'PostToolUse')).toBeLessThan(10_000);
    expect(pause(9e6, 'UserPromptSubmit')).toBeGreaterThan(pause(9e6, 'PostToolUse'));
  });
});
