/**
 * Where the glance stands: centred under the icon, inside the work area, on the icon's display.
 *
 * On Linux a tray icon has no known place (its bounds are all zero), so the pointer at the moment of
 * the click stands for it. A pointer that is nowhere near a panel, as after a click sent by the
 * keyboard, says nothing; the caller then falls back to a corner.
 */
import { GLANCE_GAP } from './look.ts';

/** A point on the desktop in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A rectangle on the desktop in CSS pixels. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}
/** A display: all of it, and what panels leave free. */
export interface DisplayAreas {
  readonly bounds: Area;
  readonly workArea: Area;
}
/** The edge of the display at which the icon's panel stands. */
export type Edge = 'top' | 'bottom' | 'left' | 'right';

/** A panel that hides itself leaves the whole display as work area; this far in it is still meant. */
const HIDDEN_PANEL_DEPTH = 48;

/** The middle of a rectangle. */
export function centreOf(area: Area): Point {
  return { x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/** The edge whose panel holds the point, or undefined when no panel is there. */
export function panelEdge(point: Point, { bounds, workArea }: DisplayAreas): Edge | undefined {
  if (point.y < workArea.y) return 'top';
  if (point.y >= workArea.y + workArea.height) return 'bottom';
  if (point.x < workArea.x) return 'left';
  if (point.x >= workArea.x + workArea.width) return 'right';
  if (point.y < bounds.y + HIDDEN_PANEL_DEPTH) return 'top';
  if (point.y >= bounds.y + bounds.height - HIDDEN_PANEL_DEPTH) return 'bottom';
  return undefined;
}

/** The height that a glance of `wanted` pixels gets on this display. */
export function fitHeight(wanted: number, { workArea }: DisplayAreas): number {
  return Math.min(Math.ceil(wanted), workArea.height - 2 * GLANCE_GAP);
}

const clamp = (value: number, from: number, to: number): number =>
  Math.max(from, Math.min(value, to));

/**
 * The upper left corner of a glance of this size for an icon at `icon`, or undefined when the point
 * is at no panel.
 */
export function placeGlance(
  icon: Point,
  display: DisplayAreas,
  size: { readonly width: number; readonly height: number },
): Point | undefined {
  const edge = panelEdge(icon, display);
  if (edge === undefined) return undefined;
  const { workArea } = display;
  const left = workArea.x + GLANCE_GAP;
  const top = workArea.y + GLANCE_GAP;
  const right = workArea.x + workArea.width - size.width - GLANCE_GAP;
  const bottom = workArea.y + workArea.height - size.height - GLANCE_GAP;
  const x = clamp(Math.round(icon.x - size.width / 2), left, Math.max(left, right));
  const y = clamp(Math.round(icon.y - size.height / 2), top, Math.max(top, bottom));
  switch (edge) {
    case 'top':
      return { x, y: top };
    case 'bottom':
      return { x, y: Math.max(top, bottom) };
    case 'left':
      return { x: left, y };
    case 'right':
      return { x: Math.max(left, right), y };
  }
}
