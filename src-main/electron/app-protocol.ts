/** Serves the built pages under `app://ui/`, so that no page ever has a `file:` origin. */
import { readFile } from 'node:fs/promises';
import { contentTypeOf, resolveAppUrl } from './app-url.ts';
import { PAGE_SCHEME } from './page-origin.ts';
import { texts } from './texts.ts';

/** What a page may do: run and show what came with the app, reach nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

/** As much of Electron's `protocol` as must be called before the app is ready. */
export interface SchemeRegistry {
  registerSchemesAsPrivileged(
    schemes: { scheme: string; privileges: { standard: boolean; secure: boolean } }[],
  ): void;
}

/** Makes `app:` a standard, secure scheme; must run before the app is ready, and only once. */
export function registerAppScheme(protocol: SchemeRegistry): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** As much of a session's `protocol` as serving needs. */
export interface ProtocolLike {
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
}

/** Serves the files below `root`, each with the content security policy; all else is a 404. */
export function serveAppPages(protocol: ProtocolLike, root: string): void {
  protocol.handle(PAGE_SCHEME, (request) => answerPageRequest(request, root));
}

/** The answer to one request; never rejects. */
export async function answerPageRequest(
  request: { readonly method: string; readonly url: string },
  root: string,
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  const file = resolveAppUrl(request.url, root);
  const type = file === undefined ? undefined : contentTypeOf(file);
  if (file === undefined || type === undefined) return refusal(404);
  try {
    const body = await readFile(file);
    return new Response(new Uint8Array(body), { headers: { ...HEADERS, 'Content-Type': type } });
  } catch {
    // The page asks for what is not there or is a folder; it gets to know just that.
    return refusal(404);
  }
}

/** Has words, because a window whose page is gone would else be blank. */
function refusal(status: number): Response {
  const headers = { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response(texts.pageMissing, { status, headers });
}
