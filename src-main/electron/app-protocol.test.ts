import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPageRequest, registerAppScheme, serveAppPages } from './app-protocol.ts';

let folder = '';
let root = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookline-pages-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'glance'), { recursive: true });
  writeFileSync(join(root, 'glance', 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'glance', 'main.js.map'), '{}');
  writeFileSync(join(folder, 'secret.html'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answerPageRequest({ method, url }, root);

describe('answerPageRequest', () => {
  it('serves a page with its type and the full policy', async () => {
    const answer = await get('app://ui/glance/index.html');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<!doctype html>');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'",
    );
  });

  it.each([
    'app://ui/glance/missing.html',
    'app://ui/glance',
    'app://ui/glance/main.js.map',
    'app://ui/..%2fsecret.html',
    'app://ui/%2e%2e%2fsecret.html',
    'app://other/glance/index.html',
  ])('answers %s with a 404 that says so and still carries the policy', async (url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('missing');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes no method but GET', async () => {
    expect((await get('app://ui/glance/index.html', 'POST')).status).toBe(405);
  });
});

describe('the scheme', () => {
  it('is registered as standard and secure without further privileges', () => {
    const seen: unknown[] = [];
    registerAppScheme({ registerSchemesAsPrivileged: (schemes) => seen.push(schemes) });
    expect(seen).toEqual([[{ scheme: 'app', privileges: { standard: true, secure: true } }]]);
  });

  it('is served by the session it is given', async () => {
    const served = new Map<string, (request: Request) => Promise<Response>>();
    serveAppPages({ handle: (scheme, handler) => served.set(scheme, handler) }, root);
    const answer = await served.get('app')?.(new Request('app://ui/glance/index.html'));
    expect(answer?.status).toBe(200);
  });
});
