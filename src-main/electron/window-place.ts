/** Where the dashboard stood when it was closed, kept in a small file of ours. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Area } from './glance-place.ts';
import { DASHBOARD } from './look.ts';

const whole = v.pipe(v.number(), v.integer());
const WindowPlace = v.object({
  x: whole,
  y: whole,
  width: v.pipe(whole, v.minValue(1)),
  height: v.pipe(whole, v.minValue(1)),
  isMaximized: v.boolean(),
});
/** The window's normal bounds in CSS pixels, and whether it filled the screen. */
export type WindowPlace = v.InferOutput<typeof WindowPlace>;

/** Reads the place; undefined when there is none or the file cannot be understood. */
export function readWindowPlace(file: string): WindowPlace | undefined {
  try {
    const parsed = v.safeParse(WindowPlace, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // No file yet, or a damaged one: the default place is as good, and the next close writes anew.
    return undefined;
  }
}

/**
 * Writes the place so that a reader never sees half of it.
 * @throws when the file cannot be written
 */
export function writeWindowPlace(file: string, place: WindowPlace): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(place)}\n`, { mode: 0o600 });
}

/** At least this much of the window must be on a display, or its title bar cannot be grabbed. */
const VISIBLE = { width: 160, height: 80 } as const;

/**
 * The bounds to open with: the remembered ones where enough of them is still on a display, never
 * smaller than the minimum nor larger than that display. Undefined when the system shall choose.
 */
export function boundsOnDisplays(
  place: Area | undefined,
  workAreas: readonly Area[],
): Area | undefined {
  if (place === undefined) return undefined;
  const workArea = workAreas.find((area) => isGrabbable(place, area));
  if (workArea === undefined) return undefined;
  return {
    x: place.x,
    y: Math.max(place.y, workArea.y),
    width: Math.max(DASHBOARD.minWidth, Math.min(place.width, workArea.width)),
    height: Math.max(DASHBOARD.minHeight, Math.min(place.height, workArea.height)),
  };
}

function isGrabbable(place: Area, area: Area): boolean {
  const width = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const isTitleBarThere =
    place.y >= area.y - VISIBLE.height && place.y <= area.y + area.height - VISIBLE.height;
  return width >= VISIBLE.width && isTitleBarThere;
}
