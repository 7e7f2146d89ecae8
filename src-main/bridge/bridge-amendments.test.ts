import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Amendment } from '../../src-core/event/merge.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import {
  bridge,
  dropDatabase,
  expectNothingToDo,
  storedEvents,
} from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';

const home = homePerTest();
const paths = () => home().paths;

describe('what was learnt after a line was written', () => {
  const learnt = (eventId: string, members: Partial<Amendment> = {}): Amendment => ({
    eventId,
    field: 'model',
    value: 'claude-x',
    source: 'transcript',
    at: NOON + 10,
    ...members,
  });

  it('is learnt again when the database is rebuilt', () => {
    const call = toolCall({ outcome: 'unknown' });
    home().add(call);
    home().amend(
      learnt(call.id),
      learnt(call.id, { field: 'outcome', value: 'failed' }),
      learnt(call.id, { field: 'outcome', value: 'rejected', at: NOON + 20 }),
    );
    bridge(home());
    const before = storedEvents(home());
    expect(before).toMatchObject([{ model: 'claude-x', outcome: 'rejected' }]);
    dropDatabase(home());
    expect(bridge(home())).toMatchObject({ healedToSqlite: 4, healedToJsonl: 0, drift: 0 });
    expect(storedEvents(home())).toEqual(before);
    expectNothingToDo(home());
  });

  it('stays in the rows when its own file is lost, and is written again', () => {
    const call = toolCall();
    home().add(call);
    home().amend(learnt(call.id));
    bridge(home());
    const before = home().text(paths().journals.amendments);
    rmSync(paths().journals.amendments);
    expect(bridge(home())).toMatchObject({ healedToJsonl: 1, drift: 0 });
    expect(home().text(paths().journals.amendments)).toBe(before);
    expectNothingToDo(home());
  });

  it('brings the event into the file of errors when it turns out to be one', () => {
    const call = toolCall({ outcome: 'unknown' });
    home().add(call);
    bridge(home());
    home().amend(learnt(call.id, { field: 'outcome', value: 'failed' }));
    expect(bridge(home())).toMatchObject({ healedToJsonl: 1, drift: 0 });
    expect(readJsonLines(paths().journals.errors)).toMatchObject([{ id: call.id }]);
    expectNothingToDo(home());
  });

  it('takes no damaged amendment over', () => {
    const call = toolCall();
    home().add(call);
    home().amend(learnt(call.id));
    const { amendments } = paths().journals;
    writeFileSync(amendments, readFileSync(amendments, 'utf8').replace('claude-x', 'claude-y'));
    dropDatabase(home());
    expect(bridge(home())).toMatchObject({ quarantined: 1 });
    expect(storedEvents(home())).toMatchObject([{ model: null }]);
  });
});

describe('two tellings of one call, written while SQLite did and did not answer', () => {
  const id = 'toolu_twice';
  const rich = () =>
    toolCall({ id, at: NOON, outcome: 'failed', errorClass: 'other', error: 'no', durationMs: 7 });
  const poor = () =>
    toolCall({
      id,
      at: NOON + 50,
      hookEvent: 'PostToolBatch',
      outcome: 'unknown',
      durationMs: null,
    });

  it('make one event that knows what the line alone knew', () => {
    home().addToJournals([rich()]);
    home().add(poor());
    expect(bridge(home())).toMatchObject({ drift: 0 });
    expect(storedEvents(home())).toMatchObject([{ outcome: 'failed', error: 'no', durationMs: 7 }]);
    expectNothingToDo(home());
  });

  it('are one event again, as rich, when the database is rebuilt from both lines', () => {
    home().addToJournals([poor()]);
    home().add(rich());
    bridge(home());
    dropDatabase(home());
    expect(bridge(home())).toMatchObject({ drift: 0 });
    expect(storedEvents(home())).toMatchObject([{ outcome: 'failed', error: 'no', durationMs: 7 }]);
    expectNothingToDo(home());
  });

  it('do not undo what was learnt since', () => {
    home().addToJournals([rich()]);
    home().add(poor());
    bridge(home());
    home().amend({
      eventId: id,
      field: 'outcome',
      value: 'rejected',
      source: 'transcript',
      at: NOON + 99,
    });
    bridge(home());
    home().withStore((db) => db.exec('DELETE FROM hookline_cursor'));
    bridge(home());
    expect(storedEvents(home())).toMatchObject([{ outcome: 'rejected' }]);
    expectNothingToDo(home());
  });

  it('end the call that was shown as running', () => {
    home().withStore((db) =>
      createEventWriter(db).setRunning({
        toolUseId: id,
        sessionId: 's',
        tool: 'Bash',
        detail: null,
        at: NOON,
      }),
    );
    home().addToJournals([rich()]);
    bridge(home());
    expect(home().query('SELECT * FROM hookline_running')).toEqual([]);
  });
});
