import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { expect, it } from 'vitest';
import { FAKE_SESSION } from '../support/fake-sessions.ts';
import type { Open } from './pages.ts';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What everybody can expect of the pages in a real browser. */
export function accessibilitySuite(open: Open): void {
  const pages = [
    ['glance', 'normal', ''],
    ['glance', 'attention', ''],
    ['glance', 'not-installed', ''],
    ['dashboard', 'attention', 'overview'],
    ['dashboard', 'not-installed', 'overview'],
    ['dashboard', 'normal', 'events'],
    ['dashboard', 'attention', 'health'],
    ['dashboard', 'not-installed', 'install'],
    ['dashboard', 'normal', 'live'],
    ['dashboard', 'normal', 'errors'],
    ['dashboard', 'normal', 'tools'],
    ['dashboard', 'normal', 'sessions'],
    ['dashboard', 'normal', `sessions?session=${FAKE_SESSION}`],
    ['settings', 'normal', ''],
  ] as const;

  it.each(pages)(
    'axe finds nothing serious in %s, %s %s, light and dark',
    async (name, world, hash) => {
      const script = await readFile(AXE, 'utf8');
      for (const scheme of ['light', 'dark'] as const) {
        const page = await open({ name, world, hash, look: { scheme } });
        await page.locator('main button').first().waitFor();
        // Evaluated by the debugger, so the page's policy stays as strict as it is.
        await page.evaluate(script);
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
        });
        expect([scheme, found]).toEqual([scheme, []]);
      }
    },
  );
}
