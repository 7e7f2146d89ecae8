/** The engine's answers to the pages' calls. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { EventRow } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { sendTestEvent, TEST_EVENT } from '../capture/test-event.ts';
import type { InstallResult } from '../install/install.ts';
import type { Installer } from '../install/installer.ts';
import type { Repairer } from '../repair/repairer.ts';
import { changeSetting, settingsView } from '../settings/settings-view.ts';
import { readEventPage } from '../views/event-list.ts';
import { filterChoices, spanOfFilter } from '../views/filter.ts';
import { readHookState } from '../views/hook-state.ts';
import { liveView } from '../views/live.ts';
import { ranksView } from '../views/ranks.ts';
import { readRows } from '../views/rows.ts';
import { sessionsView } from '../views/session-list.ts';
import { sessionView } from '../views/session-timeline.ts';
import { researchView, usageView } from '../views/usage.ts';
import type { Engine } from './engine.ts';
import type { EngineCalls } from './messages.ts';
import { createRepairCalls } from './repair-calls.ts';
import type { Service } from './service.ts';

/** What the answers are given by. */
export interface CallsOptions {
  readonly engine: Engine;
  readonly service: Service;
  readonly installer: Installer;
  readonly repairer: Repairer;
  readonly paths: Paths;
  readonly clock: Clock;
}

/** Builds the answers. */
export function createCalls(options: CallsOptions): EngineCalls {
  const { engine, service, installer, repairer, paths, clock } = options;
  const setPaused = async (isPaused: boolean): Promise<{ isPaused: boolean }> => {
    engine.setPaused(isPaused);
    service.announce();
    return { isPaused };
  };
  const isInstalled = (): boolean => readHookState(paths).hasLauncher;
  const reinstall = async (): Promise<string | null> => {
    if (!isInstalled()) return null;
    const answer = installAnswer(await installer.install());
    return answer.installed ? null : answer.message;
  };
  // What only comes about at the next login is done as far as it can be.
  const followLogin = async (): Promise<string | null> => {
    const outcome = await installer.followLogin();
    return outcome.kind === 'failed' || outcome.kind === 'disabled' ? outcome.reason : null;
  };
  return {
    'glance.read': async () => engine.readGlance(),
    'overview.read': async ({ days }) => engine.readOverview(days),
    'live.read': async ({ filter, limit }) =>
      engine.view((input) => liveView(input, filter, limit)),
    'filter.choices': async ({ filter }) =>
      engine.view((input) => filterChoices(input.db, spanOfFilter(filter, input))),
    'ranks.read': async (question) => engine.view((input) => ranksView(input, question)),
    'sessions.read': async ({ filter, limit }) =>
      engine.view((input) => sessionsView(input, filter, limit)),
    'session.read': async ({ sessionId }) => engine.view((input) => sessionView(input, sessionId)),
    'events.read': async (page) =>
      engine.view(({ db, zone, now }) => ({
        now,
        events: db === null ? [] : readEventPage({ db, zone, now }, page),
      })),
    'usage.read': async ({ filter }) => engine.view((input) => usageView(input, filter)),
    'research.read': async ({ filter }) => engine.view((input) => researchView(input, filter)),
    'health.read': async () => engine.readHealth(),
    'refresh.run': async () => {
      const report = await service.refresh();
      if (report === null)
        throw new Error('The hook is not installed, so there is nothing to refresh.');
      return report;
    },
    ...createRepairCalls(repairer, () => service.announce()),
    'capture.pause': () => setPaused(true),
    'capture.resume': () => setPaused(false),
    'install.plan': async () => installer.shownPlan(),
    'install.apply': async () => {
      const result = await installer.install();
      service.wake();
      return installAnswer(result);
    },
    'install.test': () =>
      sendTestEvent(paths, (mark) => engine.view(({ db }) => findTestEvent(db, mark))),
    'settings.read': async () =>
      settingsView(paths, { now: clock.now(), isInstalled: isInstalled() }),
    'settings.change': async ({ name, value }) => {
      const change = await changeSetting(paths, { name, value }, { reinstall, followLogin });
      if (change.isApplied && name === 'launchAtLogin') await installer.followLogin();
      service.announce();
      return change;
    },
  };
}

function findTestEvent(db: Parameters<typeof readRows>[0] | null, mark: string): EventRow | null {
  if (db === null) return null;
  const [row] = readRows(db, {
    where: 'hook_event = ? AND prompt_id = ?',
    values: [TEST_EVENT, mark],
    limit: 1,
  });
  return row ?? null;
}

function installAnswer(result: InstallResult): { installed: boolean; message: string } {
  switch (result.kind) {
    case 'installed':
      return {
        installed: true,
        message: 'Installed. Claude Code uses the hook from its next session on.',
      };
    case 'already-installed':
      return { installed: true, message: 'Everything is in place already.' };
    case 'not-writable':
      return { installed: false, message: `${result.reason}\n\n${result.snippet}` };
    default:
      return { installed: false, message: result.reason };
  }
}
