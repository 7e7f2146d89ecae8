import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { GlanceView } from '../../src-core/contract/views.ts';
import type { Format } from '../data/format.ts';
import type { NavItem } from './sidebar.tsx';
import { text } from './text.ts';

/** The ways to the pages; Install only while there is something to install, or while it is open. */
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
  const waitingBadge = {
    shape: 'waiting',
    count: format.count(waiting),
    label: text.waiting(format.count(waiting)),
  } as const;
  const findingBadge = {
    shape: isUrgent ? 'failed' : 'note',
    count: format.count(findings.length),
    label: text.findings(format.count(findings.length)),
  } as const;
  const work: NavItem[] = [
    { page: 'overview', icon: 'overview', label: text.overview, key: '1', badge: null },
    {
      page: 'events',
      icon: 'events',
      label: text.events,
      key: '2',
      badge: waiting > 0 ? waitingBadge : null,
    },
  ];
  const record: NavItem[] = [
    {
      page: 'health',
      icon: 'health',
      label: text.health,
      key: '3',
      badge: findings.length > 0 ? findingBadge : null,
    },
  ];
  if (needsInstall || page === 'install') {
    record.push({ page: 'install', icon: 'install', label: text.install, key: null, badge: null });
  }
  return [
    { title: null, items: work },
    { title: text.record, items: record },
  ];
}
