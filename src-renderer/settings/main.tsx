import '../styles/tokens.css';
import '../styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { markPlatform } from '../data/platform.ts';
import { createQueryClient, followMain } from '../data/queries.ts';
import { SettingsApp } from './settings-app.tsx';

markPlatform();
const client = createQueryClient();
followMain(client);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <SettingsApp />
    </QueryClientProvider>
  </StrictMode>,
);
