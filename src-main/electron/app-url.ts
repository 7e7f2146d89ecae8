/** Turns an address under `app://ui/` into a file of the built pages, or into nothing. */
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { isOwnUrl } from './page-origin.ts';

/** Only files of these kinds are served; a source map or a stray file is not. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The content type of a file that may be served, by its name; undefined for all others. */
export function contentTypeOf(file: string): string | undefined {
  return CONTENT_TYPES[extname(file).toLowerCase()];
}

/**
 * The absolute path of the file that `url` names below `root`, or undefined when the address is not
 * ours, is malformed, or leads out of `root`. Touches no disk.
 */
export function resolveAppUrl(url: string, root: string): string | undefined {
  if (!isOwnUrl(url)) return undefined;
  const path = decoded(new URL(url).pathname);
  if (path === undefined) return undefined;
  const segments = path.split('/').slice(1);
  if (segments.some(isUnsafeSegment)) return undefined;
  const file = resolve(join(root, ...segments));
  // The segments are safe already; this holds even if one day they are not.
  const inside = relative(root, file);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined;
  return file;
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A malformed escape names no file.
    return undefined;
  }
}

/** A hidden, empty or climbing segment, or one that some file system would take apart again. */
function isUnsafeSegment(segment: string): boolean {
  return (
    segment === '' ||
    segment.startsWith('.') ||
    segment.includes('\\') ||
    segment.includes('\0') ||
    segment.includes('%') ||
    segment.includes(':')
  );
}
