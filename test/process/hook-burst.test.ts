import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { callPayload } from '../support/capture-text.ts';
import { type HookHome, makeHookHome } from '../support/hook-home.ts';
import { idsByStream, recordsIn } from '../support/spool.ts';
import { queryFile } from '../support/sqlite.ts';

const SILENT = { code: 0, signal: null, output: '' };
let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});

/** Payloads from about 300 bytes to 1 MB. */
function payloads(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) =>
    callPayload({
      tool_use_id: `toolu_${String(i).padStart(3, '0')}`,
      tool_response: { stdout: 'x'.repeat(Math.round(10 ** ((6 * i) / (count - 1)))) },
    }),
  );
}

async function expectAllOnce(count: number): Promise<void> {
  await home.drained();
  const ids = Array.from({ length: count }, (_, i) => `toolu_${String(i).padStart(3, '0')}`);
  const rows = queryFile(home.paths.database, 'SELECT id FROM hookline_event ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual(ids);
  const { 'tool-usage': lines, 'activity-events': activity } = idsByStream(home.paths);
  expect([lines, activity]).toEqual([ids, ids]);
  expect(recordsIn(home.paths.journals.toolUsage).every(hasRightSum)).toBe(true);
}

describe('the installed hook, run many times at once', () => {
  it('keeps each of 60 events once and tears no line', async () => {
    const runs = await Promise.all(payloads(60).map((payload) => home.launch(payload)));
    expect(runs).toEqual(runs.map(() => SILENT));
    await expectAllOnce(60);
  });

  it('keeps each once while entries come in as others are drained', async () => {
    const queue = payloads(45).entries();
    const worker = async (): Promise<void> => {
      for (const [, payload] of queue) expect(await home.launch(payload)).toEqual(SILENT);
    };
    await Promise.all([worker(), worker(), worker()]);
    await expectAllOnce(45);
  });

  it('leaves no entry behind, however often a drainer is just about to end', async () => {
    for (let i = 0; i < 6; i++) {
      const id = `toolu_${String(i).padStart(3, '0')}`;
      expect(await home.launch(callPayload({ tool_use_id: id }))).toEqual(SILENT);
      // The marker goes in the moment in which the drainer lets go of the lock.
      await home.quiet();
    }
    await expectAllOnce(6);
  });
});
