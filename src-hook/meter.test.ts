import { describe, expect, it } from 'vitest';
import { createMeter } from './meter.ts';

const totals = (meter: ReturnType<typeof createMeter>) =>
  Object.fromEntries(meter.samples().map(({ metric, ms }) => [metric, ms]));

describe('the drainer’s meter', () => {
  it('counts from the start of the process, then from the last time it was asked', () => {
    const meter = createMeter();
    const first = totals(meter);
    const used = process.cpuUsage();
    expect(first.wall).toBeLessThanOrEqual(performance.now());
    expect(first.cpu).toBeLessThanOrEqual((used.user + used.system) / 1000);
    const second = totals(meter);
    expect(second.cpu).toBeLessThan(first.cpu ?? 0);
    expect(second.wall).toBeLessThan(first.wall ?? 0);
  });

  it('gives each entry’s wait once', () => {
    const meter = createMeter();
    meter.stored([3, 4]);
    const waits = () => meter.samples().filter(({ metric }) => metric === 'stored');
    expect(waits().map(({ ms }) => ms)).toEqual([3, 4]);
    expect(waits()).toEqual([]);
  });
});
