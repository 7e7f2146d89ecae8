/** Bundles the hook into one file that needs nothing beside it. */
import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';

/** SQL needs no indentation, and nobody reads it in the bundle. */
const flatSql: Plugin = {
  name: 'flat-sql',
  transform: (code, id) => (id.includes('/migrations/') ? code.replace(/\n\s+/g, '\n') : null),
};

/** Two minifiers find more than one: each drainer compiles all of this anew. */
const minifyAgain: Plugin = {
  name: 'minify-again',
  generateBundle: async (_, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const compress = { passes: 3, keep_fargs: false, unsafe_arrows: true, pure_getters: true };
      const { code } = await minify(chunk.code, { toplevel: true, ecma: 2020, compress });
      chunk.code = code ?? chunk.code;
    }
  },
};

export default defineConfig({
  logLevel: 'warn',
  plugins: [flatSql, minifyAgain],
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
