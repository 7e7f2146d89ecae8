import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..');

/** The pages, as they stand in the address. */
export const PAGE_NAMES = ['glance', 'dashboard', 'settings'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** Builds the pages into a folder as the app ships them, and the fake preload beside them as `fake.js`. */
export async function buildPages(folder: string): Promise<{ readonly fakePreload: string }> {
  // A test runner says "test" here, and React would be built in with its development checks.
  process.env.NODE_ENV = 'production';
  await build({
    configFile: false,
    root: join(ROOT, 'src-renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(folder, 'pages'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 800,
      rollupOptions: {
        input: PAGE_NAMES.map((name) => join(ROOT, 'src-renderer', name, 'index.html')),
      },
    },
  });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      outDir: join(folder, 'fake'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: false,
      lib: {
        entry: join(ROOT, 'test', 'renderer', 'fake-page.ts'),
        formats: ['iife'],
        name: 'fakePage',
        fileName: () => 'fake.js',
      },
    },
  });
  return { fakePreload: join(folder, 'fake', 'fake.js') };
}
