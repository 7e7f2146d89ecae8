/** The engine's answers to the pages' calls. */
import type { Argument, Result } from '../../src-core/contract/ipc.ts';
import type { Installer } from '../install/installer.ts';
import type { Engine } from './engine.ts';
import type { EngineCall } from './messages.ts';
import type { Service } from './service.ts';

/** One function for each call that the engine answers. */
export type EngineCalls = {
  readonly [N in EngineCall]: (argument: Argument<N>) => Promise<Result<N>>;
};

/** Builds the answers. */
export function createCalls(engine: Engine, service: Service, installer: Installer): EngineCalls {
  return {
    'glance.read': async () => engine.readGlance(),
    'overview.read': async ({ days }) => engine.readOverview(days),
    'events.read': async ({ limit, beforeAt }) => engine.readEvents(limit, beforeAt),
    'health.read': async () => engine.readHealth(),
    'refresh.run': async () => {
      const report = await service.refresh();
      if (report === null)
        throw new Error('The hook is not installed, so there is nothing to refresh.');
      return report;
    },
    'capture.pause': async () => {
      engine.setPaused(true);
      service.announce();
      return { isPaused: true };
    },
    'capture.resume': async () => {
      engine.setPaused(false);
      service.announce();
      return { isPaused: false };
    },
    'install.plan': async () => installer.shownPlan(),
    'install.apply': async () => {
      const result = await installer.install();
      service.wake();
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
    },
  };
}
