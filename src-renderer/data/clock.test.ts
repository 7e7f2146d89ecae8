import { describe, expect, it } from 'vitest';
import { type ClockSource, createMainClock } from './clock.ts';

function setUp() {
  let monotonic = 500;
  let isVisible = true;
  let tick: (() => void) | null = null;
  let visibility: (() => void) | null = null;
  const source: ClockSource = {
    monotonic: () => monotonic,
    wall: () => 1_000_000,
    everySecond: (run) => {
      tick = run;
      return () => {
        tick = null;
      };
    },
    isVisible: () => isVisible,
    onVisibility: (changed) => {
      visibility = changed;
      return () => {
        visibility = null;
      };
    },
  };
  return {
    clock: createMainClock(source),
    pass: (ms: number) => {
      monotonic += ms;
    },
    tick: () => tick?.(),
    isTicking: () => tick !== null,
    setVisible: (value: boolean) => {
      isVisible = value;
      visibility?.();
    },
  };
}

describe("main's clock in the page", () => {
  it('is the wall clock until main has told its time', () => {
    expect(setUp().clock.estimate()).toBe(1_000_000);
  });

  it("goes on from main's time by what has passed here", () => {
    const { clock, pass } = setUp();
    clock.set(70_000);
    pass(1500);
    expect(clock.estimate()).toBe(71_500);
    expect(clock.read()).toBe(70_000);
  });

  it('moves what it shows only with a tick or a reply', () => {
    const { clock, pass, tick } = setUp();
    clock.set(70_000);
    let told = 0;
    clock.subscribe(() => {
      told += 1;
    });
    told = 0;
    pass(1000);
    tick();
    expect([clock.read(), told]).toEqual([71_000, 1]);
    clock.set(90_000);
    expect([clock.read(), told]).toEqual([90_000, 2]);
  });

  it('ticks only while somebody listens and the page can be seen', () => {
    const { clock, isTicking, setVisible, pass } = setUp();
    expect(isTicking()).toBe(false);
    const stop = clock.subscribe(() => undefined);
    expect(isTicking()).toBe(true);
    setVisible(false);
    expect(isTicking()).toBe(false);
    clock.set(70_000);
    pass(60_000);
    setVisible(true);
    expect([isTicking(), clock.read()]).toEqual([true, 130_000]);
    stop();
    expect(isTicking()).toBe(false);
  });
});
