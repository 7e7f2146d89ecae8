import { useEffect, useRef } from 'react';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import { hasCommandKey } from '../data/platform.ts';

/** What the window's keys do. */
export interface DashboardKeys {
  readonly page: DashboardPage;
  readonly open: (page: DashboardPage) => void;
  readonly refresh: () => void;
}

const PAGES: Readonly<Record<string, DashboardPage>> = {
  '1': 'overview',
  '2': 'events',
  '3': 'health',
};

/** ⌘1 to ⌘3 change the page, ⌘R refreshes, Esc leaves the install page; elsewhere Ctrl for ⌘. */
export function useDashboardKeys(keys: DashboardKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const wish = wishOf(event, latest.current);
      if (wish === null) return;
      event.preventDefault();
      wish();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function wishOf(event: KeyboardEvent, { page, open, refresh }: DashboardKeys): (() => void) | null {
  // An open detail takes Esc for itself and says so.
  if (event.defaultPrevented) return null;
  if (event.key === 'Escape') return page === 'install' ? () => open('overview') : null;
  if (!hasCommandKey(event)) return null;
  if (event.key.toLowerCase() === 'r') return refresh;
  const target = PAGES[event.key];
  return target === undefined ? null : () => open(target);
}
