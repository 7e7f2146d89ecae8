/** What is wrong with the record or its capture, each with the step that helps. Pure. */
import type { Finding } from '../../src-core/contract/views.ts';
import type { Gap } from '../../src-core/spool/gap.ts';
import { BUDGET_MS_PER_HOUR, LEAST_STAY_MS } from '../../src-core/store/budget.ts';
import type { SumsState } from '../stats/sums-state.ts';
import type { PurgeDue } from '../usage/purge-watch.ts';
import type { HookState } from './hook-state.ts';
import type { Silence } from './silence.ts';

/** An entry that waits longer than this has no drainer. */
const SPOOL_MS = 60_000;

/** What findings are made from. */
export interface Situation {
  readonly now: number;
  readonly hook: HookState;
  /** A session that goes on and of which no event comes; null where there is none. */
  readonly silence: Silence | null;
  readonly drift: number | null;
  readonly unreachable: readonly { readonly store: string; readonly reason: string }[];
  readonly unreachableSinceAt: number | null;
  readonly spool: { readonly waiting: number; readonly oldestAt: number | null };
  /** What the launcher did not keep lately, each with its time in words. */
  readonly gaps: readonly (Gap & { readonly span: string })[];
  readonly quarantine: number;
  readonly hookErrorsToday: number;
  readonly isOverBudget: boolean;
  readonly settingsProblems: readonly string[];
  /** Damaged databases that are kept beside the new one; what came of each, in words. */
  readonly setAside: readonly { readonly title: string; readonly detail: string }[];
  /** How the sums behind the statistics are; null before there are any. */
  readonly sums: SumsState | null;
  /** Transcripts that Claude Code deletes within a day. */
  readonly purge: PurgeDue | null;
}

/** All findings, those that need attention first. */
export function findingsOf(situation: Situation): Finding[] {
  return [
    ...hookFindings(situation),
    ...storeFindings(situation),
    ...spoolFindings(situation),
    ...gapFindings(situation),
    ...purgeFindings(situation),
    ...notes(situation),
  ];
}

function hookFindings({ hook, silence }: Situation): Finding[] {
  if (!hook.hasLauncher) return hook.isRegistered ? [launcherFinding()] : [];
  if (hook.areHooksDisabled) {
    return [
      attention({
        code: 'hooks-disabled',
        title: 'Claude Code runs no hooks',
        detail: 'settings.json says "disableAllHooks": true. Remove it to record again.',
      }),
    ];
  }
  if (hook.isRegistered) {
    return [...changedFindings(hook.missingEvents), ...(silence ? [silentFinding(silence)] : [])];
  }
  return [
    attention({
      code: 'hooks-missing',
      title: 'Hooks are missing',
      detail:
        'settings.json no longer names the Hookline hook. Another program may have rewritten it.',
      action: 'install',
    }),
  ];
}

function launcherFinding(): Finding {
  return attention({
    code: 'launcher-missing',
    title: 'The hook is gone, and settings.json still calls it',
    detail:
      'Its files were removed. Claude Code reports an error for each event. Installing again puts them back, and uninstalling takes the entries out.',
    action: 'install',
  });
}

function changedFindings(missing: readonly string[]): Finding[] {
  if (missing.length === 0) return [];
  const count = missing.length === 1 ? '1 event is' : `${missing.length} events are`;
  return [
    attention({
      code: 'hooks-changed',
      title: 'Some hooks are missing or changed',
      detail: `${count} not registered as they were: ${missing.join(', ')}. Installing again mends it.`,
      action: 'install',
    }),
  ];
}

function silentFinding({ folder, sinceAt }: Silence): Finding {
  return attention({
    code: 'hooks-silent',
    title: 'Claude works, and the hook is silent',
    detail: `The transcript of a session in ${folder} grows, but no event comes. Settings of that project may switch hooks off; "hookline doctor" looks there.`,
    sinceAt,
  });
}

function storeFindings({ unreachable, unreachableSinceAt, drift }: Situation): Finding[] {
  const stores = unreachable.map(({ store, reason }) =>
    attention({
      code: 'store-unreachable',
      ...(store === 'statistics'
        ? {
            title: 'The statistics are not renewed',
            detail: `${reason}. The record itself goes on.`,
          }
        : {
            title: `${store} cannot be used`,
            detail: `${reason}. Events are kept in the other store meanwhile.`,
          }),
      sinceAt: unreachableSinceAt,
      action: 'refresh',
    }),
  );
  if (drift === null || drift === 0) return stores;
  const title =
    drift === 1 ? '1 event is in one store only' : `${drift} events are in one store only`;
  return [
    ...stores,
    attention({
      code: 'drift',
      title,
      detail: 'A refresh writes them into the other store.',
      action: 'refresh',
    }),
  ];
}

