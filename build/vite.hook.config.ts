/** Bundles the hook into one file that needs nothing beside it. */
import { defineConfig, type Plugin } from 'vite';

/** SQL needs no indentation, and nobody reads it in the bundle. */
const flatSql: Plugin = {
  name: 'flat-sql',
  transform: (code, id) => (id.includes('/migrations/') ? code.replace(/\n\s+/g, '\n') : null),
};

export default defineConfig({
  logLevel: 'warn',
  plugins: [flatSql],
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
