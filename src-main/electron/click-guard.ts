/**
 * Decides whether a click on the tray icon opens or closes the glance.
 *
 * The click that is meant to close takes the focus away first, so the glance is already hidden when
 * the click arrives, and a plain toggle would open it again. macOS tells when the button goes down,
 * before that; elsewhere the time since the focus was lost tells.
 */
import { CLICK_AFTER_BLUR_MS } from './look.ts';

/** The memory of one tray icon. */
export interface ClickGuard {
  /** The button went down on the icon (macOS only). */
  pressed(isOpen: boolean): void;
  /** The glance was closed because it lost the focus. */
  closedByBlur(at: number): void;
  /** Whether a click at `at` (epoch milliseconds) opens; each click is answered once. */
  clicked(isOpen: boolean, at: number): 'open' | 'close' | 'stay-closed';
}

/** Creates the guard of one tray icon. */
export function createClickGuard(): ClickGuard {
  let wasOpenAtPress = false;
  let blurredAt = Number.NEGATIVE_INFINITY;
  return {
    pressed(isOpen) {
      wasOpenAtPress = isOpen;
    },
    closedByBlur(at) {
      blurredAt = at;
    },
    clicked(isOpen, at) {
      const sinceBlur = at - blurredAt;
      const isClosingClick = wasOpenAtPress || (sinceBlur >= 0 && sinceBlur < CLICK_AFTER_BLUR_MS);
      wasOpenAtPress = false;
      blurredAt = Number.NEGATIVE_INFINITY;
      if (isOpen) return 'close';
      return isClosingClick ? 'stay-closed' : 'open';
    },
  };
}
