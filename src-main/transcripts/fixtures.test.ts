import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import {
  AFTERWARDS,
  addTree,
  backfillerOf,
  checkedCalls,
  TREES,
} from '../../test/support/transcript-world.ts';

const home = homePerTest();

const CALLS = `SELECT tool_use_id, tool, outcome, exit_code, error_class, model, agent_type
  FROM hookline_event WHERE kind = 'tool'`;

function storedCalls(): string[][] {
  return home()
    .query(CALLS)
    .map((row) => Object.values(row).map((value) => (value === null ? '-' : String(value))));
}

describe.each(TREES)('the recorded transcripts of %s', (tree) => {
  it('give each call with its outcome, error and model, once', async () => {
    home().clock.set(AFTERWARDS);
    addTree(home(), tree);
    const backfiller = backfillerOf(home());
    const checked = checkedCalls(tree);
    expect(await backfiller.run({ origin: 'asked' })).toMatchObject({ kind: 'done' });
    expect(storedCalls().sort()).toEqual([...checked].sort());
    expect(await backfiller.run({ origin: 'asked' })).toMatchObject({ events: 0, amended: 0 });
    expect(storedCalls()).toHaveLength(checked.length);
  });

  it('are whole, and all of their calls are in the store', async () => {
    home().clock.set(AFTERWARDS);
    addTree(home(), tree);
    const backfiller = backfillerOf(home());
    await backfiller.run({ origin: 'asked' });
    const { total, gaps, extras, noWitness } = backfiller.audit();
    const seen = checkedCalls(tree).length;
    expect(total).toMatchObject({ seen, stored: seen, missing: 0, extra: 0, byTranscript: seen });
    expect({ gaps, extras, noWitness: noWitness.sessions }).toEqual({
      gaps: [],
      extras: [],
      noWitness: [],
    });
  });

  it('have no line that is not understood', async () => {
    addTree(home(), tree);
    const { notUnderstood } = await backfillerOf(home()).preview();
    expect(notUnderstood).toEqual({ lines: 0, types: {}, files: 0 });
  });
});
