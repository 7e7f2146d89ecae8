import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentTypeOf, resolveAppUrl } from './app-url.ts';

const root = '/opt/hookline/out/renderer';

describe('resolveAppUrl', () => {
  it.each([
    ['app://ui/glance/index.html', 'glance/index.html'],
    ['app://ui/assets/glance-4f2a.js', 'assets/glance-4f2a.js'],
    ['app://ui/dashboard/index.html#health', 'dashboard/index.html'],
    ['app://ui/dashboard/index.html?x=../../etc', 'dashboard/index.html'],
    ['app://ui/a%20b/c.css', 'a b/c.css'],
    // The address itself resolves these before we see them; they stay inside.
    ['app://ui/x/../glance/index.html', 'glance/index.html'],
    ['app://ui/../../etc/passwd', 'etc/passwd'],
    ['app://ui/%2e%2e/%2E%2E/etc/passwd', 'etc/passwd'],
  ])('maps %s into the root', (url, file) => {
    expect(resolveAppUrl(url, root)).toBe(join(root, file));
  });

  it.each([
    'app://ui/..%2f..%2fetc%2fpasswd',
    'app://ui/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://ui/glance/..%5c..%5cetc',
    'app://ui/glance\\..\\..\\etc',
    'app://ui/%252e%252e%252fetc',
    'app://ui//etc/passwd',
    'app://ui/glance//index.html',
    'app://ui/%2fetc/passwd',
    'app://ui/C:/windows',
    'app://ui/.env',
    'app://ui/assets/.hidden.js',
    'app://ui/glance/%00index.html',
    'app://ui/%',
    'app://ui/%ff%fe',
    'app://ui/',
    'app://ui',
    'app://other/glance/index.html',
    'app://ui.example.com/glance/index.html',
    'app://ui:8080/glance/index.html',
    'app://user@ui/glance/index.html',
    'app:/ui/glance/index.html',
    'app:ui/glance/index.html',
    'file:///opt/hookline/out/renderer/glance/index.html',
    'https://ui/glance/index.html',
    '',
    'glance/index.html',
  ])('refuses %s', (url) => {
    expect(resolveAppUrl(url, root)).toBeUndefined();
  });

  it('never leaves the root, whatever the path is made of', async () => {
    const piece = fc.constantFrom(
      ...['..', '.', '%2e', '%2E', '%2f', '%5c', '\\', '/', '//', '%00', '%25', 'a', 'etc', ':'],
    );
    await fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveAppUrl(`app://ui/${pieces.join('')}`, root);
        return file === undefined || file.startsWith(`${root}/`);
      }),
    );
  });
});

describe('contentTypeOf', () => {
  it('knows what the pages are made of and nothing else', () => {
    expect(contentTypeOf('index.html')).toBe('text/html; charset=utf-8');
    expect(contentTypeOf('a.JS')).toBe('text/javascript; charset=utf-8');
    expect(contentTypeOf('a.js.map')).toBeUndefined();
    expect(contentTypeOf('constructor')).toBeUndefined();
    expect(contentTypeOf('a.exe')).toBeUndefined();
  });
});
