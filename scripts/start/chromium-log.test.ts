import { describe, expect, it } from 'vitest';
import { explainEnd, isChromiumLine } from './chromium-log.ts';

const BUS =
  '[10687:1123/163554.353481:ERROR:bus.cc(407)] Failed to connect to the bus: Address does not contain a colon';
const NO_DISPLAY =
  '[31:1123/163554.353481:ERROR:ozone_platform_x11.cc(244)] Missing X server or $DISPLAY';

describe('isChromiumLine', () => {
  it('knows Chromium’s log lines', () => {
    expect(isChromiumLine(BUS)).toBe(true);
    expect(isChromiumLine(NO_DISPLAY)).toBe(true);
  });

  it.each(['Error: Cannot find module', '[hookline] ready', 'hookline: the store is locked'])(
    'lets %j through',
    (line) => {
      expect(isChromiumLine(line)).toBe(false);
    },
  );
});

describe('explainEnd', () => {
  it('names the display when that is the trouble, whatever was said after it', () => {
    expect(explainEnd(139, [BUS, NO_DISPLAY, BUS])).toContain('display');
  });

  it('repeats what Chromium said last, without its numbers', () => {
    expect(explainEnd(1, [NO_DISPLAY.replace('Missing X server', 'No'), BUS])).toBe(
      'The app ended with code 1: Failed to connect to the bus: Address does not contain a colon',
    );
  });

  it('says the code when nothing else is known', () => {
    expect(explainEnd(3, [])).toBe('The app ended with code 3');
  });
});
