import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import type { RefreshReport } from '../../src-core/contract/views.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { createEngine, type Engine } from './engine.ts';
import { type Service, startService } from './service.ts';

const home = homePerTest();
const paths = () => home().paths;
const services: Service[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

const NOTHING_DONE: RefreshReport = {
  ok: true,
  drained: 0,
  healedToSqlite: 0,
  healedToJsonl: 0,
  duplicates: 0,
  quarantined: 0,
  drift: 0,
  statsWritten: [],
  unreachable: [],
  durationMs: 1,
};

interface Started {
  readonly service: Service;
  readonly engine: Engine;
  /** The next word that there is something new. */
  news(): Promise<void>;
  countNews(): number;
  readonly errors: string[];
}

/** Starts a service and waits for its first run. */
async function start(change: (engine: Engine) => Engine = (engine) => engine): Promise<Started> {
  const { open, clock } = home();
  const engine = createEngine({ paths: paths(), open, clock });
  const errors: string[] = [];
  const waiting: (() => void)[] = [];
  let count = 0;
  const service = startService({
    engine: change(engine),
    paths: paths(),
    log: {
      ...silentLogger,
      error: (from, what, error) => errors.push(`${from}: ${what}: ${error}`),
    },
    onChanged: () => {
      count++;
      for (const tell of waiting.splice(0)) tell();
    },
  });
  services.push(service);
  await service.refresh().catch(() => undefined);
  const news = () => new Promise<void>((resolve) => waiting.push(resolve));
  return { service, engine, news, countNews: () => count, errors };
}

describe('the service', () => {
  it('runs the bridge at once', async () => {
    home().pretendInstalled();
    home().spool(hookPayload('PostToolUse-Bash'));
    const { engine } = await start();
    expect(engine.readHealth()).toMatchObject({ total: 1, spool: { waiting: 0 } });
  });

  it('writes nothing before install', async () => {
    const { service } = await start();
    expect(await service.refresh()).toBeNull();
    expect(existsSync(paths().claude)).toBe(false);
  });

  it('tells that another program has stored an event, and shows it', async () => {
    home().pretendInstalled();
    const { engine, news } = await start();
    const told = news();
    home().add(toolCall());
    await told;
    expect(engine.readHealth().total).toBe(1);
  });

  it('tells that settings.json has changed', async () => {
    home().pretendInstalled();
    const { engine, news } = await start();
    const told = news();
    writeFileSync(paths().settingsJson, '{"disableAllHooks":true}');
    await told;
    expect(engine.readHealth().health.findings).toMatchObject([{ code: 'hooks-disabled' }]);
  });

  it('tells that the program was installed, and works from then on', async () => {
    mkdirSync(paths().claude);
    const { service, news } = await start();
    const told = news();
    home().pretendInstalled();
    await told;
    home().spool(hookPayload('PostToolUse-Bash'));
    expect(await service.refresh()).toMatchObject({ ok: true, drained: 1 });
  });

  it('drains entries that no drainer takes', async () => {
    home().pretendInstalled();
    mkdirSync(paths().spool, { recursive: true });
    const { engine, news } = await start();
    const entry = home().spool(hookPayload('PostToolUse-Bash'));
    // The folders of the home tell of other changes as well.
    while (existsSync(entry)) await news();
    expect(engine.readHealth().total).toBe(1);
  });

  it('tells when trouble begins and when it ends, but not each minute between', async () => {
    const trouble = { store: 'tool-usage', reason: 'EISDIR' };
    const told: boolean[] = [];
    let unreachable: RefreshReport['unreachable'] = [];
    // Nothing is installed here, so that no folder tells of anything.
    const { service, countNews } = await start((engine) => ({
      ...engine,
      refresh: async () => ({ ...NOTHING_DONE, ok: unreachable.length === 0, unreachable }),
    }));
    for (const found of [[], [trouble], [trouble], [trouble, trouble], [], []]) {
      unreachable = found;
      const before = countNews();
      await service.refresh();
      told.push(countNews() > before);
    }
    expect(told).toEqual([false, true, false, true, true, false]);
  });

  it('says so when a run fails, and does not give the report of the one before', async () => {
    home().pretendInstalled();
    let isBroken = false;
    const { service, errors } = await start((engine) => ({
      ...engine,
      refresh: () => (isBroken ? Promise.reject(new Error('a bug')) : engine.refresh()),
    }));
    expect(await service.refresh()).toMatchObject({ ok: true });
    isBroken = true;
    await expect(service.refresh()).rejects.toThrow('a bug');
    expect(errors).toContain('ticker: the job failed: Error: a bug');
    isBroken = false;
    expect(await service.refresh()).toMatchObject({ ok: true });
  });

  it('survives a spool that is no folder', async () => {
    home().pretendInstalled();
    let tell: (what: string) => void = () => undefined;
    const logged = new Promise<string>((resolve) => {
      tell = resolve;
    });
    const { open, clock } = home();
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().spool, '');
    const service = startService({
      engine: createEngine({ paths: paths(), open, clock }),
      paths: paths(),
      log: { ...silentLogger, error: (_, what) => tell(what) },
      onChanged: () => undefined,
    });
    services.push(service);
    expect(await service.refresh()).toMatchObject({ ok: false });
    writeFileSync(join(paths().claude, 'anything'), '');
    expect(await logged).toBe('looking for news');
    rmSync(paths().spool);
    expect(await service.refresh()).toMatchObject({ ok: true });
  });

  it('tells nothing any more once it is stopped', async () => {
    home().pretendInstalled();
    const { service, countNews } = await start();
    await service.stop();
    services.splice(0);
    const before = countNews();
    home().add(toolCall());
    await new Promise((resolve) => setImmediate(resolve));
    expect(countNews()).toBe(before);
  });
});
