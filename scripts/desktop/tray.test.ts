import { describe, expect, it } from 'vitest';
import { parseGeometries } from './geometry.ts';
import { parseTrayItems, splitTray } from './tray.ts';

const watcher = (items: string, isHosted: boolean): string => `method return time=1.2 sender=:1.3
   array [
      dict entry(
         string "RegisteredStatusNotifierItems"
         variant             array [
${items}            ]
      )
      dict entry(
         string "IsStatusNotifierHostRegistered"
         variant             boolean ${isHosted}
      )
   ]
`;

describe('parseTrayItems', () => {
  it('has no answer before a panel shows the items', () => {
    expect(parseTrayItems(watcher('', false))).toBeUndefined();
  });

  it('lists the items once one does', () => {
    const item = '               string ":1.8/StatusNotifierItem"\n';
    expect(parseTrayItems(watcher('', true))).toEqual([]);
    expect(parseTrayItems(watcher(item + item, true))).toHaveLength(2);
  });
});

it('reads every window that xdotool prints', () => {
  const printed =
    'WINDOW=6291459\nX=1185\nY=0\nWIDTH=27\nHEIGHT=26\nSCREEN=0\nWINDOW=7\nX=-10\nY=5\nWIDTH=1\nHEIGHT=2\nSCREEN=0\n';
  expect(parseGeometries(printed)).toEqual([
    { x: 1185, y: 0, width: 27, height: 26 },
    { x: -10, y: 5, width: 1, height: 2 },
  ]);
});

describe('splitTray', () => {
  it('gives each item its part of the tray', () => {
    expect(splitTray({ x: 100, y: 0, width: 54, height: 26 }, 2)).toEqual([
      { x: 100, y: 0, width: 27, height: 26 },
      { x: 127, y: 0, width: 27, height: 26 },
    ]);
  });

  it('waits for a tray that has not grown to its items yet', () => {
    expect(splitTray({ x: 100, y: 0, width: 1, height: 26 }, 1)).toEqual([]);
    expect(splitTray({ x: 100, y: 0, width: 27, height: 26 }, 0)).toEqual([]);
  });
});
