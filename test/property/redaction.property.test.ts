/**
 * Secrets of every kind are planted into every place that a payload has, and go through the real
 * drain into real stores: afterwards no file of the home shows a trace of one.
 */
import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRedactor } from '../../src-core/event/redact.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { noteFailure } from '../../src-hook/last-resort.ts';
import { TEST_REDACTOR } from '../support/capture-text.ts';
import { type Home, makeHome } from '../support/home.ts';
import { type Planted, plantedSecret, SECRET_KINDS } from '../support/planted-secrets.ts';
import { entriesWith, type PlantedEntry, tracesUnder } from '../support/secret-places.ts';
import { drain, spoolEntry } from '../support/spool.ts';
import { removeFolder } from '../support/temp-folder.ts';

const PART = 24;
const PARTS = Array.from({ length: Math.ceil(SECRET_KINDS.length / PART) }, (_, i) =>
  SECRET_KINDS.slice(i * PART, (i + 1) * PART),
);

let home: Home;
beforeEach(() => {
  home = makeHome();
});
afterEach(() => removeFolder(home.folder));

function plant(
  kinds: readonly string[],
  seed: number,
  isPlanted: (entry: PlantedEntry) => boolean = () => true,
): readonly Planted[] {
  const secrets = kinds.map((kind) => plantedSecret(kind, seed));
  const entries = secrets.flatMap(({ text }, i) => entriesWith(text, `${seed}_${i}`));
  for (const { payload, options } of entries.filter(isPlanted)) {
    spoolEntry(home.paths, payload, options);
  }
  return secrets;
}

function choose(privacy: string): void {
  mkdirSync(dirname(home.paths.settings), { recursive: true });
  writeFileSync(home.paths.settings, JSON.stringify({ privacy }));
}

const seeds = fc.nat({ max: 1_000_000 });

describe.each(['metadata', 'redacted'])('at the level %s', (privacy) => {
  it.each(PARTS)('no file shows a trace of a secret: %s and its neighbours', async (...kinds) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        choose(privacy);
        const secrets = plant(kinds, seed);
        for (const { text } of secrets) noteFailure(home.paths.hookErrorLog, 0, `failed: ${text}`);
        home.withStore(() => {});
        // Whoever reads keeps the log of SQLite from being folded into the database.
        const reader = home.open(home.paths.database);
        reader.exec('BEGIN; SELECT count(*) FROM hookline_event');
        expect(await home.refresh()).toMatchObject({ ok: true });
        expect(readdirSync(home.paths.spool)).toEqual([]);
        expect(home.query('SELECT count(*) AS n FROM hookline_event')[0]?.n).toBeGreaterThan(
          kinds.length * 15,
        );
        expect(tracesUnder(home.folder, secrets)).toEqual([]);
        reader.close();
      }),
      { seed: 1, numRuns: 1 },
    );
  });
});

describe('while no store can be written', () => {
  const broken = () => [
    home.paths.journals.toolUsage,
    home.paths.journals.events,
    home.paths.journals.sessionEvents,
    quarantineFile(home.paths),
  ];
  const drainInVain = (now: number) =>
    drain(home.paths, { db: null, now: () => now, privacy: 'redacted' });

  it.each(PARTS.slice(0, 3))('secrets lie in the spool alone, for a day: %s …', (...kinds) => {
    // The header is the launcher's and stays; a start folder is no place for secrets.
    const secrets = plant(kinds, 5, ({ options }) => options?.project === undefined);
    for (const path of broken()) mkdirSync(path, { recursive: true });
    drainInVain(0);
    const isOutside = (path: string) => !path.startsWith(home.paths.spool);
    expect(tracesUnder(home.folder, secrets, isOutside)).toEqual([]);
    expect(tracesUnder(home.folder, secrets)).not.toEqual([]);
    drainInVain(Date.UTC(2030, 0, 2));
    expect(tracesUnder(home.folder, secrets)).toEqual([]);
    for (const path of broken()) rmdirSync(path);
    drain(home.paths, { privacy: 'redacted' });
    expect(readdirSync(home.paths.spool)).toEqual([]);
    expect(tracesUnder(home.folder, secrets)).toEqual([]);
  });
});

describe('the redactor', () => {
  /** Parts of texts in which secrets are known by their place. */
  const word = fc.oneof(
    fc.constantFrom(
      ...'password= token: --api-key "client_secret": Authorization: Bearer Cookie: -u a:'.split(
        ' ',
      ),
      ...['://u:', '@h', '"', "'", '\\"', '\\', '[', ']', '{', '}', ';', '&', ',', '\n', '\\n'],
      ...['[redacted]', '[redacted:0123abcd]', '$(', 'TOKEN=', 'mysql -p', 'echo ', ' | sudo -S'],
    ),
    fc.string({ maxLength: 12 }),
    fc
      .tuple(fc.constantFrom(...SECRET_KINDS), fc.nat(99))
      .map(([k, seed]) => plantedSecret(k, seed).text),
  );
  const text = fc
    .array(fc.tuple(word, fc.constantFrom('', ' ', '\n')), { maxLength: 14 })
    .map((parts) => parts.flat().join(''));

  it('changes nothing more when it is asked twice', () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = TEST_REDACTOR.redact(given);
        expect(TEST_REDACTOR.redact(once)).toBe(once);
      }),
      { seed: 1, numRuns: 4000 },
    );
  });

  it('gives the same place the same secret under any key', () => {
    const other = createRedactor(() => 'ffffffff');
    const plain = (shown: string) => shown.replace(/\[redacted(?::[0-9a-f]{8})?\]/g, '[]');
    fc.assert(
      fc.property(text, (given) => {
        expect(plain(other.redact(given))).toBe(plain(TEST_REDACTOR.redact(given)));
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});
