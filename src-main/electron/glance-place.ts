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

/** Where the glance hangs: at which edge, and along it at which point. */
export interface Anchor extends Point {
  readonly edge: Edge;
}

/** The panel that holds the point, or undefined when no panel is there. */
export function anchorAt(point: Point, { bounds, workArea }: DisplayAreas): Anchor | undefined {
  const at = (edge: Edge): Anchor => ({ x: point.x, y: point.y, edge });
  if (point.y < workArea.y) return at('top');
  if (point.y >= workArea.y + workArea.height) return at('bottom');
  if (point.x < workArea.x) return at('left');
  if (point.x >= workArea.x + workArea.width) return at('right');
  if (point.y < bounds.y + HIDDEN_PANEL_DEPTH) return at('top');
  if (point.y >= bounds.y + bounds.height - HIDDEN_PANEL_DEPTH) return at('bottom');
  return undefined;
}

/** Where tray icons usually are: the right end of the panel at the bottom, else of the top. */
export function usualAnchor({ bounds, workArea }: DisplayAreas): Anchor {
  const x = workArea.x + workArea.width;
  const isBottom =
    workArea.y === bounds.y && workArea.y + workArea.height < bounds.y + bounds.height;
  return isBottom
    ? { x, y: bounds.y + bounds.height, edge: 'bottom' }
    : { x, y: bounds.y, edge: 'top' };
}

/** The height that a glance of `wanted` pixels gets on this display. */
export function fitHeight(wanted: number, { workArea }: DisplayAreas): number {
  return Math.min(Math.ceil(wanted), workArea.height - 2 * GLANCE_GAP);
}

const clamp = (value: number, from: number, to: number): number =>
  Math.max(from, Math.min(value, to));

/** The upper left corner of a glance of this size, inside the work area as far as it fits. */
export function placeGlance(
  anchor: Anchor,
  { workArea }: DisplayAreas,
  size: { readonly width: number; readonly height: number },
): Point {
  const left = workArea.x + GLANCE_GAP;
  const top = workArea.y + GLANCE_GAP;
  const right = Math.max(left, workArea.x + workArea.width - size.width - GLANCE_GAP);
  const bottom = Math.max(top, workArea.y + workArea.height - size.height - GLANCE_GAP);
  const x = clamp(Math.round(anchor.x - size.width / 2), left, right);
  const y = clamp(Math.round(anchor.y - size.height / 2), top, bottom);
  switch (anchor.edge) {
    case 'top':
      return { x, y: top };
    case 'bottom':
      return { x, y: bottom };
    case 'left':
      return { x: left, y };
    case 'right':
      return { x: right, y };
  }
}
