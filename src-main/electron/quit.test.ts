import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { closeBeforeQuit } from './quit.ts';

/**
 * Ends as Electron does: asks the listeners first, is gone when none holds it back, and ignores a
 * quit that comes before the first one's microtasks are done.
 */
function fakeApp() {
  let isQuitting = false;
  const app = Object.assign(new EventEmitter(), {
    quit() {
      if (isQuitting) return;
      isQuitting = true;
      let isHeldBack = false;
      app.emit('will-quit', { preventDefault: () => (isHeldBack = true) });
      setImmediate(() => {
        isQuitting = false;
        if (!isHeldBack) app.emit('gone');
      });
    },
  });
  return app;
}

describe('closeBeforeQuit', () => {
  it('closes once, however often the app is told to quit, and then goes', async () => {
    const app = fakeApp();
    const order: string[] = [];
    closeBeforeQuit(app, async () => void order.push('closed'), silentLogger);
    const gone = once(app, 'gone').then(() => order.push('gone'));
    app.quit();
    app.quit();
    await gone;
    expect(order).toEqual(['closed', 'gone']);
  });

  it('goes even when closing fails', async () => {
    const app = fakeApp();
    const logged: unknown[] = [];
    const log = { ...silentLogger, error: (...all: unknown[]) => logged.push(all[1]) };
    closeBeforeQuit(app, async () => Promise.reject(new Error('locked')), log);
    const gone = once(app, 'gone');
    app.quit();
    await gone;
    expect(logged).toEqual(['closing failed']);
  });

  it('keeps the app when its last window closes', () => {
    const app = fakeApp();
    closeBeforeQuit(app, async () => {}, silentLogger);
    expect(app.listenerCount('window-all-closed')).toBe(1);
  });
});
