import type { HealthLine } from '../../src-core/contract/views.ts';
import type { GlyphName } from '../ui/glyph.tsx';
import type { Format } from './format.ts';
import { statusWords as words } from './words.ts';

/** Figures read longer ago than this are called stale. */
export const STALE_AFTER_MS = 90_000;
/** From this age on the dashboard says so in a banner. */
export const BANNER_AFTER_MS = 5 * 60_000;

/** The health line in words and signs. */
export interface Status {
  readonly state:
    | 'capturing'
    | 'idle'
    | 'attention'
    | 'paused'
    | 'not-installed'
    | 'stale'
    | 'error'
    | 'reading';
  readonly glyph: GlyphName;
  readonly title: string;
  /** What follows the title, in order; at least one entry. */
  readonly rest: readonly string[];
  /** The same where there is less room. */
  readonly brief: readonly string[];
}

/** Whether figures read at `dataAt` are too old to be shown as current. */
export function isStale(dataAt: number, now: number): boolean {
  return now - dataAt > STALE_AFTER_MS;
}

/** What the health line says now; a failed or old reading comes before what was read. */
export function describeStatus(
  health: HealthLine | undefined,
  failedSinceAt: number | null,
  { now, format }: { readonly now: number; readonly format: Format },
): Status {
  if (health?.state === 'not-installed') {
    return {
      state: 'not-installed',
      glyph: 'idle',
      title: words.notInstalled,
      rest: [words.hooksNotInstalled],
      brief: [words.hooksNotInstalledBrief],
    };
  }
  if (failedSinceAt !== null) {
    const rest = [words.since(format.clock(failedSinceAt))];
    return { state: 'error', glyph: 'attention', title: words.cannotRead, rest, brief: rest };
  }
  if (health === undefined) {
    return { state: 'reading', glyph: 'idle', title: words.reading, rest: [], brief: [] };
  }
  if (isStale(health.dataAt, now)) return staleStatus(health, now, format);
  return healthyStatus(health, now, format);
}

/** The finding that the health line speaks of: the first that needs attention, else the first. */
export function mainFinding(health: HealthLine): HealthLine['findings'][number] | undefined {
  return health.findings.find((finding) => finding.severity === 'attention') ?? health.findings[0];
}

function staleStatus(health: HealthLine, now: number, format: Format): Status {
  const age = format.age(health.dataAt, now);
  const title = age.isRelative ? words.figuresOld(age.text) : words.figuresFrom(age.text);
  const rest = [words.readAt(format.clock(health.dataAt))];
  return { state: 'stale', glyph: 'attention', title, rest, brief: rest };
}

function healthyStatus(health: HealthLine, now: number, format: Format): Status {
  const drift = health.drift === null ? [] : [words.drift(format.count(health.drift))];
  switch (health.state) {
    case 'attention': {
      const finding = mainFinding(health);
      const since =
        finding?.sinceAt == null ? drift : [words.since(format.moment(finding.sinceAt, now))];
      const title = finding?.title ?? words.attention;
      return { state: 'attention', glyph: 'attention', title, rest: since, brief: since };
    }
    case 'paused':
      return {
        state: 'paused',
        glyph: 'paused',
        title: words.paused,
        rest: [words.byYou],
        brief: [words.notRecording],
      };
    case 'capturing':
    case 'idle':
    case 'not-installed': {
      const isCapturing = health.state === 'capturing';
      const last = lastEvent(health, now, format);
      return {
        state: isCapturing ? 'capturing' : 'idle',
        glyph: isCapturing ? 'capturing' : 'idle',
        title: isCapturing ? words.capturing : words.ready,
        rest: [last.long, ...drift],
        brief: [last.short, ...drift],
      };
    }
  }
}

function lastEvent(
  health: HealthLine,
  now: number,
  format: Format,
): { readonly long: string; readonly short: string } {
  if (health.lastEventAt === null) return { long: words.noEventYet, short: words.noEventYet };
  const { text, isRelative } = format.age(health.lastEventAt, now);
  return isRelative
    ? { long: words.lastEventAgo(text), short: words.agoShort(text) }
    : { long: words.lastEventAt(text), short: text };
}
