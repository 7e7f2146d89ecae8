import { useEffect, useRef, useState } from 'react';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import { hasCommandKey, isMac } from '../data/platform.ts';
import { PAGE_KEYS } from './nav.ts';

/** What the window's keys do. */
export interface DashboardKeys {
  readonly open: (page: DashboardPage) => void;
  readonly refresh: () => void;
  /** Leaves a detail; false where there is none to leave. */
  readonly leave: () => boolean;
}

const PAGES = new Map(Object.entries(PAGE_KEYS).map(([page, key]) => [key, page as DashboardPage]));

/**
 * ⌘ and a digit change the page, ⌘R refreshes, ⌘F goes to the search field, Esc leaves a detail;
 * elsewhere Ctrl for ⌘. Says whether the key is held down, so that the digits can be shown.
 */
export function useDashboardKeys(keys: DashboardKeys): boolean {
  const latest = useRef(keys);
  latest.current = keys;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === (isMac ? 'Meta' : 'Control')) setHeld(true);
      // An open detail or field takes a key for itself and says so.
      if (event.defaultPrevented) return;
      if (obey(event, latest.current)) event.preventDefault();
    };
    const letGo = (): void => setHeld(false);
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', letGo);
    window.addEventListener('blur', letGo);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', letGo);
      window.removeEventListener('blur', letGo);
    };
  }, []);
  return isHeld;
}

function obey(event: KeyboardEvent, { open, refresh, leave }: DashboardKeys): boolean {
  if (event.key === 'Escape') return leave();
  if (!hasCommandKey(event)) return false;
  const page = PAGES.get(event.key);
  switch (event.key.toLowerCase()) {
    case 'r':
      refresh();
      return true;
    case 'f':
      return focusSearch();
    default:
      if (page === undefined) return false;
      open(page);
      return true;
  }
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}
