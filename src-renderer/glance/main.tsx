import '../styles/tokens.css';
import '../styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { markPlatform } from '../data/platform.ts';
import { createQueryClient, followMain, preloadGlance } from '../data/queries.ts';
import { GlanceApp } from './glance-app.tsx';

/** The first paint waits this long for figures, so that it is never a spinner. */
const FIRST_FIGURES_MS = 400;

async function start(): Promise<void> {
  markPlatform();
  const client = createQueryClient();
  followMain(client);
  await Promise.race([
    preloadGlance(client),
    new Promise((resolve) => setTimeout(resolve, FIRST_FIGURES_MS)),
  ]);
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <GlanceApp />
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();
