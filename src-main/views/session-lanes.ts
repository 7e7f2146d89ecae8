/** The events of one session laid out in time: lanes of work, agents, waits and turns. */
import type { LaneBar, TimeSpan, WorkKind } from '../../src-core/contract/work.ts';

/** As much of an event as its place in a timeline needs. */
export interface LaneEvent {
  readonly at: number;
  readonly kind: string;
  readonly hookEvent: string;
  readonly tool: string | null;
  readonly outcome: string | null;
  readonly durationMs: number | null;
  readonly agentId: string | null;
  readonly agentType: string | null;
  /** The text of a prompt, where the privacy level keeps it. */
  readonly prompt: string | null;
}

const KINDS: Readonly<Record<string, WorkKind>> = {
  Read: 'read',
  Grep: 'read',
  Glob: 'read',
  LS: 'read',
  NotebookRead: 'read',
  Edit: 'edit',
  MultiEdit: 'edit',
  Write: 'edit',
  NotebookEdit: 'edit',
  Bash: 'run',
  BashOutput: 'run',
  KillShell: 'run',
  WebFetch: 'web',
  WebSearch: 'web',
  Task: 'agent',
  Agent: 'agent',
};
const ORDER: readonly WorkKind[] = ['read', 'edit', 'run', 'web', 'other'];
/** A lane holds at most about this many bars: closer ones are drawn as one. */
const MOST_BARS = 400;

/** The kind of work that a tool does. */
export function workKind(tool: string | null): WorkKind {
  return KINDS[tool ?? ''] ?? 'other';
}

/** Calls as bars, a lane for each kind of work that was done; agents have lanes of their own. */
export function lanesOf(events: readonly LaneEvent[]): { kind: WorkKind; bars: LaneBar[] }[] {
  const calls = events.filter(({ kind }) => kind === 'tool');
  const [first, last] = [events[0]?.at ?? 0, events.at(-1)?.at ?? 0];
  const gapMs = (last - first) / MOST_BARS;
  return ORDER.map((kind) => ({
    kind,
    bars: joined(calls.filter(({ tool }) => workKind(tool) === kind).map(barOf), gapMs),
  })).filter(({ bars }) => bars.length > 0);
}

function barOf({ at, durationMs, outcome }: LaneEvent): LaneBar {
  const isError = outcome === 'failed' || outcome === 'timed_out';
  return { fromAt: at - (durationMs ?? 0), toAt: at, calls: 1, errors: isError ? 1 : 0 };
}

function joined(bars: readonly LaneBar[], gapMs: number): LaneBar[] {
  const result: LaneBar[] = [];
  for (const bar of bars.toSorted((a, b) => a.fromAt - b.fromAt)) {
    const last = result.at(-1);
    if (last === undefined || bar.fromAt - last.toAt > gapMs) result.push({ ...bar });
    else {
      last.toAt = Math.max(last.toAt, bar.toAt);
      last.calls += bar.calls;
      last.errors += bar.errors;
    }
  }
  return result;
}

/** How long at least one call was running. */
export function busyMs(events: readonly LaneEvent[]): number {
  const bars = joined(events.filter(({ kind }) => kind === 'tool').map(barOf), 0);
  return bars.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
}

/** Agents from the first to the last that was heard of them. */
export function agentsOf(
  events: readonly LaneEvent[],
): { name: string; fromAt: number; toAt: number; isOpen: boolean }[] {
  const agents = new Map<string, { name: string; fromAt: number; toAt: number; isOpen: boolean }>();
  for (const { agentId, agentType, at, hookEvent } of events) {
    if (agentId === null) continue;
    const known = agents.get(agentId) ?? { name: '', fromAt: at, toAt: at, isOpen: true };
    agents.set(agentId, known);
    known.name ||= agentType ?? '';
    known.toAt = at;
    known.isOpen = hookEvent !== 'SubagentStop';
  }
  return [...agents].map(([id, agent]) => ({ ...agent, name: agent.name || id.slice(0, 8) }));
}

/** Stretches in which a question for permission was open. */
export function waitsOf(events: readonly LaneEvent[], endsAt: number): TimeSpan[] {
  const waits: TimeSpan[] = [];
  const asked = new Map<string, number>();
  for (const { hookEvent, agentId, at } of events) {
    const who = agentId ?? '';
    if (hookEvent === 'Notification') continue;
    if (hookEvent === 'PermissionRequest') {
      if (!asked.has(who)) asked.set(who, at);
      continue;
    }
    const fromAt = asked.get(who);
    if (fromAt !== undefined && at > fromAt) waits.push({ fromAt, toAt: at });
    asked.delete(who);
  }
  for (const fromAt of asked.values()) if (endsAt > fromAt) waits.push({ fromAt, toAt: endsAt });
  return waits.sort((a, b) => a.fromAt - b.fromAt);
}

/** What happened from one prompt to the next. */
export interface Turn extends TimeSpan {
  prompt: string | null;
  hasPrompt: boolean;
  calls: number;
  errors: number;
}

/** Turns in their order; what came before the first prompt is one, if there were calls in it. */
export function turnsOf(events: readonly LaneEvent[]): Turn[] {
  const turns: Turn[] = [];
  for (const event of events) {
    const isPrompt = event.hookEvent === 'UserPromptSubmit' && event.agentId === null;
    const last = turns.at(-1);
    if (isPrompt || last === undefined) {
      const { at: fromAt, prompt } = event;
      turns.push({
        fromAt,
        toAt: fromAt,
        prompt: isPrompt ? prompt : null,
        hasPrompt: isPrompt,
        calls: 0,
        errors: 0,
      });
    }
    const turn = turns.at(-1);
    if (turn === undefined) continue;
    turn.toAt = event.at;
    if (event.kind !== 'tool') continue;
    turn.calls++;
    if (event.outcome === 'failed' || event.outcome === 'timed_out') turn.errors++;
  }
  return turns.filter(({ hasPrompt, calls }) => hasPrompt || calls > 0);
}
