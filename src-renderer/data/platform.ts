/** Whether the page runs on macOS: decides ⌘ or Ctrl, and room for the window's buttons. */
export const isMac = navigator.userAgent.includes('Mac');

/** Marks the root element so that style sheets can tell the platforms apart. */
export function markPlatform(): void {
  document.documentElement.dataset.platform = isMac ? 'mac' : 'other';
}

/** Whether the key that menus use (⌘, elsewhere Ctrl) is held, and no other modifier. */
export function hasCommandKey(event: KeyboardEvent): boolean {
  const isHeld = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return isHeld && !event.altKey && !event.shiftKey;
}

/** How a shortcut with the command key is written on this platform: ⌘D or Ctrl+D. */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`;
}
