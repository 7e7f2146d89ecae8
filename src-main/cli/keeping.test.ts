import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src-core/settings/settings.ts';
import { storedEvents } from '../../test/support/bridge-world.ts';
import { runVerb } from '../../test/support/cli-world.ts';
import { homePerTest, makeHome } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { removeFolder } from '../../test/support/temp-folder.ts';

const home = homePerTest();
const call = (id: string, more = {}) => toolCall({ id, toolUseId: id, ...more });
const ids = (): (string | undefined)[] => storedEvents(home()).map((event) => event?.id);

function record(): void {
  home().pretendInstalled();
  mkdirSync(home().paths.own, { recursive: true });
  home().add(
    call('a'),
    call('b', { project: '/srv/planned', cwd: '/srv/planned', at: NOON + 86_400_000 * 3 }),
  );
}

describe('hookline maintain', () => {
  it('says what it would do, then does it, and refuses where nothing is installed', async () => {
    expect((await runVerb(home(), ['maintain'])).code).toBe(1);
    record();
    const plan = await runVerb(home(), ['maintain', '--dry-run', '--json']);
    expect(JSON.parse(plan.printed.join('\n'))).toMatchObject({ kind: 'planned' });
    const done = await runVerb(home(), ['maintain', '--vacuum']);
    expect(done.code, done.printed.join()).toBe(0);
    expect(done.printed.join('\n')).toMatch(/needs .* of room; .* are free/);
  });
});

describe('hookline forget', () => {
  it('shows, and removes nothing where nobody says yes', async () => {
    record();
    const plan = await runVerb(home(), ['forget', '--project', '/srv/planned', '--dry-run']);
    expect(plan.printed.join('\n')).toContain('1 events');
    expect(
      (await runVerb(home(), ['forget', '--project', '/srv/planned'], { answer: false })).code,
    ).toBe(1);
    expect((await runVerb(home(), ['forget', '--project', '/srv/planned'])).code).toBe(1);
    expect(ids()).toEqual(['a', 'b']);
  });

  it('removes it, and keeps the folder out from then on if that is wanted', async () => {
    record();
    const done = await runVerb(home(), [
      'forget',
      '--project',
      '/srv/planned/',
      '--exclude',
      '--yes',
    ]);
    expect(done.code, done.printed.join()).toBe(0);
    expect(ids()).toEqual(['a']);
    expect(readSettings(home().paths.settings).settings.excludedFolders).toEqual(['/srv/planned']);
  });

  it('names exports, which stay as they are', async () => {
    record();
    const out = join(home().folder, 'out.csv');
    await runVerb(home(), ['export', '--out', out]);
    const done = await runVerb(home(), ['forget', '--project', '/srv/planned', '--yes', '--json']);
    expect(JSON.parse(done.printed.join('\n'))).toMatchObject({ events: 1, exports: [out] });
    expect(readFileSync(out, 'utf8')).toContain(',b,');
  });

  it.each([
    [[]],
    [['--session', 's1', '--match', 'text']],
    [['--match', 'text', '--exclude']],
    [['--match']],
  ])('is misused by %j', async (args) => {
    record();
    expect((await runVerb(home(), ['forget', ...args])).code).toBe(2);
  });
});

describe('hookline export', () => {
  it('prints events, or writes those of some days into a file of its own', async () => {
    record();
    const printed = await runVerb(home(), ['export', '--format', 'jsonl']);
    expect(printed.printed.join('\n').trim().split('\n')).toHaveLength(2);
    const day = new Date(NOON + 86_400_000 * 3).toISOString().slice(0, 10);
    const out = join(home().folder, 'out.jsonl');
    const args = ['--format', 'jsonl', '--from', day, '--to', day, '--out', out];
    expect((await runVerb(home(), ['export', ...args])).code).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ id: 'b' });
  });

  it.each([
    [['--format', 'xml']],
    [['--from', 'yesterday']],
    [['--level', 'full']],
    [['--bundle', 'f', '--level', 'some']],
    [['--bundle', 'f', '--tool', 'Bash']],
    [['--bundle', 'f', '--format', 'csv']],
  ])('is misused by %j', async (args) => {
    record();
    expect((await runVerb(home(), ['export', ...args])).code).toBe(2);
    expect(existsSync('f')).toBe(false);
  });

  it('moves a record to another home, once', async () => {
    record();
    const file = join(home().folder, 'record.hookline');
    expect((await runVerb(home(), ['export', '--bundle', file])).code).toBe(0);
    const other = makeHome();
    try {
      expect((await runVerb(other, ['import', '--bundle', file, '--yes'])).code).toBe(1);
      other.pretendInstalled();
      expect((await runVerb(other, ['import', '--bundle', file])).code).toBe(1);
      const taken = await runVerb(other, ['import', '--bundle', file, '--yes']);
      expect(taken.printed.join('\n')).toContain('Added 2 events');
      const again = await runVerb(other, ['import', '--bundle', file, '--yes']);
      expect(again.printed.join('\n')).toContain('Added 0 events');
      expect(storedEvents(other)).toEqual(storedEvents(home()));
    } finally {
      removeFolder(other.folder);
    }
  });
});
