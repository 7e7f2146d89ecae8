import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON } from '../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';
import { createZone } from '../stats/zone.ts';
import { readPurgeDue, readPurgeWatch } from './purge-watch.ts';

const home = homePerTest();
const zone = createZone('UTC');
const DAY_MS = 86_400_000;

/** A transcript with a call, last written so many days ago. */
function makeOld(sessionId: string, daysAgo: number): void {
  const at = NOON - daysAgo * DAY_MS;
  const lines = makeTranscript(home(), { sessionId, at: at - 10_000 });
  lines.prompt('go on');
  lines.call(`toolu_${sessionId}`);
  utimesSync(lines.path, at / 1000, at / 1000);
}

const inputOf = (db: Parameters<typeof readPurgeDue>[0]['db']) => ({
  paths: home().paths,
  db,
  zone,
  now: NOON,
});
const due = () => home().withStore((db) => readPurgeDue(inputOf(db)));
const watch = () => home().withStore((db) => readPurgeWatch(inputOf(db)));

function setCleanup(value: unknown): void {
  mkdirSync(dirname(home().paths.settingsJson), { recursive: true });
  writeFileSync(home().paths.settingsJson, JSON.stringify({ cleanupPeriodDays: value }));
}

describe('the purge watch', () => {
  it('warns within the last day of a transcript that is not stored, and is quiet once it is', async () => {
    makeOld('old', 29.5);
    makeOld('young', 28);
    await backfillerOf(home()).look();
    expect(due()).toEqual({
      keptDays: 30,
      files: 1,
      notStored: 1,
      at: NOON + DAY_MS / 2,
    });
    await backfillerOf(home()).run({ origin: 'asked' });
    expect(due()).toMatchObject({ files: 1, notStored: 0 });
  });

  it('warns again when the store loses a call of it, but not of one that was taken back', async () => {
    makeOld('old', 29.5);
    await backfillerOf(home()).run({ origin: 'asked' });
    home().withStore((db) => db.exec("DELETE FROM hookline_event WHERE kind = 'tool'"));
    expect(due()).toMatchObject({ notStored: 1 });
    await backfillerOf(home()).run({ origin: 'asked', again: true });
    expect(due()).toMatchObject({ notStored: 0 });
    await backfillerOf(home()).undo(2);
    expect(due()).toMatchObject({ notStored: 0 });
  });

  it('lists what is deleted on which day, and counts what is overdue for today', async () => {
    makeOld('overdue', 45);
    makeOld('today', 30);
    makeOld('later', 20);
    await backfillerOf(home()).look();
    const today = zone.startOfDay(NOON);
    expect(watch()).toMatchObject({
      keptDays: 30,
      days: [
        { at: today, files: 2, notStored: 2 },
        { at: today + 10 * DAY_MS, files: 1, notStored: 1 },
      ],
    });
    expect(watch().days[1]?.bytes).toBeGreaterThan(100);
  });

  it('goes by the settings of Claude Code, and by its default where they say nothing', async () => {
    makeOld('old', 8);
    await backfillerOf(home()).look();
    setCleanup(7);
    expect(due()).toMatchObject({ keptDays: 7, files: 1 });
    setCleanup(365);
    expect(due()).toBeNull();
    for (const value of [0, 'soon', null]) {
      setCleanup(value);
      expect(watch().keptDays).toBe(30);
    }
    writeFileSync(home().paths.settingsJson, '{ no settings');
    expect(watch().keptDays).toBe(30);
  });

  it('knows nothing before anybody looked, and of files that are gone', async () => {
    makeOld('old', 45);
    expect(watch().days).toEqual([]);
    expect(due()).toBeNull();
    await backfillerOf(home()).look();
    home().withStore((db) => db.exec('UPDATE hookline_transcript SET gone_at_ms = 1'));
    expect(watch().days).toEqual([]);
  });
});