function spoolFindings({ now, spool }: Situation): Finding[] {
  if (spool.oldestAt === null || now - spool.oldestAt < SPOOL_MS) return [];
  return [
    attention({
      code: 'spool-waiting',
      title: `${spool.waiting} captured events wait to be stored`,
      detail: 'They are safe in the spool. No runtime has stored them yet; a refresh does.',
      sinceAt: spool.oldestAt,
      action: 'refresh',
    }),
  ];
}

function gapFindings({ gaps }: Situation): Finding[] {
  return gaps.map(({ count, isOpen, fromAt, span }) => {
    const draft = {
      code: 'gap',
      title: count === 1 ? '1 event was not kept' : `${count} events were not kept`,
      sinceAt: fromAt,
    };
    if (!isOpen) {
      return note({
        ...draft,
        detail: `${span}: the spool was full, or nobody was there to read it.`,
      });
    }
    const detail = `${span}: the spool is full, or nobody is there to read it. A refresh makes room.`;
    return attention({ ...draft, detail, action: 'refresh' });
  });
}

function purgeFindings({ purge }: Situation): Finding[] {
  if (purge === null || purge.notStored === 0) return [];
  const { notStored, keptDays, at } = purge;
  const title =
    notStored === 1
      ? '1 transcript is about to be deleted and is not stored'
      : `${notStored} transcripts are about to be deleted and are not stored`;
  const detail = `Claude Code deletes a transcript that was not written for ${keptDays} days. What is known of tokens, models and missed calls goes with it; "hookline backfill" keeps it.`;
  return [attention({ code: 'purge', title, detail, sinceAt: at })];
}

function sumFindings({ sums }: Situation): Finding[] {
  const found: Finding[] = [];
  if (sums?.isRebuilding) {
    found.push(
      note({
        code: 'sums-rebuilding',
        title: 'Statistics are being made anew',
        detail:
          'Until that is done, in some minutes at most, the files for other programs stay as they are.',
      }),
    );
  }
  if (sums !== null && sums.mismatches.length > 0) {
    found.push(
      note({
        code: 'sums-corrected',
        title: 'Some sums were wrong and have been made anew',
        detail: `The daily check compares a sample with its events. It found: ${sums.mismatches.slice(0, 5).join(', ')}. Please report this.`,
      }),
    );
  }
  return found;
}

function notes(situation: Situation): Finding[] {
  const { quarantine, hookErrorsToday, settingsProblems, isOverBudget, setAside } = situation;
  const found: Finding[] = settingsProblems.map((problem) =>
    note({ code: 'settings', title: 'A setting is not usable', detail: problem }),
  );
  found.push(...setAside.map((words) => note({ code: 'set-aside', ...words })));
  found.push(...sumFindings(situation));
  if (quarantine > 0) {
    found.push(
      note({
        code: 'quarantine',
        title:
          quarantine === 1
            ? '1 thing was not understood'
            : `${quarantine} things were not understood`,
        detail: 'They are kept in quarantine and count as no event.',
      }),
    );
  }
  if (hookErrorsToday > 0) {
    found.push(
      note({
        code: 'hook-errors',
        title:
          hookErrorsToday === 1
            ? 'The hook met 1 problem today'
            : `The hook met ${hookErrorsToday} problems today`,
        detail: 'No event was lost by them. The last one is shown under Hook.',
      }),
    );
  }
  if (isOverBudget) {
    found.push(
      note({
        code: 'over-budget',
        title: 'Storing events takes more than it may',
        detail: `Programs that store events took more than ${BUDGET_MS_PER_HOUR / 1000} s of processor time in the last hour. Until that is over one is started every ${LEAST_STAY_MS / 1000} s at most.`,
      }),
    );
  }
  return found;
}

type Draft = Pick<Finding, 'code' | 'title' | 'detail'> & Partial<Finding>;

function attention(draft: Draft): Finding {
  return { sinceAt: null, action: 'open-health', ...draft, severity: 'attention' };
}

function note(draft: Draft): Finding {
  return { sinceAt: null, action: 'open-health', ...draft, severity: 'note' };
}
