import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HealthView } from '../../src-core/contract/views.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { createEngine } from '../engine/engine.ts';

const MINUTE = 60_000;
const home = homePerTest();
const paths = () => home().paths;

function health(): HealthView {
  const { paths: places, open, clock } = home();
  const engine = createEngine({ paths: places, open, clock });
  try {
    return v.parse(HealthView, engine.readHealth());
  } finally {
    engine.close();
  }
}
const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

describe('the state of capture', () => {
  it('is not installed before install, and everything else is unknown', () => {
    expect(health()).toMatchObject({
      health: {
        state: 'not-installed',
        lastEventAt: null,
        drift: null,
        checkedAt: null,
        findings: [],
      },
      total: 0,
      streams: [],
      hook: { installed: false, version: null, runtimes: [] },
    });
  });

  it('is ready once installed, capturing after an event, and ready again half an hour later', async () => {
    home().pretendInstalled();
    expect(health().health.state).toBe('idle');
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    expect(health().health).toMatchObject({
      state: 'capturing',
      lastEventAt: NOON,
      drift: 0,
      checkedAt: NOON,
    });
    home().clock.advance(30 * MINUTE);
    expect(health().health.state).toBe('idle');
  });

  it('is paused while the marker stands', () => {
    home().pretendInstalled();
    write(paths().pauseMarker, '');
    expect(health().health.state).toBe('paused');
  });

  it('needs attention when settings.json names the hook no more', () => {
    home().pretendInstalled();
    write(paths().settingsJson, '{ // a comment\n "hooks": {}, }');
    expect(health()).toMatchObject({
      health: { state: 'attention', findings: [{ code: 'hooks-missing' }] },
      hook: { installed: false },
    });
  });

  it('needs attention when all hooks are switched off', () => {
    home().pretendInstalled();
    write(paths().settingsJson, '\ufeff{"disableAllHooks":true}');
    expect(health().health.findings).toMatchObject([{ code: 'hooks-disabled' }]);
  });

  it('needs attention when captured events wait for more than a minute', () => {
    home().pretendInstalled();
    home().spool(hookPayload('PostToolUse-Bash'), NOON - MINUTE);
    expect(health()).toMatchObject({
      health: { state: 'attention', findings: [{ code: 'spool-waiting' }] },
      spool: { waiting: 1, oldestAt: NOON - MINUTE },
    });
  });
});

describe('what a run left behind', () => {
  it('is shown stream by stream, and adds up', async () => {
    home().pretendInstalled();
    home().add(toolCall(), toolCall({ source: 'spool' }));
    home().addToJournals([toolCall()]);
    await home().refresh();
    const view = health();
    expect(view).toMatchObject({ total: 3, bySource: { hook: 1, spool: 1, journal: 1 } });
    expect(view.streams[0]).toEqual({
      name: 'tool-usage',
      inSqlite: 3,
      inJsonl: 3,
      healed: 1,
      duplicates: 0,
      quarantined: 0,
    });
    expect(view.streams.map(({ name }) => name)).toContain('amendments');
  });

  it('is drift that is not known when the database could not be asked', async () => {
    home().pretendInstalled();
    mkdirSync(paths().database, { recursive: true });
    await home().refresh();
    home().clock.advance(MINUTE);
    await home().refresh();
    const view = health();
    expect(view.health).toMatchObject({
      state: 'attention',
      drift: null,
      checkedAt: NOON + MINUTE,
    });
    const findings = view.health.findings.filter(({ code }) => code === 'store-unreachable');
    expect(findings).toMatchObject([
      { title: `${paths().database} cannot be used`, sinceAt: NOON },
    ]);
  });

  it('is told also when the database broke since', async () => {
    home().pretendInstalled();
    home().add(toolCall());
    await home().refresh();
    rmSync(paths().database);
    for (const suffix of ['-wal', '-shm']) rmSync(`${paths().database}${suffix}`, { force: true });
    write(paths().database, 'x'.repeat(8192));
    const { health: line } = health();
    expect(line).toMatchObject({ state: 'attention', drift: 0 });
    expect(line.findings).toMatchObject([
      { code: 'store-unreachable', detail: expect.stringMatching(/^corrupt/) },
    ]);
  });

  it('counts what is in quarantine', async () => {
    home().pretendInstalled();
    home().spool('this is no JSON');
    await home().refresh();
    expect(health()).toMatchObject({
      quarantine: 1,
      health: { findings: [{ code: 'quarantine', severity: 'note' }] },
    });
  });
});

describe('the hook’s own errors', () => {
  it('are counted for the local day, and the last one is told', () => {
    home().pretendInstalled();
    write(paths().settings, '{"timeZone":"UTC"}');
    write(
      paths().hookErrorLog,
      '2026-01-25T23:59:59.999Z yesterday\n2026-01-26T00:00:00.000Z SQLite (busy): locked\nno date at all\n2026-01-26T11:00:00.000Z the last one\n',
    );
    expect(health()).toMatchObject({
      hookErrors: { today: 2, last: { at: NOON - 60 * MINUTE, message: 'the last one' } },
      health: { findings: [{ code: 'hook-errors', title: 'The hook met 2 problems today' }] },
    });
  });
});

describe('places and runtimes', () => {
  it('are said as a person writes them, with the size of what is a file', () => {
    home().pretendInstalled();
    home().add(toolCall());
    write(paths().runtimes, `# made by install\n${process.execPath}\n/no/such/node\n`);
    write(join(paths().hookFolder, 'root.json'), '{"version":"0.1.0"}');
    const view = health();
    expect(view.hook).toEqual({
      installed: true,
      version: '0.1.0',
      runtimes: [
        { path: process.execPath, version: null, usable: true },
        { path: '/no/such/node', version: null, usable: false },
      ],
    });
    const places = new Map(view.places.map(({ name, path, bytes }) => [name, { path, bytes }]));
    expect(places.get('Tool calls')).toEqual({
      path: '~/.claude/data/tool-usage.jsonl',
      bytes: home().text(paths().journals.toolUsage).length,
    });
    expect(places.get('Statistics')).toEqual({ path: '~/.claude/kernel', bytes: null });
  });
});

describe('a file of ours that is something else', () => {
  it.each([
    ['the quarantine', () => join(paths().quarantine, 'rejected.jsonl')],
    ['the log of the hook’s errors', () => paths().hookErrorLog],
    ['the list of runtimes', () => paths().runtimes],
    ['the status', () => paths().status],
    ['the settings', () => paths().settings],
  ])('does not keep the state from being told: %s is a folder', (_, path) => {
    home().pretendInstalled();
    mkdirSync(path(), { recursive: true });
    expect(health().health.state).toBe('idle');
  });

  it('is named when it is the spool', () => {
    home().pretendInstalled();
    write(paths().spool, '');
    expect(health().health.findings).toMatchObject([
      { code: 'store-unreachable', title: 'spool cannot be used' },
    ]);
  });
});
