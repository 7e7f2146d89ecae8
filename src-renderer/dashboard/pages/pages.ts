/** The pages, each loaded when it is first opened. */
import { type ComponentType, lazy } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { PageProps } from '../page-props.ts';

const ranks = () => import('./ranks-page.tsx');

/** The component of each page. */
export const PAGES: Readonly<Record<DashboardPage, ComponentType<PageProps>>> = {
  live: lazy(async () => ({ default: (await import('./live-page.tsx')).LivePage })),
  overview: lazy(async () => ({ default: (await import('./overview-page.tsx')).OverviewPage })),
  tools: lazy(async () => ({ default: (await ranks()).ToolsPage })),
  errors: lazy(async () => ({ default: (await ranks()).ErrorsPage })),
  commands: lazy(async () => ({ default: (await ranks()).CommandsPage })),
  sessions: lazy(async () => ({ default: (await import('./sessions-page.tsx')).SessionsPage })),
  events: lazy(async () => ({ default: (await import('./events-page.tsx')).EventsPage })),
  health: lazy(async () => ({ default: (await import('./health-page.tsx')).HealthPage })),
  install: lazy(async () => ({ default: (await import('./install-page.tsx')).InstallPage })),
};
