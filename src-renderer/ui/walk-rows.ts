/** Where an arrow key leads from the focused row; null when the key does not walk. */
export function nextRow(key: string, current: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return current === -1 ? 0 : Math.min(count - 1, current + 1);
    case 'ArrowUp':
      return current === -1 ? count - 1 : Math.max(0, current - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Moves focus through the `data-row` elements under `root`; says whether the key was used. */
export function walkRows(event: KeyboardEvent, root: ParentNode): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return false;
  const rows = [...root.querySelectorAll<HTMLElement>('[data-row]:not(:disabled)')];
  const current = rows.indexOf(document.activeElement as HTMLElement);
  const next = nextRow(event.key, current, rows.length);
  if (next === null) return false;
  rows[next]?.focus({ focusVisible: true } as FocusOptions);
  return true;
}
