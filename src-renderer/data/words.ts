/**
 * Words that several features share: outcomes, witnesses and the health line. Each outcome and each
 * witness has one name and one sign everywhere.
 */
import type { EventRow, Outcome, Source } from '../../src-core/contract/views.ts';
import type { ShapeName } from '../ui/shape.tsx';

/** How an outcome is drawn and called. */
export const OUTCOMES: Readonly<
  Record<Outcome, { readonly shape: ShapeName; readonly label: string }>
> = {
  succeeded: { shape: 'ok', label: 'Succeeded' },
  expected: { shape: 'expected', label: 'Non-zero, expected' },
  failed: { shape: 'failed', label: 'Failed' },
  timed_out: { shape: 'timeout', label: 'Timed out' },
  denied: { shape: 'denied', label: 'Denied' },
  rejected: { shape: 'rejected', label: 'Rejected by you' },
  interrupted: { shape: 'interrupted', label: 'Interrupted by you' },
  unknown: { shape: 'unknown', label: 'Not known' },
};

/** Reading order of outcomes: good ends, bad ends, stopped, not known. */
export const OUTCOME_ORDER: readonly Outcome[] = [
  'succeeded',
  'expected',
  'failed',
  'timed_out',
  'interrupted',
  'rejected',
  'denied',
  'unknown',
];

/** What a witness is called after "from" or "by". */
export const SOURCES: Readonly<Record<Source, { readonly short: string; readonly long: string }>> =
  {
    hook: { short: 'hook', long: 'by hook' },
    spool: { short: 'spool', long: 'from spool' },
    journal: { short: 'journal', long: 'from journal' },
    transcript: { short: 'transcript', long: 'from transcripts' },
    old: { short: 'old', long: 'old records' },
  };

/** Names of events that are no tool calls, where the hook's own name would not be plain. */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  UserPromptSubmit: 'Prompt',
  SessionStart: 'Session start',
  SessionEnd: 'Session end',
  SubagentStart: 'Agent start',
  SubagentStop: 'Agent stop',
  PreCompact: 'Compaction',
  PostCompact: 'Compacted',
  PermissionRequest: 'Permission',
  PermissionDenied: 'Permission denied',
  HooklineTest: 'Test event',
};

/** The health line's sentences. */
export const statusWords = {
  capturing: 'Capturing',
  ready: 'Ready',
  paused: 'Paused',
  notInstalled: 'Not capturing yet',
  hooksNotInstalled: 'hooks are not installed',
  hooksNotInstalledBrief: 'hooks not installed',
  attention: 'Needs attention',
  cannotRead: 'Cannot be read',
  reading: 'Reading the record',
  noEventYet: 'no event yet',
  lastEventAgo: (age: string) => `last event ${age} ago`,
  lastEventAt: (time: string) => `last event ${time}`,
  agoShort: (age: string) => `${age} ago`,
  since: (time: string) => `since ${time}`,
  drift: (count: string) => `${count} drift`,
  figuresOld: (age: string) => `Figures are ${age} old`,
  figuresFrom: (time: string) => `Figures are from ${time}`,
  readAt: (time: string) => `read at ${time}`,
  byYou: 'by you, nothing is recorded',
  notRecording: 'nothing is recorded',
} as const;

/** What figures and their changes are called. */
export const kpiWords = {
  figures: 'Figures',
  was: (value: string) => `was ${value}`,
  same: 'no change',
  fromNone: 'from 0',
  noEarlier: 'no earlier range',
  up: 'up',
  down: 'down',
} as const;

/** How an event is drawn and called: by its outcome, else by what kind of event it is. */
export function eventSign(event: Pick<EventRow, 'kind' | 'name' | 'outcome'>): {
  readonly shape: ShapeName;
  readonly label: string;
} {
  if (event.outcome !== null) return OUTCOMES[event.outcome];
  if (event.kind === 'tool') return OUTCOMES.unknown;
  if (event.kind === 'session') return { shape: 'quiet', label: 'Session' };
  if (event.name === 'UserPromptSubmit') return { shape: 'prompt', label: 'Prompt' };
  if (event.name.startsWith('Subagent')) return { shape: 'agent', label: 'Agent' };
  return { shape: 'event', label: 'Event' };
}

/** The plain name of an event. */
export function eventName(event: Pick<EventRow, 'kind' | 'name'>): string {
  return event.kind === 'tool' ? event.name : (EVENT_NAMES[event.name] ?? event.name);
}

/** Events of one witness; one that main does not list has none. */
export function countFrom(
  bySource: Readonly<Partial<Record<Source, number>>>,
  source: Source,
): number {
  return bySource[source] ?? 0;
}

/** Whether an event is a prompt, with which a turn begins. */
export function isPromptEvent({ kind, name }: Pick<EventRow, 'kind' | 'name'>): boolean {
  return kind === 'other' && name === 'UserPromptSubmit';
}

/** What a page says that has nothing to list. */
export const noWorkWords = {
  notInstalled: 'Nothing recorded yet',
  notInstalledLead: 'Hookline is not installed in Claude Code yet, so nothing is recorded.',
  install: 'Review and Install…',
  filtered: {
    title: 'Nothing fits the filter',
    lead: 'There may be more in the record, but none of it fits what is chosen above.',
  },
  showAll: 'Show Everything',
} as const;

/** What is said of one event. */
export const eventWords = {
  from: (source: string) => `Recorded ${source}`,
  facts: {
    outcome: 'Outcome',
    time: 'Time',
    duration: 'Took',
    project: 'Project',
    session: 'Session',
    agent: 'Agent',
    source: 'Recorded',
  },
  noDetail: 'No detail was recorded.',
} as const;
