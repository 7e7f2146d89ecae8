/**
 * Sizes, times and colours of the native side of the windows. The colours repeat those of the page's
 * tokens, because a window is painted before its page and must not flash in another colour.
 */

/** Width of the glance in CSS pixels; its height follows its content. */
export const GLANCE_WIDTH = 350;
/** Height of the glance until its page has said how tall it is. */
export const GLANCE_FIRST_HEIGHT = 420;
/** Space between the panel and the glance, and between the glance and the screen's edges. */
export const GLANCE_GAP = 6;
/** How long a closed glance stays in memory so that it opens at once the next time. */
export const GLANCE_KEPT_MS = 5 * 60_000;
/** A click this soon after the glance lost the focus is the click that took the focus away. */
export const CLICK_AFTER_BLUR_MS = 400;

/** Sizes of the dashboard in CSS pixels. */
export const DASHBOARD = { width: 1180, height: 760, minWidth: 900, minHeight: 620 } as const;

/** Sizes of the settings in CSS pixels. */
export const SETTINGS = { width: 600, height: 720, minWidth: 520, minHeight: 420 } as const;

const WINDOW = { light: '#f5f6f7', dark: '#1a1d1f' } as const;
const POPOVER_SOLID = { light: '#f6f7f8', dark: '#25292c' } as const;
/** macOS draws its own material behind the glance, so the window itself has no colour there. */
const CLEAR = '#00000000';

/** The colour of the dashboard before its page is drawn. */
export function dashboardColour(isDark: boolean): string {
  return isDark ? WINDOW.dark : WINDOW.light;
}

/** The colour of the glance before its page is drawn. */
export function glanceColour(platform: NodeJS.Platform, isDark: boolean): string {
  if (platform === 'darwin') return CLEAR;
  return isDark ? POPOVER_SOLID.dark : POPOVER_SOLID.light;
}
