/** What of the hook Node has to read for each start of the drainer. */
import { statSync } from 'node:fs';
import { builtFile } from '../demo/built.ts';
import { figure, type Section } from './section.ts';

/** The section. */
export const bundleSection: Section = {
  title: 'Hook bundle',
  run: async () => [
    figure('out/hook/hook.cjs', {
      unit: 'kB',
      samples: [statSync(builtFile('hook', 'hook.cjs')).size / 1000],
      goals: [{ of: 'p50', most: 60 }],
    }),
  ],
};
