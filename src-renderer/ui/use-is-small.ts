import { useSyncExternalStore } from 'react';

/** The width below which the pages of the dashboard fold; the style sheets have the same. */
const SMALL = '(width < 1000px)';

/** Whether the window is a small one; the component is rendered again when that changes. */
export function useIsSmall(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(SMALL);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(SMALL).matches,
  );
}
