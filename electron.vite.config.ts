/**
 * Builds the three parts that run in Electron: main, preload and pages, all into out/.
 *
 * What npm packages main needs is built in, so that the app carries one native addon and no other
 * package. Targets are those of the oldest runtime the app is tested on (Node 20, Chromium 130).
 */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const ROOT = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      minify: false,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: join(ROOT, 'src-main', 'index.ts'),
          worker: join(ROOT, 'src-main', 'engine', 'worker.ts'),
        },
        // Its addon is found relative to the package's own folder.
        external: ['electron', 'better-sqlite3'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      minify: false,
      // A sandboxed preload can require `electron` and nothing from a folder.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: join(ROOT, 'src-main', 'preload', 'preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(ROOT, 'src-renderer'),
    plugins: [react()],
    build: {
      outDir: join(ROOT, 'out', 'renderer'),
      target: 'chrome130',
      minify: true,
      // A small font or image as a `data:` address would be refused by the policy of the pages.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: {
          glance: join(ROOT, 'src-renderer', 'glance', 'index.html'),
          dashboard: join(ROOT, 'src-renderer', 'dashboard', 'index.html'),
          settings: join(ROOT, 'src-renderer', 'settings', 'index.html'),
        },
      },
    },
  },
});
