import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import {
  bridge,
  byId,
  dropDatabase,
  expectNothingToDo,
  morning,
  storedEvents,
} from '../../../test/support/bridge-world.ts';
import { homePerTest } from '../../../test/support/home.ts';
import { NOON, toolCall } from '../../../test/support/make-event.ts';
import { type ArchivedStream, archiveLines, planArchive } from './archive.ts';
import { archiveFolder, archiveManifest, readSegments } from './manifest.ts';
import { readSegment } from './segment.ts';

const home = homePerTest();
const MONTH_MS = 31 * 86_400_000;
const FOREIGN = '{"ts":1769590342,"tool":"Grep","source":"sqlite"}\n';

/** A morning that is a month old, and one call of today. */
function record(): void {
  home().add(...morning());
  appendFileSync(home().paths.journals.toolUsage, FOREIGN);
  home().clock.advance(2 * MONTH_MS);
  home().add(toolCall({ id: 'toolu_today', toolUseId: 'toolu_today', at: home().clock.now() }));
  bridge(home());
}

function archive(atPoint?: (name: string) => void): readonly ArchivedStream[] {
  const { paths, clock, withStore } = home();
  return withStore((db) =>
    archiveLines({
      ...{ paths, db, now: clock.now(), aboveBytes: 0, segmentBytes: 700 },
      ...(atPoint === undefined ? {} : { atPoint }),
    }),
  );
}

const idsOf = () => storedEvents(home()).map((event) => event?.id);

describe('archiving', () => {
  it('moves lines of past months, and leaves those of this month and of others', () => {
    record();
    const moved = archive();
    expect(moved.map(({ stream }) => stream)).toEqual(STREAMS.map(({ name }) => name));
    const left = home().text(home().paths.journals.toolUsage);
    expect(left).toContain(FOREIGN);
    expect(left.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect(left).toContain('toolu_today');
  });

  it('changes no total, and the bridge has nothing to do afterwards', () => {
    record();
    const before = idsOf();
    archive();
    expect(bridge(home())).toMatchObject({ drift: 0, healedToJsonl: 0, healedToSqlite: 0 });
    expect(idsOf()).toEqual(before);
    expectNothingToDo(home());
    expect(bridge(home(), { sweep: 'whole' }).swept).toMatchObject({ reread: [] });
  });

  it('says in the manifest what each segment holds', () => {
    record();
    archive();
    for (const segment of readSegments(home().paths)) {
      const read = readSegment(home().paths, segment);
      expect(read.kind === 'whole' && read.lines.length).toBe(segment.lines);
      expect(segment).toMatchObject({ isSettled: true, ids: segment.lines });
      expect(segment.fromAt).toBeGreaterThanOrEqual(NOON - 60_000);
      expect(segment.toAt).toBeLessThan(NOON + MONTH_MS);
      expect(statSync(join(archiveFolder(home().paths), segment.file)).mode & 0o777).toBe(0o600);
    }
  });

  it('gives a lost database all its events back', () => {
    record();
    archive();
    const before = byId(storedEvents(home()).flatMap((event) => event ?? []));
    dropDatabase(home());
    expect(bridge(home())).toMatchObject({ drift: 0, healedToSqlite: before.length });
    expect(storedEvents(home())).toEqual(before);
    expectNothingToDo(home());
  });

  it('writes a lost file again without what is archived', () => {
    record();
    archive();
    bridge(home());
    rmSync(home().paths.journals.toolUsage);
    expect(bridge(home())).toMatchObject({ drift: 0, healedToJsonl: 1 });
    expectNothingToDo(home());
  });

  it.each(['lost', 'damaged'])('has the lines of a segment that is %s written again', (how) => {
    record();
    archive();
    bridge(home());
    const [segment] = readSegments(home().paths);
    const file = join(archiveFolder(home().paths), segment?.file ?? '');
    if (how === 'lost') rmSync(file);
    else writeFileSync(file, 'garbage');
    expect(bridge(home())).toMatchObject({ drift: 0, healedToJsonl: segment?.lines });
    expectNothingToDo(home());
  });

  it.each(['', '{"version":1,"segments":[{}]}'])('does without its manifest (%j)', (text) => {
    record();
    archive();
    const before = idsOf();
    writeFileSync(archiveManifest(home().paths), text);
    dropDatabase(home());
    expect(bridge(home())).toMatchObject({ drift: 0, healedToSqlite: before.length });
    expect(idsOf()).toEqual(before);
  });

  it('does nothing where nothing is old, and nothing when done twice', () => {
    record();
    archive();
    expect(archive()).toEqual([]);
  });

  it('plans what it will do, and writes nothing for that', () => {
    record();
    const { paths, clock, withStore } = home();
    const before = Object.values(paths.journals).map(home().text);
    const plan = withStore((db) => planArchive({ paths, db, now: clock.now(), aboveBytes: 0 }));
    expect(Object.values(paths.journals).map(home().text)).toEqual(before);
    expect(plan).toEqual(archive());
  });

  it('goes on from wherever it was broken off, and loses and doubles nothing', () => {
    record();
    const before = idsOf();
    const points: string[] = [];
    for (;;) {
      const done = points.length;
      try {
        archive((name) => {
          if (points.includes(name)) return;
          points.push(name);
          throw new Error('broken off');
        });
      } catch (error) {
        expect((error as Error).message).toBe('broken off');
      }
      if (points.length === done) break;
      expect(bridge(home()), points.at(-1)).toMatchObject({ drift: 0 });
      dropDatabase(home());
      bridge(home());
      expect(idsOf(), points.at(-1)).toEqual(before);
    }
    expect(points.length).toBeGreaterThan(20);
    bridge(home());
    expectNothingToDo(home());
    const tools = home().text(home().paths.journals.toolUsage).trim().split('\n');
    expect(tools).toHaveLength(2);
  });
});
