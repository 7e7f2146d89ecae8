import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { GlanceView } from '../../src-core/contract/views.ts';
import type { Format } from '../data/format.ts';
import type { NavItem } from './sidebar.tsx';
import { text } from './text.ts';

/** The digit that, with ⌘ or Ctrl, leads to each page; it stays the same when pages are added. */
export const PAGE_KEYS: Readonly<Partial<Record<DashboardPage, string>>> = {
  live: '1',
  overview: '2',
  tools: '3',
  errors: '4',
  commands: '7',
  sessions: '8',
  health: '0',
};

const ICONS = {
  live: 'live',
  overview: 'overview',
  tools: 'tools',
  errors: 'errors',
  commands: 'commands',
  sessions: 'sessions',
  events: 'events',
  health: 'health',
  install: 'install',
} as const satisfies Record<DashboardPage, NavItem['icon']>;

/**
 * The ways to the pages. Install is there only while there is something to install, the list of
 * events while it is open: it stands behind the numbers of the other pages.
 */
export function navGroups(
  glance: GlanceView | undefined,
  page: DashboardPage,
  format: Format,
): readonly { readonly title: string | null; readonly items: readonly NavItem[] }[] {
  const waiting = glance?.liveSessions.filter((session) => session.state === 'waiting').length ?? 0;
  const findings = glance?.health.findings ?? [];
  const isUrgent = findings.some((finding) => finding.severity === 'attention');
  const needsInstall =
    glance?.health.state === 'not-installed' ||
    findings.some((finding) => finding.action === 'install');
  const item = (of: DashboardPage, badge: NavItem['badge'] = null): NavItem => ({
    page: of,
    icon: ICONS[of],
    label: text.pages[of],
    key: PAGE_KEYS[of] ?? null,
    badge,
  });
  const waits = {
    shape: 'waiting',
    count: format.count(waiting),
    label: text.waiting(format.count(waiting)),
  } as const;
  const found = {
    shape: isUrgent ? 'failed' : 'note',
    count: format.count(findings.length),
    label: text.findings(format.count(findings.length)),
  } as const;
  return [
    { title: null, items: [item('live', waiting > 0 ? waits : null), item('overview')] },
    {
      title: text.work,
      items: [
        item('tools'),
        item('errors'),
        item('commands'),
        item('sessions'),
        ...(page === 'events' ? [item('events')] : []),
      ],
    },
    {
      title: text.record,
      items: [
        item('health', findings.length > 0 ? found : null),
        ...(needsInstall || page === 'install' ? [item('install')] : []),
      ],
    },
  ];
}
