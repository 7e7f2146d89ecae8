import { describe, expect, it } from 'vitest';
import { printedJson, runVerb } from '../../test/support/cli-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { makeTranscript } from '../../test/support/transcript-world.ts';

const home = homePerTest();
const S1 = '11111111-aaaa-4bbb-8ccc-000000000001';
const never = (): Promise<void> => new Promise(() => undefined);

function tellSession(calls = 2) {
  const told = makeTranscript(home(), { sessionId: S1, at: NOON });
  for (let n = 0; n < calls; n++) told.call(`toolu_${n}`);
}

const run = (...args: readonly string[]) => runVerb(home(), args, { interrupted: never });
const count = () =>
  home().query("SELECT count(*) AS n FROM hookline_event WHERE kind = 'tool'")[0]?.n;

describe('hookline backfill', () => {
  it('shows what it would do, by month, and does nothing', async () => {
    home().pretendInstalled();
    home().add(toolCall({ id: 'toolu_0', sessionId: S1 }));
    tellSession();
    const { code, printed } = await run('backfill', '--dry-run');
    expect(code).toBe(0);
    expect(printed.join('\n')).toMatch(/1 transcripts .*\nNew +2\nEnriched +1\n/);
    expect(printed.join('\n')).toMatch(/2026-01 +2 +1 +0/);
    expect(count()).toBe(1);
  });

  it('asks, takes over, and says how to take it back', async () => {
    home().pretendInstalled();
    tellSession();
    const refused = await runVerb(home(), ['backfill'], { answer: false, interrupted: never });
    expect([refused.code, count()]).toEqual([1, 0]);
    const { code, printed } = await run('backfill', '--yes');
    expect([code, count()]).toEqual([0, 2]);
    expect(printed.at(-1)).toContain('3 events added');
    expect(printed.at(-1)).toContain('hookline backfill --undo 1');
    expect(home().text(home().paths.journals.toolUsage)).toContain('"toolu_1"');
  });

  it('stops when it is interrupted, and goes on the next time', async () => {
    home().pretendInstalled();
    tellSession(600);
    const stopped = await runVerb(home(), ['backfill', '--yes'], {
      interrupted: () => Promise.resolve(),
    });
    expect(stopped.code).toBe(1);
    expect(stopped.printed.at(-1)).toMatch(/^Stopped: /);
    expect(Number(count())).toBeLessThan(600);
    await run('backfill', '--yes');
    expect(count()).toBe(600);
  });

  it('takes the last run back, or the one that is named', async () => {
    home().pretendInstalled();
    tellSession();
    await run('backfill', '--yes');
    expect((await run('backfill', '--undo', '9')).code).toBe(1);
    const undone = printedJson(await run('backfill', '--undo', '--yes', '--json'));
    expect(undone).toMatchObject({ kind: 'undone', run: 1, events: 3, linesLeft: 0 });
    expect((await run('backfill', '--undo', '--yes')).code).toBe(1);
    expect(count()).toBe(0);
    expect(printedJson(await run('backfill', '--yes', '--json'))).toMatchObject({ events: 0 });
    expect(printedJson(await run('backfill', '--again', '--yes', '--json'))).toMatchObject({
      kind: 'done',
      events: 3,
    });
  });

  it('does nothing where the hook is not installed', async () => {
    tellSession();
    const { code, warned } = await run('backfill', '--yes');
    expect([code, warned.join('')]).toEqual([1, expect.stringContaining('not installed')]);
  });
});

describe('hookline audit', () => {
  it('says the ledger line, each gap with its reason, and heals nothing', async () => {
    home().pretendInstalled();
    tellSession();
    home().add(toolCall({ id: 'toolu_0', sessionId: S1, at: NOON }));
    const { code, printed } = await run('audit');
    const text = printed.join('\n');
    expect(code).toBe(0);
    expect(text).toContain('2 calls seen by Claude, 1 in store, 1 missing, 0 extra');
    expect(text).toMatch(/Bash {2}session 11111111: no hook told of it.*a backfill brings it/);
    expect(count()).toBe(1);
  });

  it('says 0 missing and 0 extra on a clean home, and which sessions have no witness', async () => {
    home().pretendInstalled();
    tellSession();
    home().add(toolCall({ id: 'toolu_x', sessionId: 'another', at: NOON }));
    await run('backfill', '--yes');
    const text = (await run('audit')).printed.join('\n');
    expect(text).toContain('2 calls seen by Claude, 2 in store, 0 missing, 0 extra');
    expect(text).toContain('No witness: 1 calls of 1 sessions (no transcript 1).');
    const report = printedJson(await run('audit', '--json'));
    expect(report).toMatchObject({ total: { seen: 2, missing: 0 }, gaps: [], extras: [] });
  });
});
