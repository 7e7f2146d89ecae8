/** The statistics over a private home: computing one, and writing the files that others share with us. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StatsInput } from '../../src-main/stats/frame.ts';
import { type OldJson, writeOldJson } from '../../src-main/stats/old-json.ts';
import { renewRollups } from '../../src-main/stats/rollup/renew.ts';
import { createZone } from '../../src-main/stats/zone.ts';
import type { Home } from './home.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'old-statistics');

/** One statistic's members as the old writer would write them. */
export function computeText(
  { paths, withStore }: Home,
  statistic: (input: StatsInput) => Record<string, OldJson>,
  timeZone = 'UTC',
): string {
  const { errors, recoveryOutcomes, flowHistory } = paths.journals;
  const zone = createZone(timeZone);
  return withStore((db) => {
    renewRollups({ db, zone });
    const shared = { errors, recoveries: recoveryOutcomes, flow: flowHistory };
    return writeOldJson(statistic({ db, zone, old: null, ...shared }));
  });
}

/** One statistic's members. */
export function compute(...options: Parameters<typeof computeText>): Record<string, unknown> {
  return JSON.parse(computeText(...options));
}

/** A file into which other programs write as well. */
export type SharedFile = 'errors' | 'recoveryOutcomes' | 'flowHistory';

/** Fills a shared file with rows; a text stands for itself. */
export function writeShared({ paths }: Home, file: SharedFile, rows: readonly unknown[]): void {
  const path = paths.journals[file];
  mkdirSync(dirname(path), { recursive: true });
  const lines = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
}

/** The lines of a file that the old pipeline wrote. */
export function oldLines(name: string, file: string): string[] {
  return readFileSync(join(FIXTURES, name, 'in', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** What its own program made of them, without the last brace: ours goes on from there. */
export function oldBeginning(name: string, file: string): string {
  return readFileSync(join(FIXTURES, name, 'out', file), 'utf8').slice(0, -2);
}
