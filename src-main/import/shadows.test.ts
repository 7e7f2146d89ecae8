/** Both hooks at work: what the old pipeline noted of calls that are in our own record. */
import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { oldTableRow } from '../../src-core/event/projection.ts';
import { type Home, homePerTest } from '../../test/support/home.ts';
import { otherEvent, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import {
  addLines,
  addOldPipeline,
  addRows,
  importerOf,
  oldCalls,
  SESSION,
  THEN_S,
} from '../../test/support/old-record.ts';

const home = homePerTest();

/** A call of ours that ended so many seconds after the beginning. */
function ours(afterS: number, members: Partial<CapturedEvent> = {}): CapturedEvent {
  return toolCall({
    at: (THEN_S + afterS) * 1000 + 400,
    tool: 'Read',
    command: null,
    sessionId: SESSION.id,
    cwd: SESSION.pwd,
    project: SESSION.pwd,
    durationMs: 2000,
    ...members,
  });
}

function verdicts({ verdicts: { new: fresh, shadow } }: ReturnType<typeof planWith>) {
  return { new: fresh, shadow };
}

function planWith(at: Home) {
  return importerOf(at).plan();
}

/** The lines that the old bridge makes of our rows in the old table. */
function exportsOf(
  events: readonly CapturedEvent[],
  times: number,
): ReturnType<typeof createOldPipeline> {
  const pipeline = createOldPipeline();
  for (const event of events) {
    const row = oldTableRow(event);
    if (row === null) throw new Error('an event of ours without a row');
    pipeline.rows.push({ ...row, filePath: row.file_path, pwd: row.session_pwd });
  }
  for (let run = 0; run < times; run++) {
    pipeline.setBridgeBack(0);
    pipeline.bridge('late');
  }
  return pipeline;
}

describe('shadows of our own record', () => {
  it('are the lines that the old bridge exports of our rows, however often', () => {
    const events = [
      ours(0, { tool: 'Bash', command: 'npm test' }),
      ours(0, { tool: 'Bash', command: 'npm test' }),
      ours(7, { tool: 'Edit', filePath: '/w/a.ts' }),
      ours(9, { tool: 'Bash', command: 'curl -H "Authorization: Bearer [redacted:01234567]" x' }),
      ours(11, { tool: 'Bash', command: `${'echo long; '.repeat(18)}…` }),
    ];
    home().add(...events);
    const { lines } = exportsOf(events, 3);
    for (const [file, list] of Object.entries(lines)) addLines(home(), file as 'tool-usage', list);
    expect(lines['tool-usage']).toHaveLength(15);
    expect(verdicts(planWith(home()))).toMatchObject({ new: 0 });
  });

  it('are exports and the old hook at once: the exports leave our event free for the other', () => {
    const events = [ours(0)];
    home().add(...events);
    addLines(home(), 'tool-usage', exportsOf(events, 2).lines['tool-usage']);
    const pipeline = createOldPipeline();
    for (const call of oldCalls(1, { endedS: THEN_S + 3 })) pipeline.hook(call, 'dual');
    addOldPipeline(home(), pipeline);
    expect(verdicts(planWith(home()))).toEqual({ new: 0, shadow: 2 });
  });

  it('are the rows of our own projection, which are not even read as old', () => {
    home().add(ours(0), ours(60));
    const [table] = planWith(home()).files;
    expect(table).toMatchObject({ name: 'antigravity.db: tool_events', read: 2, own: 2 });
  });

  it('are the rows and lines of the old hook within five seconds of ours', () => {
    home().add(...[0, 60, 120].map((afterS) => ours(afterS + 2)));
    const pipeline = createOldPipeline();
    for (const call of oldCalls(3, {}))
      pipeline.hook({ ...call, endedS: call.endedS + 4 }, 'three-stores');
    addOldPipeline(home(), pipeline);
    expect(verdicts(planWith(home()))).toEqual({ new: 0, shadow: 3 });
  });

  it('are as many as there are events of ours: one call more of the old hook is new', () => {
    home().add(ours(2), ours(2));
    const pipeline = createOldPipeline();
    for (const call of oldCalls(3)) pipeline.hook({ ...call, endedS: THEN_S + 3 }, 'dual');
    addOldPipeline(home(), pipeline);
    expect(verdicts(planWith(home()))).toEqual({ new: 1, shadow: 2 });
  });

  it('are not calls of another target, or six seconds away', () => {
    home().add(ours(2, { tool: 'Edit', filePath: '/w/a.ts' }), ours(60));
    addRows(home(), [
      [THEN_S + 2, 'Edit', '/w/b.ts', '/w', null],
      [THEN_S + 66, 'Read', null, '/w', null],
    ]);
    expect(verdicts(planWith(home()))).toEqual({ new: 2, shadow: 0 });
  });

  it('are backfilled lines of a session of ours, wherever within the call they lie', () => {
    home().add(
      ours(90, { durationMs: 88_000 }),
      ours(300, { durationMs: null }),
      ours(400, { sessionId: 'ffffffff-0000-4000-8000-000000000000' }),
    );
    const pipeline = createOldPipeline();
    const [call] = oldCalls(1);
    if (call === undefined) throw new Error('a call is needed');
    pipeline.weeklyBackfill([
      { ...call, beganS: THEN_S + 2 },
      { ...call, beganS: THEN_S + 150 },
      // The same tool at the same time, but in a session that we do not know of.
      { ...call, beganS: THEN_S + 398 },
    ]);
    addOldPipeline(home(), pipeline);
    expect(verdicts(planWith(home()))).toEqual({ new: 1, shadow: 3 });
  });

  it('are starts and ends of sessions, and prompts', () => {
    home().add(
      sessionEvent('SessionStart', { at: THEN_S * 1000, cwd: SESSION.pwd, sessionId: SESSION.id }),
      sessionEvent('SessionEnd', {
        at: (THEN_S + 90) * 1000,
        cwd: SESSION.pwd,
        sessionId: SESSION.id,
      }),
      otherEvent('UserPromptSubmit', { at: (THEN_S + 30) * 1000, sessionId: SESSION.id }),
    );
    const pipeline = createOldPipeline();
    const session = { ...SESSION, startedS: THEN_S + 1, endedS: THEN_S + 91 };
    pipeline.session(session, 'start', 'dual');
    pipeline.session(session, 'end', 'dual');
    pipeline.bridge('late');
    pipeline.syncPrompts([{ atS: THEN_S + 31, text: 'fix it', session }]);
    addOldPipeline(home(), pipeline);
    expect(verdicts(planWith(home()))).toEqual({ new: 0, shadow: 3 });
  });
});
