import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createRedactor } from '../../src-core/event/redact.ts';
import { sha256, sumOf } from '../../src-core/journal/sum.ts';
import { addTombstones } from '../../src-core/store/tombstones.ts';
import { everything, morning, storedEvents } from '../../test/support/bridge-world.ts';
import { type Home, makeHome } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { removeFolder } from '../../test/support/temp-folder.ts';
import type { BundleLevel } from './bundle-format.ts';
import { importBundle } from './import-bundle.ts';
import { writeBundle } from './write-bundle.ts';

const homes: Home[] = [];
afterEach(() => {
  for (const { folder } of homes.splice(0)) removeFolder(folder);
});
function newHome(): Home {
  const home = makeHome();
  homes.push(home);
  return home;
}

const call = (id: string, more = {}) => toolCall({ id, toolUseId: id, ...more });
const USAGE = `INSERT INTO hookline_usage VALUES ('msg_1', ${NOON}, 's', 'p', NULL, NULL, NULL, 'm', 1, 0, 0, 1, 2, 3, 4, 5, 0, 7)`;

async function bundleOf(home: Home, level: BundleLevel = 'full'): Promise<string> {
  const file = join(home.folder, 'record.hookline');
  const redactor = createRedactor(() => '0'.repeat(64));
  const db = home.open(home.paths.database) as Parameters<typeof writeBundle>[0]['db'];
  try {
    await writeBundle({ db, file, level, redactor, now: home.clock.now() });
  } finally {
    db.close();
  }
  return file;
}

const take = (home: Home, file: string, more = {}) =>
  importBundle({ paths: home.paths, open: home.open, clock: home.clock, file, waitMs: 0, ...more });

const amendmentsOf = (home: Home) =>
  home.query('SELECT id, event_id, field, value FROM hookline_amendment ORDER BY id');

/** A line of a bundle, and its end as it would have to be. */
function forge(lines: readonly object[], counts: Record<string, number>): Buffer {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return gzipSync(`${text}${JSON.stringify({ kind: 'end', counts, sum: sha256(text) })}\n`);
}
const HEADER = { hookline_bundle: 1, created_at: 1, level: 'full' };

