import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import type { CallName, Handlers, Reply } from '../../src-core/contract/ipc.ts';
import { callNames } from '../../src-core/contract/ipc.ts';
import type { CallEvent, IpcMainLike, ServeOptions } from './ipc.ts';
import { pushTo, serveContract } from './ipc.ts';
import type { FrameLike } from './page-origin.ts';
import { isOwnPage } from './page-origin.ts';

const ownFrame: FrameLike = { url: 'app://ui/glance/index.html', parent: null };

type Listener = (event: CallEvent, argument: unknown) => Promise<unknown>;

function fakeIpcMain() {
  const served: [string, Listener][] = [];
  const ipcMain: IpcMainLike = { handle: (name, listener) => served.push([name, listener]) };
  const call = async (
    name: string,
    argument: unknown,
    senderFrame: FrameLike | null = ownFrame,
  ): Promise<Reply<unknown>> => {
    const listener = served.find(([servedName]) => servedName === name)?.[1];
    if (listener === undefined) throw new Error(`nobody serves ${name}`);
    return (await listener({ senderFrame }, argument)) as Reply<unknown>;
  };
  return { ipcMain, served, call };
}

function makeHandlers(some: Partial<Handlers> = {}): Handlers {
  const refuse = async (): Promise<never> => {
    throw new Error('not part of this test');
  };
  const all = Object.fromEntries(callNames.map((name) => [name, refuse]));
  return { ...(all as unknown as Handlers), ...some };
}

function serve(some: Partial<Handlers> = {}, more: Partial<ServeOptions> = {}) {
  const fake = fakeIpcMain();
  const handlers = makeHandlers(some);
  serveContract({ ipcMain: fake.ipcMain, handlers, isOwnPage, log: silentLogger, ...more });
  return fake;
}

describe('serveContract', () => {
  it('serves every call of the contract exactly once and nothing else', () => {
    const { served } = serve();
    expect(served.map(([name]) => name)).toEqual([...callNames]);
  });

  it('gives the checked argument to the handler and its result to the page', async () => {
    const heights: number[] = [];
    const { call } = serve({
      'glance.fit': async ({ height }) => {
        heights.push(height);
        return null;
      },
    });
    expect(await call('glance.fit', { height: 321 })).toEqual({ ok: true, value: null });
    expect(heights).toEqual([321]);
  });

  it.each<[string, FrameLike | null]>([
    ['a foreign page', { url: 'https://example.com/', parent: null }],
    ['a file', { url: 'file:///etc/passwd', parent: null }],
    ['another host of our scheme', { url: 'app://other/glance/index.html', parent: null }],
    ['a host that only begins like ours', { url: 'app://ui.example.com/', parent: null }],
    ['an empty frame', { url: '', parent: null }],
    ['a sub frame of our own page', { url: ownFrame.url, parent: ownFrame }],
    ['a frame that is gone', null],
  ])('refuses %s before the handler runs', async (_who, frame) => {
    let ran = false;
    const { call } = serve({
      'app.quit': async () => {
        ran = true;
        return null;
      },
    });
    expect(await call('app.quit', {}, frame)).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(ran).toBe(false);
  });

  it('refuses a frame whose address can no longer be read', async () => {
    const { call } = serve({ 'app.quit': async () => null });
    const gone: FrameLike = {
      get url(): string {
        throw new Error('Render frame was disposed');
      },
      parent: null,
    };
    expect(await call('app.quit', {}, gone)).toMatchObject({ ok: false });
  });

  it.each<[CallName, unknown]>([
    ['glance.fit', { height: 'tall' }],
    ['glance.fit', { height: 79 }],
    ['glance.fit', { height: Number.NaN }],
    ['dashboard.open', { page: 'nowhere' }],
    ['overview.read', { days: 8 }],
    ['events.read', { limit: 501, beforeAt: null }],
    ['app.quit', { now: true }],
    ['app.quit', undefined],
    ['app.quit', null],
  ])('refuses %s with an argument that does not fit', async (name, argument) => {
    const { call } = serve();
    const reply = await call(name, argument);
    expect(reply).toMatchObject({ ok: false, error: { kind: 'bad-argument' } });
  });

  it('names the place of a bad argument but not its value', async () => {
    const { call } = serve();
    const reply = await call('dashboard.open', { page: 'sk-secret' });
    const message = reply.ok ? '' : reply.error.message;
    expect(message).toContain('page');
    expect(message).not.toContain('sk-secret');
  });

  it('turns a throwing handler into a value and logs it', async () => {
    const logged: string[] = [];
    const log = {
      ...silentLogger,
      error: (from: string, message: string, error?: unknown) => {
        logged.push(`${from}: ${message}: ${error instanceof Error ? error.message : ''}`);
      },
    };
    const { call } = serve(
      {
        'app.quit': async () => {
          throw new Error('database is locked');
        },
      },
      { log },
    );
    expect(await call('app.quit', {})).toEqual({
      ok: false,
      error: { kind: 'failed', message: 'database is locked' },
    });
    expect(logged).toEqual(['ipc: app.quit failed: database is locked']);
  });

  it('keeps the kind that an error brings along', async () => {
    const { call } = serve({
      'app.quit': async () => {
        throw Object.assign(new Error('no room'), { kind: 'full' });
      },
    });
    expect(await call('app.quit', {})).toEqual({
      ok: false,
      error: { kind: 'full', message: 'no room' },
    });
  });

  it('turns a result that breaks the contract into a failure where results are checked', async () => {
    const wrong = { 'install.apply': async () => ({ installed: 'yes' }) } as unknown as Handlers;
    const strict = serve(wrong, { isResultChecked: true });
    expect(await strict.call('install.apply', {})).toMatchObject({ ok: false });
    const trusting = serve(wrong);
    expect(await trusting.call('install.apply', {})).toMatchObject({ ok: true });
  });

  it('throws at start when a handler is missing', () => {
    const { ipcMain } = fakeIpcMain();
    const { 'app.quit': _left, ...rest } = makeHandlers();
    expect(() =>
      serveContract({ ipcMain, handlers: rest as Handlers, isOwnPage, log: silentLogger }),
    ).toThrow('app.quit');
  });

  it('throws at start when a handler has a name that is no call', () => {
    const { ipcMain } = fakeIpcMain();
    const handlers = { ...makeHandlers(), 'shell.run': async () => null };
    expect(() => serveContract({ ipcMain, handlers, isOwnPage, log: silentLogger })).toThrow(
      'shell.run',
    );
  });
});

describe('pushTo', () => {
  it('sends to the pages that are still there', () => {
    const sent: unknown[] = [];
    const page = (isGone: boolean) => ({
      isDestroyed: () => isGone,
      send: (name: string, payload: unknown) => sent.push([name, payload]),
    });
    pushTo([page(false), page(true)], 'data.changed', { at: 7 });
    expect(sent).toEqual([['data.changed', { at: 7 }]]);
  });
});
