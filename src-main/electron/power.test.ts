import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { watchPower } from './power.ts';

describe('watchPower', () => {
  it('tells of sleep and waking until it is ended', () => {
    const monitor = new EventEmitter();
    const heard: string[] = [];
    const stop = watchPower(monitor, {
      onSleep: () => heard.push('sleep'),
      onWake: () => heard.push('wake'),
    });
    monitor.emit('suspend');
    monitor.emit('resume');
    stop();
    monitor.emit('resume');
    expect(heard).toEqual(['sleep', 'wake']);
  });
});
