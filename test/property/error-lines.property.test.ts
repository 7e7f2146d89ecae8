import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { publishStats } from '../../src-main/stats/publish.ts';
import { homePerTest } from '../support/home.ts';
import { NOON } from '../support/make-event.ts';

const home = homePerTest();

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom('git', 'fatal: x', 'suggest', 'memory', '2026-13-45', '__proto__', 'high'),
  fc.constantFrom(0, -1, 1.5, 1_769_000_000, 1_769_000_000_123, 1e300),
);
const NAMES = 'ts timestamp type category message line snippet severity tool backfilled action id';
const row = fc.dictionary(fc.constantFrom(...NAMES.split(' ')), value);
const line = fc.oneof(
  { weight: 4, arbitrary: row.map((members) => JSON.stringify(members)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, '')) },
);

it('whatever other programs wrote, every line is an error or a bad line, and the parts are the total', () => {
  const { paths, withStore } = home();
  mkdirSync(dirname(paths.journals.errors), { recursive: true });
  withStore((db) =>
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        writeFileSync(paths.journals.errors, lines.map((text) => `${text}\n`).join(''));
        const { problems } = publishStats({ paths, db, now: NOON, timeZone: 'UTC' });
        expect(problems).toEqual([]);
        const stats = JSON.parse(home().text(paths.stats.errors));
        const written = lines.filter((text) => text.trim() !== '').length;
        expect(stats.total_errors + stats.bad_lines).toBe(written);
        const sum = (counts: Record<string, number>): number =>
          Object.values(counts).reduce((a, b) => a + b, 0);
        const measured = stats.total_errors - stats.estimated;
        expect([sum(stats.by_severity), sum(stats.by_tool)]).toEqual([measured, measured]);
        expect(stats.recent_errors).toHaveLength(Math.min(10, stats.total_errors));
      }),
      { seed: 20260304, numRuns: 100 },
    ),
  );
});
