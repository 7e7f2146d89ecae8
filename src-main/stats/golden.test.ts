import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, otherEvent, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { publishStats } from './publish.ts';

const FIXTURE = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'statistics');
const home = homePerTest();

type Line = Partial<CapturedEvent> & { readonly hookEvent: string };

function eventOf(line: string): CapturedEvent {
  const { at, ...rest } = JSON.parse(line) as Omit<Line, 'at'> & { readonly at: string };
  const members = { ...rest, at: Date.parse(at) };
  const { hookEvent } = members;
  if (hookEvent === 'SessionStart' || hookEvent === 'SessionEnd') {
    return sessionEvent(hookEvent, members);
  }
  if (members.tool === undefined) return otherEvent(hookEvent, members);
  return toolCall({ command: null, durationMs: null, ...members });
}

function publishFixture(reorder: (events: CapturedEvent[]) => CapturedEvent[]): void {
  const lines = readFileSync(join(FIXTURE, 'in', 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  home().addToStore(...reorder(lines.map(eventOf)));
  const { paths, withStore } = home();
  const { errors, recoveryOutcomes, flowHistory } = paths.journals;
  for (const file of [errors, recoveryOutcomes, flowHistory]) {
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(FIXTURE, 'in', basename(file)), file);
  }
  withStore((db) => publishStats({ paths, db, now: NOON, timeZone: 'America/New_York' }));
}

describe('the statistics of a record that is known by hand', () => {
  it.each(readdirSync(join(FIXTURE, 'out')))('%s is the expected one, byte for byte', (file) => {
    publishFixture((events) => events);
    expect(home().text(join(home().paths.kernel, file))).toBe(
      readFileSync(join(FIXTURE, 'out', file), 'utf8'),
    );
  });

  it('are the same numbers when the events are stored in another order', () => {
    publishFixture((events) => events.toReversed());
    for (const file of readdirSync(join(FIXTURE, 'out'))) {
      expect(JSON.parse(home().text(join(home().paths.kernel, file)))).toEqual(
        JSON.parse(readFileSync(join(FIXTURE, 'out', file), 'utf8')),
      );
    }
  });
});
