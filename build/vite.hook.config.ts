/** Bundles the hook into one file that needs nothing beside it. */
import { defineConfig } from 'vite';

export default defineConfig({
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src-hook/main.ts',
    target: 'node20',
    outDir: 'out/hook',
    emptyOutDir: true,
    minify: true,
    copyPublicDir: false,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'hook.cjs' } },
  },
});
