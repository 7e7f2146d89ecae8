import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { rootFile, rootText } from '../install/hook-files.ts';
import { type EngineClient, startEngine } from './client.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Node runs TypeScript by itself, so the thread needs no build. */
const WORKER = join(import.meta.dirname, 'worker.ts');
const VERSION = '0.1.0';
const home = homePerTest();
const engines: EngineClient[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});

/** Another version would be tried out first, which takes its time. */
function installThisVersion(): void {
  home().pretendInstalled();
  writeFileSync(rootFile(home().paths), rootText(home().paths, VERSION));
}

interface Started extends EngineClient {
  readonly died: Promise<string>;
  news(): Promise<number>;
}

function start(file = WORKER, addon = ''): Started {
  const waiting: ((at: number) => void)[] = [];
  const hookScript = join(home().folder, 'hook.cjs');
  writeFileSync(hookScript, '// the built hook\n');
  let tellDeath: (reason: string) => void = () => undefined;
  const died = new Promise<string>((resolve) => {
    tellDeath = resolve;
  });
  const engine = startEngine({
    file,
    log: silentLogger,
    input: {
      root: { home: home().folder },
      addon,
      version: VERSION,
      environment: process.env,
      appFolder: ROOT,
      script: join(ROOT, 'out', 'cli', 'hookline.js'),
      program: null,
      assets: {
        launcher: join(ROOT, 'resources', 'hookline-hook'),
        hookScript,
      },
    },
    onChanged: (at) => {
      for (const tell of waiting.splice(0)) tell(at);
    },
    onDied: tellDeath,
  });
  engines.push(engine);
  return {
    ...engine,
    died,
    news: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

describe('the engine in its thread', () => {
  it('answers calls, several at once', async () => {
    installThisVersion();
    home().add(toolCall());
    const { calls } = start();
    const [glance, overview, events, health] = await Promise.all([
      calls['glance.read']({}),
      calls['overview.read']({ days: 7 }),
      calls['events.read']({ limit: 5, beforeAt: null, scope: null }),
      calls['health.read']({}),
    ]);
    expect(glance.timeZone).toBe(overview.timeZone);
    expect(overview.range.days).toBe(7);
    expect(events.events).toHaveLength(1);
    expect(health.total).toBe(1);
    expect(await calls['refresh.run']({})).toMatchObject({ ok: true, drift: 0 });
  });

  it('gives a failure as an error that says what it was', async () => {
    const { calls } = start();
    await expect(calls['refresh.run']({})).rejects.toThrow(/not installed/);
    expect(await calls['health.read']({})).toMatchObject({ health: { state: 'not-installed' } });
  });

  it('plans an install, and writes nothing for it', async () => {
    const { calls } = start();
    const plan = await calls['install.plan']({});
    expect(plan).toMatchObject({ alreadyInstalled: false, refusal: null });
    expect(plan.diff).toContain('PostToolUse');
  });

  it('says when there is something new', async () => {
    installThisVersion();
    const { calls, news } = start();
    await calls['refresh.run']({});
    const told = news();
    home().add(toolCall());
    expect(await told).toBeGreaterThan(0);
    expect(await calls['health.read']({})).toMatchObject({ total: 1 });
  });

  it('looks at once when the machine has woken up', async () => {
    installThisVersion();
    const { calls, news, wake } = start();
    await calls['refresh.run']({});
    home().addToJournals([toolCall()]);
    const told = news();
    wake();
    await told;
    expect(await calls['health.read']({})).toMatchObject({ bySource: { journal: 1 } });
  });

  it('ends when it is stopped, twice as well as once, and answers nothing afterwards', async () => {
    const { calls, stop } = start();
    await calls['health.read']({});
    await stop();
    await stop();
    await expect(calls['health.read']({})).rejects.toThrow(/stopped|ended/);
  });

  it('ends after the work that it was at', async () => {
    installThisVersion();
    home().addToStore(...Array.from({ length: 300 }, () => toolCall()));
    const { calls, stop } = start();
    const report = calls['refresh.run']({});
    await stop();
    expect(await report).toMatchObject({ ok: true });
  });
});

describe('an engine that dies', () => {
  it('says why, and fails the calls that wait and those that come', async () => {
    const file = join(home().folder, 'dying.mjs');
    writeFileSync(
      file,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { throw new Error('out of luck'); });`,
    );
    const { calls, died, stop } = start(file);
    await expect(calls['health.read']({})).rejects.toThrow('out of luck');
    expect(await died).toBe('out of luck');
    await expect(calls['health.read']({})).rejects.toThrow('out of luck');
    await stop();
  });

  it('says so when it cannot even begin', async () => {
    const { calls, died } = start(join(home().folder, 'no-such-file.mjs'));
    await expect(calls['health.read']({})).rejects.toThrow(/no-such-file/);
    expect(await died).toMatch(/no-such-file/);
  });
});
