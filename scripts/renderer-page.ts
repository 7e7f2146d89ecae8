/**
 * Looks at the pages without the app: serves them in a browser on a made-up main process, or takes a
 * picture of every page in every state under the app's own policy.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { shootPages } from './renderer-page/shoot.ts';

const ROOT = join(import.meta.dirname, '..');
const HELP = `Usage: npm run dev:page [-- --port <port>]
       npm run dev:page -- --shoot <folder>

Serves /glance/index.html and /dashboard/index.html on 127.0.0.1 with a made-up main process.
?world=<state> picks a state (normal, stale, attention, not-installed, …; see test/support/fake-worlds.ts),
?running lets its clock run.

  --shoot <folder>  build the pages, draw every state in Chromium, write PNGs, fail on any complaint
  --only <text>     take the pictures whose name has this in it
  --port <port>     the port to serve on (default 5188)
  --help            this text`;

const { values } = parseArgs({
  options: {
    shoot: { type: 'string' },
    only: { type: 'string', default: '' },
    port: { type: 'string', default: '5188' },
    help: { type: 'boolean', default: false },
  },
});

async function serve(port: number): Promise<void> {
  const server = await createServer({
    configFile: false,
    root: join(ROOT, 'src-renderer'),
    plugins: [
      react(),
      {
        name: 'fake-preload',
        transformIndexHtml: () => [
          {
            tag: 'script',
            attrs: { type: 'module', src: `/@fs${join(ROOT, 'test', 'renderer', 'fake-page.ts')}` },
            injectTo: 'head-prepend',
          },
        ],
      },
    ],
    server: { host: '127.0.0.1', port, fs: { allow: [ROOT] } },
  });
  await server.listen();
  console.log(`http://127.0.0.1:${port}/dashboard/index.html?running`);
  console.log(`http://127.0.0.1:${port}/glance/index.html?running`);
}

if (values.help) console.log(HELP);
else if (values.shoot !== undefined) await shootPages(values.shoot, values.only);
else await serve(Number(values.port));
