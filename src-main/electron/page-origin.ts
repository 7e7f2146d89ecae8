/** Where our pages live, and how everything that must tell ours from foreign ones does so. */

/** The scheme that serves the built pages. */
export const PAGE_SCHEME = 'app';
/** The one host under that scheme. */
export const PAGE_HOST = 'ui';
/** The origin of the built pages. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;

/** The pages that have a window. */
export type PageName = 'glance' | 'dashboard' | 'settings';

/** The address of a page; `fragment` tells the page what to show first. */
export function pageUrl(page: PageName, fragment = ''): string {
  return `${PAGE_ORIGIN}/${page}/index.html${fragment === '' ? '' : `#${fragment}`}`;
}

/** Whether an address is one of ours; false for anything that cannot be parsed. */
export function isOwnUrl(value: string): boolean {
  // `URL.parse` would do both in one step, but Node 20 does not have it.
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  // `origin` is "null" for a scheme that the parser does not know, so the parts are compared.
  return (
    url.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** As much of a frame as is needed to know whose it is. */
export interface FrameLike {
  readonly url: string;
  readonly parent: FrameLike | null;
}

/** Whether a message came from the top frame of one of our pages. */
export function isOwnPage(frame: FrameLike | null): boolean {
  try {
    return frame !== null && frame.parent === null && isOwnUrl(frame.url);
  } catch {
    // Reading a frame that has gone away throws; nobody is left to answer then.
    return false;
  }
}
