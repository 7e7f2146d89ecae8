import { describe, expect, it } from 'vitest';
import type { CallName, PushName } from '../../src-core/contract/ipc.ts';
import { callNames, pushNames } from '../../src-core/contract/ipc.ts';
import type { IpcRendererLike } from './bridge.ts';
import { createBridge } from './bridge.ts';

type Listener = Parameters<IpcRendererLike['on']>[1];

function fakeIpc(answer: (name: string, argument: unknown) => Promise<unknown>) {
  const invoked: [string, unknown][] = [];
  const listeners: [string, Listener][] = [];
  const ipc: IpcRendererLike = {
    invoke: (name, argument) => {
      invoked.push([name, argument]);
      return answer(name, argument);
    },
    on: (name, listener) => listeners.push([name, listener]),
    removeListener: (name, listener) => {
      const at = listeners.findIndex(([n, l]) => n === name && l === listener);
      if (at >= 0) listeners.splice(at, 1);
    },
  };
  const emit = (name: string, payload: unknown) => {
    for (const [n, listener] of [...listeners]) {
      if (n === name) listener({ sender: ipc }, payload);
    }
  };
  return { ipc, invoked, listeners, emit };
}

const done = async () => ({ ok: true, value: null });

describe('createBridge', () => {
  it('forwards each call of the contract and resolves with the reply', async () => {
    const { ipc, invoked } = fakeIpc(done);
    const bridge = createBridge(ipc);
    for (const name of callNames) {
      expect(await bridge.call(name, {} as never)).toEqual({ ok: true, value: null });
    }
    expect(invoked.map(([name]) => name)).toEqual([...callNames]);
  });

  it.each(['shell.run', 'data.changed', '__proto__', 'constructor', ''])(
    'refuses the call %j without asking main',
    async (name) => {
      const { ipc, invoked } = fakeIpc(done);
      const reply = await createBridge(ipc).call(name as CallName, {} as never);
      expect(reply).toMatchObject({ ok: false, error: { kind: 'unknown-call' } });
      expect(invoked).toEqual([]);
    },
  );

  it('resolves with a failure when main cannot be reached', async () => {
    const { ipc } = fakeIpc(async () => {
      throw new Error('No handler registered');
    });
    expect(await createBridge(ipc).call('app.quit', {})).toEqual({
      ok: false,
      error: { kind: 'unreachable', message: 'No handler registered' },
    });
  });

  it('gives listeners the payload alone and stops when told', () => {
    const { ipc, emit, listeners } = fakeIpc(done);
    const heard: unknown[][] = [];
    const stop = createBridge(ipc).on('data.changed', (...all) => heard.push(all));
    emit('data.changed', { at: 1 });
    stop();
    emit('data.changed', { at: 2 });
    expect(heard).toEqual([[{ at: 1 }]]);
    expect(listeners).toEqual([]);
  });

  it('ends only the subscription whose function is called', () => {
    const { ipc, emit } = fakeIpc(done);
    const bridge = createBridge(ipc);
    const heard: string[] = [];
    const listen = (who: string) => bridge.on('data.changed', () => heard.push(who));
    const stopFirst = listen('first');
    listen('second');
    stopFirst();
    emit('data.changed', { at: 1 });
    expect(heard).toEqual(['second']);
  });

  it.each(['glance.read', 'closed', '__proto__'])('refuses to listen to %j', (name) => {
    const { ipc, listeners } = fakeIpc(done);
    expect(() => createBridge(ipc).on(name as PushName, () => {})).toThrow(TypeError);
    expect(listeners).toEqual([]);
  });

  it('lets a page listen to every push of the contract', () => {
    const { ipc, listeners } = fakeIpc(done);
    const bridge = createBridge(ipc);
    for (const name of pushNames) bridge.on(name, () => {});
    expect(listeners.map(([name]) => name)).toEqual([...pushNames]);
  });
});
