import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, otherEvent, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { ERROR_CLASSES } from './errors/error-class.ts';
import { publishStats } from './publish.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'statistics');
const home = homePerTest();

type Line = Partial<CapturedEvent> & { readonly hookEvent: string };
type Order = (events: CapturedEvent[]) => CapturedEvent[];

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

const expectedOf = (record: string, file: string): string =>
  readFileSync(join(FIXTURES, record, 'out', file), 'utf8');

function publishRecord(record: string, timeZone: string, order: Order = (events) => events): void {
  const { paths, withStore } = home();
  const lines = readFileSync(join(FIXTURES, record, 'in', 'events.jsonl'), 'utf8');
  home().addToStore(...order(lines.trimEnd().split('\n').map(eventOf)));
  const { errors, recoveryOutcomes, flowHistory } = paths.journals;
  for (const file of [errors, recoveryOutcomes, flowHistory]) {
    const source = join(FIXTURES, record, 'in', basename(file));
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(source)) copyFileSync(source, file);
  }
  withStore((db) => publishStats({ paths, db, now: NOON, timeZone }));
}

const published = (file: string): string => home().text(join(home().paths.kernel, file));

describe.each([
  ['night', 'America/New_York'],
  ['errors', 'UTC'],
])('the statistics of the record %s, which is known by hand', (record, timeZone) => {
  const files = readdirSync(join(FIXTURES, record, 'out'));

  it.each(files)('%s is the expected one, byte for byte', (file) => {
    publishRecord(record, timeZone);
    expect(published(file)).toBe(expectedOf(record, file));
  });

  it('are the same numbers when the events are stored in another order', () => {
    publishRecord(record, timeZone, (events) => events.toReversed());
    for (const file of files) {
      expect(JSON.parse(published(file))).toEqual(JSON.parse(expectedOf(record, file)));
    }
  });
});

it('the record of errors has every class', () => {
  const { classes } = JSON.parse(expectedOf('errors', 'error-stats.json')) as { classes: object };
  expect(Object.keys(classes)).toEqual(expect.arrayContaining([...ERROR_CLASSES]));
});

describe('the days and hours of the record zones, which is known by hand', () => {
  const expected = JSON.parse(
    readFileSync(join(FIXTURES, 'zones', 'out', 'by-zone.json'), 'utf8'),
  ) as Record<string, { readonly days: object; readonly hours: object }>;

  it.each(Object.entries(expected))('in %s', (timeZone, { days, hours }) => {
    publishRecord('zones', timeZone);
    const activity = JSON.parse(published('activity-stats.json')) as { daily_activity: object };
    expect(Object.entries(activity.daily_activity)).toEqual(Object.entries(days));
    expect(JSON.parse(published('flow-stats.json'))).toMatchObject({ peak_flow_hours: hours });
  });
});
