import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createShortcut } from './global-shortcut.ts';

function start(isFree: (keys: string) => boolean = () => true) {
  const done: string[] = [];
  const follow = createShortcut(
    {
      register: (keys) => {
        done.push(`+${keys}`);
        return isFree(keys);
      },
      unregister: (keys) => done.push(`-${keys}`),
    },
    () => undefined,
    silentLogger,
  );
  return { done, follow };
}

describe('the keys that open the glance', () => {
  it('follow the setting, and are let go of when others are chosen', () => {
    const { done, follow } = start();
    for (const keys of [null, 'Alt+H', 'Alt+H', 'Alt+J', null]) follow(keys);
    expect(done).toEqual(['+Alt+H', '-Alt+H', '+Alt+J', '-Alt+J']);
  });

  it('may be taken, or unknown to the system, without an end of the app', () => {
    const taken = start(() => false);
    taken.follow('Alt+H');
    taken.follow('Alt+J');
    expect(taken.done).toEqual(['+Alt+H', '-Alt+H', '+Alt+J']);
    const unknown = start(() => {
      throw new Error('no such key');
    });
    expect(() => unknown.follow('Alt+H')).not.toThrow();
  });
});
