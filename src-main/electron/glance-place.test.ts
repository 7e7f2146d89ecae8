import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayAreas, Edge, Point } from './glance-place.ts';
import { anchorAt, centreOf, fitHeight, placeGlance, usualAnchor } from './glance-place.ts';

const bounds = { x: 0, y: 0, width: 1280, height: 800 };
const topPanel: DisplayAreas = {
  bounds,
  workArea: { x: 0, y: 26, width: 1280, height: 774 },
};
const bottomPanel: DisplayAreas = {
  bounds,
  workArea: { x: 0, y: 0, width: 1280, height: 760 },
};
const leftPanel: DisplayAreas = {
  bounds,
  workArea: { x: 48, y: 0, width: 1232, height: 800 },
};
const size = { width: 350, height: 500 };

function place(icon: Point, display: DisplayAreas, wanted = size) {
  return placeGlance(anchorAt(icon, display) ?? usualAnchor(display), display, wanted);
}

describe('placeGlance', () => {
  it('centres the glance under an icon of a panel at the top', () => {
    expect(place({ x: 700, y: 12 }, topPanel)).toEqual({ x: 525, y: 32 });
  });

  it('keeps the glance on the screen when the icon is near its edge', () => {
    expect(place({ x: 1270, y: 12 }, topPanel)).toEqual({ x: 924, y: 32 });
    expect(place({ x: 3, y: 12 }, topPanel)).toEqual({ x: 6, y: 32 });
  });

  it('stands above a panel at the bottom and beside one at the left', () => {
    expect(place({ x: 700, y: 780 }, bottomPanel)).toEqual({ x: 525, y: 254 });
    expect(place({ x: 20, y: 400 }, leftPanel)).toEqual({ x: 54, y: 150 });
  });

  it('uses the display of the icon, wherever that display is', () => {
    const second: DisplayAreas = {
      bounds: { x: -1920, y: -200, width: 1920, height: 1080 },
      workArea: { x: -1920, y: -176, width: 1920, height: 1056 },
    };
    expect(place({ x: -200, y: -190 }, second)).toEqual({ x: -375, y: -170 });
  });

  it('takes a point at the very edge for a panel that hides itself', () => {
    const none: DisplayAreas = { bounds, workArea: bounds };
    expect(place({ x: 700, y: 10 }, none)).toEqual({ x: 525, y: 6 });
    expect(place({ x: 700, y: 795 }, none)).toEqual({ x: 525, y: 294 });
  });

  it('goes to the usual end of the panel when the pointer is at none', () => {
    expect(place({ x: 640, y: 400 }, topPanel)).toEqual({ x: 924, y: 32 });
    expect(place({ x: 640, y: 400 }, bottomPanel)).toEqual({ x: 924, y: 254 });
    expect(place({ x: 640, y: 400 }, leftPanel)).toEqual({ x: 924, y: 6 });
  });

  it('keeps every glance that fits inside the work area', async () => {
    const point = fc.record({
      x: fc.integer({ min: 0, max: 1279 }),
      y: fc.integer({ min: 0, max: 799 }),
    });
    const displays = fc.constantFrom(topPanel, bottomPanel, leftPanel);
    const height = fc.integer({ min: 80, max: 2000 });
    await fc.assert(
      fc.property(point, displays, height, (icon, display, wanted) => {
        const fitted = { width: 350, height: fitHeight(wanted, display) };
        const corner = place(icon, display, fitted);
        const { workArea } = display;
        return (
          corner.x >= workArea.x &&
          corner.y >= workArea.y &&
          corner.x + fitted.width <= workArea.x + workArea.width &&
          corner.y + fitted.height <= workArea.y + workArea.height
        );
      }),
    );
  });
});

describe('anchorAt', () => {
  it.each<[number, number, DisplayAreas, Edge | undefined]>([
    [640, 5, topPanel, 'top'],
    [640, 790, bottomPanel, 'bottom'],
    [10, 300, leftPanel, 'left'],
    [1275, 300, { bounds, workArea: { ...bounds, width: 1240 } }, 'right'],
    [640, 400, topPanel, undefined],
  ])('finds for %i, %i the panel at the edge', (x, y, display, edge) => {
    expect(anchorAt({ x, y }, display)?.edge).toBe(edge);
  });
});

describe('fitHeight', () => {
  it('follows the content and stops at the work area', () => {
    expect(fitHeight(401.2, topPanel)).toBe(402);
    expect(fitHeight(2000, topPanel)).toBe(762);
  });
});

describe('centreOf', () => {
  it('is the middle', () => {
    expect(centreOf({ x: 100, y: 0, width: 22, height: 24 })).toEqual({ x: 111, y: 12 });
  });
});
