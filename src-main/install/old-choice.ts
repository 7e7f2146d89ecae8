/** What is done with the old pipeline: its hooks and its agents are one set. */

import { assertNever } from '../../src-core/base/assert-never.ts';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { Launchctl } from '../launch/launchctl.ts';
import type { PlanHookInstallOptions } from './hook-settings.ts';
import { type InstallRecord, knownRetiredOf, type RetiredRecord } from './install-record.ts';
import {
  type ClaudeAgent,
  keepAgents,
  putBack,
  type SetAsideAgent,
  setAside,
} from './old-agents.ts';
import { putOldHooksBack, takeOldHooks } from './old-hooks.ts';
import { keepOriginal } from './original-settings.ts';
import { type InstallSettingsPlan, type Original, sha256 } from './settings-plan.ts';

/** Left as it is, taken out of service, or put back into it. */
export type OldChoice = 'leave' | 'retire' | 'hand-back';

type Planned = Extract<InstallSettingsPlan, { kind: 'plan' }>;

/** The change that the choice makes to settings.json beneath our own entries. */
export function beneathOf(
  choice: OldChoice,
  record: InstallRecord | null,
): PlanHookInstallOptions['beneath'] {
  switch (choice) {
    case 'leave':
      return undefined;
    case 'retire':
      return takeOldHooks;
    case 'hand-back': {
      const known = knownRetiredOf(record);
      return known === null ? undefined : (bytes) => putOldHooksBack(bytes, known);
    }
    default:
      return assertNever(choice);
  }
}

/** What the record says of the old pipeline once a plan is carried out. */
export interface RetireSteps {
  readonly choice: OldChoice;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly record: InstallRecord | null;
  /** The agents whose files have been copied. */
  readonly agents: readonly SetAsideAgent[];
}

/** Copies the files of the agents that are to be set aside. @throws what the disk says */
export function copyAgents(
  choice: OldChoice,
  paths: Paths,
  agents: readonly ClaudeAgent[],
): readonly SetAsideAgent[] {
  if (choice !== 'retire') return [];
  return keepAgents(
    agents.filter(({ isOld }) => isOld),
    paths.backups,
  );
}

/** The member `retired` as it is before the agents are moved. @throws what the disk says */
export function nextRetired(
  { choice, paths, clock, record, agents }: RetireSteps,
  plan: Planned | null,
  backup: string | null,
): RetiredRecord | null {
  const known = record?.retired ?? null;
  if (choice === 'leave') return known;
  if (choice === 'hand-back') return known && { ...known, hooks: [], original: null };
  const taken = plan?.beneath ? takenBy(plan.beneath) : [];
  if (taken.length === 0 && agents.length === 0) return known;
  const base = known ?? { at: clock.now(), afterSha256: '', original: null, hooks: [], agents: [] };
  const all = { ...base, agents: [...base.agents, ...agents] };
  if (!plan?.beneath || taken.length === 0) return all;
  return {
    ...all,
    hooks: [...base.hooks, ...taken],
    afterSha256: sumOf(plan.written.original),
    // A second time there is no one file any more that holds all that was taken.
    original:
      base.hooks.length > 0
        ? null
        : keepOriginal(paths, clock, {
            original: plan.beneath,
            before: plan.before,
            backup,
            record,
          }),
  };
}

/** Moves the agents; returns in words what did not work. */
export function moveAgents(
  { choice, record, agents }: RetireSteps,
  launchctl: Launchctl | null,
): Promise<readonly string[]> {
  if (launchctl === null) return Promise.resolve([]);
  if (choice === 'retire') return setAside(agents, launchctl);
  const known = record?.retired?.agents ?? [];
  return choice === 'hand-back' ? putBack(known, launchctl) : Promise.resolve([]);
}

function takenBy(beneath: Original): RetiredRecord['hooks'] {
  const taken = takeOldHooks(beneath.kind === 'bytes' ? beneath.bytes : null);
  return taken?.kind === 'changed' ? [...taken.hooks] : [];
}

function sumOf(original: Original): string {
  return original.kind === 'bytes' ? sha256(original.bytes) : '';
}
