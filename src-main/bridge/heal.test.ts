import { mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { failedCall, otherEvent, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { countUnwritten, healJournals } from './heal.ts';

const home = homePerTest();
const heal = () => home().withStore((db) => healJournals(db, home().paths));
const idsIn = (path: string): unknown[] => readJsonLines(path).map(({ id }) => id);

describe('writing the lines that JSONL lacks', () => {
  it('writes each event into just the streams that it belongs to', () => {
    const failed = failedCall();
    const read = toolCall({ tool: 'Read', command: null, filePath: '/a.ts' });
    const session = sessionEvent('SessionStart');
    const stop = otherEvent('Stop');
    home().addToStore(failed, read, session, stop);
    const { written, problems } = heal();
    expect(problems).toEqual([]);
    expect(Object.fromEntries(written)).toEqual({
      'tool-usage': 2,
      'session-events': 1,
      events: 1,
      'activity-events': 3,
      'tool-success': 2,
      'command-usage': 1,
      errors: 1,
    });
    const { journals } = home().paths;
    expect(idsIn(journals.toolUsage)).toEqual([failed.id, read.id]);
    expect(idsIn(journals.sessionEvents)).toEqual([session.id]);
    expect(idsIn(journals.events)).toEqual([stop.id]);
    expect(idsIn(journals.errors)).toEqual([failed.id]);
  });

  it('writes the very bytes that were written when the event happened', () => {
    const events = [
      failedCall(),
      toolCall({ facts: { b: 'x', a: 1 } }),
      sessionEvent('SessionEnd'),
    ];
    home().add(...events);
    const paths = STREAMS.map((stream) => stream.pathIn(home().paths));
    const before = paths.map((path) => home().text(path));
    for (const path of paths) rmSync(path, { force: true });
    heal();
    expect(paths.map((path) => home().text(path))).toEqual(before);
  });

  it('writes more events than it reads at once, in the order in which they were stored', () => {
    const events = Array.from({ length: 2100 }, () => toolCall());
    home().addToStore(...events);
    expect(heal().written.get('tool-usage')).toBe(2100);
    expect(idsIn(home().paths.journals.toolUsage)).toEqual(events.map(({ id }) => id));
  });

  it('believes nothing of it until it was read back', () => {
    home().addToStore(toolCall());
    heal();
    expect(home().withStore(countUnwritten)).toBe(1);
  });

  it('goes on with the other files when one cannot be written, and says which', () => {
    const { journals } = home().paths;
    mkdirSync(journals.toolUsage, { recursive: true });
    home().addToStore(toolCall());
    const { written, problems } = heal();
    expect(problems).toMatchObject([
      { store: 'tool-usage', reason: expect.stringMatching(/EISDIR/) },
    ]);
    expect([...written.keys()]).toEqual(['activity-events', 'tool-success', 'command-usage']);
  });

  it('ends a torn line before it writes', () => {
    const { toolUsage } = home().paths.journals;
    home().addToJournals([toolCall()]);
    truncateSync(toolUsage, statSync(toolUsage).size - 10);
    const torn = home().text(toolUsage);
    home().addToStore(toolCall({ id: 'toolu_after' }));
    heal();
    const [first, second] = home().text(toolUsage).split('\n');
    expect(first).toBe(torn);
    expect(JSON.parse(second ?? '')).toMatchObject({ id: 'toolu_after' });
  });
});