describe('a bundle', () => {
  it('brings a whole record to an empty home', async () => {
    const [a, b] = [newHome(), newHome()];
    a.add(...morning(), call('c', { content: { tool_input: { command: 'x' } } }));
    a.amend({ eventId: 'c', field: 'model', value: 'opus', source: 'transcript', at: NOON });
    a.withStore((db) => db.exec(USAGE));
    await a.refresh();
    const result = await take(b, await bundleOf(a));
    expect(result).toMatchObject({ kind: 'imported', events: 9, amendments: 1, rows: 1, known: 0 });
    expect(storedEvents(b)).toEqual(storedEvents(a));
    expect(amendmentsOf(b)).toEqual(amendmentsOf(a));
    expect(await b.refresh()).toMatchObject({ drift: 0, healedToJsonl: 0 });
    expect(b.text(b.paths.journals.toolUsage).split('\n')).toHaveLength(6);
  });

  it('makes two homes equal that take over from each other, and doubles nothing', async () => {
    const [a, b] = [newHome(), newHome()];
    const both = [call('both'), ...morning()];
    a.add(...both, call('only_a', { at: NOON + 9 }));
    b.add(...both, call('only_b', { at: NOON + 8 }));
    a.amend({ eventId: 'both', field: 'model', value: 'opus', source: 'transcript', at: NOON + 1 });
    b.amend({ eventId: 'both', field: 'outcome', value: 'failed', source: 'hook', at: NOON + 2 });
    await Promise.all([a.refresh(), b.refresh()]);
    const [fromA, fromB] = [await bundleOf(a), await bundleOf(b)];
    expect(await take(a, fromB)).toMatchObject({ events: 1, amendments: 1 });
    expect(await take(b, fromA)).toMatchObject({ events: 1, amendments: 1 });
    expect(storedEvents(a)).toEqual(storedEvents(b));
    expect(storedEvents(a)).toHaveLength(both.length + 2);
    expect(amendmentsOf(a)).toEqual(amendmentsOf(b));
    const before = everything(a);
    a.clock.advance(1000);
    expect(await take(a, fromB)).toMatchObject({ events: 0, amendments: 0, rows: 0 });
    expect(everything(a)).toEqual(before);
  });

  it('brings nothing back that was forgotten here', async () => {
    const [a, b] = [newHome(), newHome()];
    a.add(call('wanted'), call('gone'));
    const epitaph = { reason: 'test', at: NOON };
    addTombstones(b.paths, { ids: ['gone'] }, epitaph);
    expect(await take(b, await bundleOf(a))).toMatchObject({ events: 1, forgotten: 1 });
    expect(storedEvents(b).map((event) => event?.id)).toEqual(['wanted']);
  });

  it('says what it would bring, and brings it only then', async () => {
    const [a, b] = [newHome(), newHome()];
    a.add(...morning());
    await b.refresh();
    const before = everything(b);
    const plan = await take(b, await bundleOf(a), { isDry: true });
    expect(plan).toMatchObject({ kind: 'planned', events: 8 });
    expect(everything(b)).toEqual(before);
  });

  it.each([
    ['metadata', ['hunter2secret', 'harmless']],
    ['redacted', ['hunter2secret']],
    ['full', []],
  ] as const)('leaves out what the level %s does not keep', async (level, absent) => {
    const a = newHome();
    const content = { prompt: 'harmless', tool_input: { command: 'PASSWORD=hunter2secret run' } };
    a.add(call('c', { content }));
    const text = gunzipSync(readFileSync(await bundleOf(a, level))).toString();
    const secrets = ['hunter2secret', 'harmless'];
    expect(secrets.filter((word) => !text.includes(word))).toEqual([...absent]);
  });

  it('holds neither the key nor a name of a file, and is for its owner alone', async () => {
    const a = newHome();
    a.add(...morning());
    await a.refresh();
    const file = await bundleOf(a);
    const text = gunzipSync(readFileSync(file)).toString();
    expect(text).not.toContain(readFileSync(a.paths.redactionKey).toString('hex'));
    expect(text).not.toContain(a.folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.part`)).toBe(false);
  });
});

describe('a bundle that is not whole', () => {
  it('is refused wherever it is cut or damaged, and nothing of it is stored', async () => {
    const [a, b] = [newHome(), newHome()];
    a.add(...morning());
    const file = await bundleOf(a);
    const whole = readFileSync(file);
    const damaged = [0.1, 0.4, 0.7, 0.99].flatMap((place) => {
      const at = Math.floor(place * whole.length);
      const turned = Buffer.from(whole);
      turned[at] = (turned[at] ?? 0) ^ 0xff;
      return [whole.subarray(0, at), turned];
    });
    for (const bytes of [Buffer.alloc(0), Buffer.from('{}'), ...damaged]) {
      writeFileSync(file, bytes);
      expect(await take(b, file)).toMatchObject({ kind: 'refused' });
    }
    expect(existsSync(b.paths.database)).toBe(false);
  });

  const record = { ts: 1, id: 'x', v: 1, at: 1, kind: 'tool' };
  it.each<[string, Buffer]>([
    ['of a later version', forge([{ ...HEADER, hookline_bundle: 2 }], {})],
    ['without a header', forge([{ kind: 'event', record }], { event: 1 })],
    [
      'that holds a record with a wrong sum',
      forge([HEADER, { kind: 'event', record: { ...record, sum: '0' } }], { event: 1 }),
    ],
    [
      'that holds a record that tells no event',
      forge([HEADER, { kind: 'event', record: { id: 'x', sum: sumOf({ id: 'x' }) } }], {
        event: 1,
      }),
    ],
    ['that holds less than it says', forge([HEADER], { event: 1 })],
    [
      'that wants to write a file',
      forge([HEADER, { kind: 'file', path: '../../evil', text: 'x' }], { file: 1 }),
    ],
    [
      'that names another table',
      forge([HEADER, { kind: 'sqlite_master', row: { sql: 'x' } }], { sqlite_master: 1 }),
    ],
  ])('%s is refused', async (_, bytes) => {
    const b = newHome();
    const file = join(b.folder, 'bundle');
    writeFileSync(file, bytes);
    expect(await take(b, file)).toMatchObject({ kind: 'refused' });
    expect(existsSync(b.paths.database)).toBe(false);
  });

  it('is refused when it unpacks to more than any record holds', async () => {
    const b = newHome();
    const file = join(b.folder, 'bundle');
    writeFileSync(file, gzipSync(Buffer.alloc(2_000_000, 'x')));
    const small = { line: 1_000_000, whole: 10_000_000 };
    expect(await take(b, file, { limits: small })).toMatchObject({
      reason: expect.stringContaining('longer'),
    });
    writeFileSync(
      file,
      forge(
        Array.from({ length: 300 }, () => HEADER),
        {},
      ),
    );
    expect(await take(b, file, { limits: { line: 1000, whole: 5000 } })).toMatchObject({
      reason: expect.stringMatching(/larger|none of a bundle/),
    });
  });
});
