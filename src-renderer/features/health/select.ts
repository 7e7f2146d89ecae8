/** What the health page draws, worked out of what main says. */
import type {
  CaptureCost,
  HealthView,
  Source,
  StreamHealth,
} from '../../../src-core/contract/views.ts';
import type { Format } from '../../data/format.ts';
import { countFrom, SOURCES } from '../../data/words.ts';
import type { ShapeName } from '../../ui/shape.tsx';
import { text } from './text.ts';

/** One summand of the equation. */
export interface Term {
  readonly source: Source;
  readonly label: string;
  readonly count: number;
}

const ORDER: readonly Source[] = ['hook', 'spool', 'journal', 'transcript', 'old'];

/** The equation total = hook + spool + journal + transcripts + old; the rare terms only when above zero. */
export function equationOf(view: HealthView): {
  readonly terms: readonly Term[];
  /** Total minus the sum of the sources; anything but zero is the page's headline. */
  readonly difference: number;
} {
  const sum = ORDER.reduce((all, source) => all + countFrom(view.bySource, source), 0);
  const isAlways = (source: Source): boolean => source !== 'old' && source !== 'spool';
  const terms = ORDER.filter(
    (source) => isAlways(source) || countFrom(view.bySource, source) > 0,
  ).map((source) => ({
    source,
    label: SOURCES[source].long,
    count: countFrom(view.bySource, source),
  }));
  return { terms, difference: view.total - sum };
}

/** The verdict beside the equation, worst first. */
export function equationVerdict(
  view: HealthView,
  format: Format,
): { readonly shape: ShapeName; readonly words: string } {
  const { difference } = equationOf(view);
  if (difference !== 0) {
    const words = text.doesNotAddUp(format.count(Math.abs(difference)));
    return { shape: 'failed', words };
  }
  const { drift } = view.health;
  if (drift === null) return { shape: 'unknown', words: text.notCompared };
  if (drift > 0) return { shape: 'note', words: text.drift(format.count(drift)) };
  return { shape: 'pass', words: text.addsUp };
}

/** How far the two stores are apart in a stream; null when one of them could not be counted. */
export function streamDifference(stream: StreamHealth): number | null {
  if (stream.inSqlite === null || stream.inJsonl === null) return null;
  return Math.abs(stream.inSqlite - stream.inJsonl);
}

/** One line of the checks. */
export interface Check {
  readonly shape: ShapeName;
  readonly name: string;
  readonly words: string;
}

/** What is looked at besides the stores, each with its state in words. */
export function checksOf(view: HealthView, now: number, format: Format): readonly Check[] {
  return [
    hooksCheck(view),
    runtimeCheck(view),
    spoolCheck(view, now, format),
    quarantineCheck(view, format),
    hookErrorsCheck(view, now, format),
  ];
}

function hooksCheck({ hook, health }: HealthView): Check {
  if (!hook.installed) {
    // Before the first install nothing has failed yet.
    const shape = health.state === 'not-installed' ? 'unknown' : 'failed';
    return { shape, name: text.hooks, words: text.hooksOut };
  }
  const words = hook.version === null ? text.hooksInUnknown : text.hooksIn(hook.version);
  return { shape: 'pass', name: text.hooks, words };
}

function runtimeCheck({ hook }: HealthView): Check {
  const usable = hook.runtimes.filter((runtime) => runtime.usable);
  const first = usable[0];
  if (first === undefined) return { shape: 'note', name: text.runtime, words: text.runtimeNone };
  const words = text.runtimeFound(first.version, usable.length - 1);
  return { shape: 'pass', name: text.runtime, words };
}

function spoolCheck({ spool }: HealthView, now: number, format: Format): Check {
  if (spool.waiting === 0) return { shape: 'pass', name: text.spool, words: text.spoolEmpty };
  const oldest = spool.oldestAt === null ? null : format.age(spool.oldestAt, now).text;
  const words = text.spoolWaits(spool.waiting, format.count(spool.waiting), oldest);
  return { shape: 'note', name: text.spool, words };
}

function quarantineCheck({ quarantine }: HealthView, format: Format): Check {
  if (quarantine === 0) {
    return { shape: 'pass', name: text.quarantine, words: text.quarantineEmpty };
  }
  const words = text.quarantineHolds(quarantine, format.count(quarantine));
  return { shape: 'note', name: text.quarantine, words };
}

function hookErrorsCheck({ hookErrors }: HealthView, now: number, format: Format): Check {
  const { today, last } = hookErrors;
  if (today === 0) return { shape: 'pass', name: text.hookErrors, words: text.hookErrorsNone };
  const count = format.count(today);
  const words =
    last === null
      ? text.hookErrorsSome(today, count)
      : text.hookErrorsLast(today, count, { at: format.moment(last.at, now), said: last.message });
  return { shape: 'note', name: text.hookErrors, words };
}

/** What capture takes, in sentences: what Claude Code waited for first. */
export function costSentences(cost: CaptureCost, format: Format): readonly string[] {
  const calls = format.count(cost.calls);
  const waited =
    cost.waitedMs === null
      ? [text.waitedUnknown(cost.calls, calls)]
      : [text.waited(format.duration(cost.waitedMs), cost.calls, calls)];
  const how =
    cost.launcher === null ? [] : [text.waitedHow(exactMs(cost.launcher.medianMs, format))];
  const drainer = text.drainer(cost.runs, format.count(cost.runs), format.duration(cost.cpuMs));
  return [...waited, ...how, drainer, ...(cost.isOverBudget ? [text.overBudget] : [])];
}

/** Some milliseconds, with a digit that counts when multiplied by thousands. */
function exactMs(ms: number, { locale }: Format): string {
  const value = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms);
  return `${value}\u202fms`;
}
