import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { claimSingleInstance } from './single-instance.ts';

function fakeApp(isFirst: boolean) {
  const exits: number[] = [];
  const app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => isFirst,
    exit: (code: number) => exits.push(code),
  });
  return { app, exits };
}

describe('claimSingleInstance', () => {
  it('tells the first instance of every further start', () => {
    const { app, exits } = fakeApp(true);
    let wanted = 0;
    expect(claimSingleInstance(app, () => wanted++)).toBe(true);
    app.emit('second-instance');
    app.emit('activate');
    expect(wanted).toBe(2);
    expect(exits).toEqual([]);
  });

  it('shows nothing when it is the system that starts it once more', () => {
    const { app } = fakeApp(true);
    let wanted = 0;
    claimSingleInstance(app, () => wanted++);
    app.emit('second-instance', {}, ['/app', '--at-login']);
    expect(wanted).toBe(0);
    app.emit('second-instance', {}, ['/app', '--dashboard']);
    expect(wanted).toBe(1);
  });

  it('ends the second instance with 0 and leaves it no work', () => {
    const { app, exits } = fakeApp(false);
    let wanted = 0;
    expect(claimSingleInstance(app, () => wanted++)).toBe(false);
    app.emit('activate');
    expect(exits).toEqual([0]);
    expect(wanted).toBe(0);
  });
});
