/** One made-up session of Claude Code and the payloads that its hooks would get. */
import type { Json } from '../../src-core/base/json.ts';
import type { Project } from './project.ts';
import type { Random } from './seeded-random.ts';

/** A payload, and how long after the one before it the hook runs. */
export interface Step {
  readonly afterMs: number;
  readonly payload: Json;
}

/** A subagent inside a session. */
export interface Agent {
  readonly id: string;
  readonly type: string;
}

/** A session: what stays the same in it, and the voice in which Claude Code tells of it. */
export interface Session {
  readonly id: string;
  readonly random: Random;
  readonly project: Project;
  /** The project's folder, where the session was started. */
  readonly folder: string;
  readonly model: string;
  /** True where tools ask before they run. */
  readonly isAsking: boolean;
  /** Files that this session's work is about. */
  readonly focus: readonly string[];
  /** The payload of an event, with the members that every payload of a session has. */
  payload(hookEvent: string, fields: Json, agent?: Agent): Json;
  /** Begins another prompt: what follows carries its id. */
  nextPrompt(): void;
}

/** Where a session takes place. */
export interface SessionOptions {
  readonly random: Random;
  readonly project: Project;
  /** The user's home, and the folder of the projects, as the payloads name them. */
  readonly home: string;
  readonly workFolder: string;
}

const MODELS = [
  { name: 'claude-opus-5-5', weight: 6 },
  { name: 'claude-sonnet-5', weight: 4 },
  { name: 'claude-haiku-5', weight: 1 },
] as const;
const MODES = [
  { name: 'default', weight: 5 },
  { name: 'acceptEdits', weight: 4 },
  { name: 'plan', weight: 1 },
] as const;

/** Events whose payload says in which permission mode the session is. */
const TELLS_MODE: ReadonlySet<unknown> = new Set([
  'UserPromptSubmit',
  'PostToolUse',
  'PostToolUseFailure',
  'PostToolBatch',
  'PermissionRequest',
  'Stop',
  'SubagentStop',
]);

/** Begins a session. */
export function createSession({ random, project, home, workFolder }: SessionOptions): Session {
  const id = random.uuid();
  const folder = `${workFolder}/${project.name}`;
  const transcripts = `${home}/.claude/projects/${folder.replace(/[^a-zA-Z0-9]/g, '-')}`;
  const mode = random.weighted(MODES, ({ weight }) => weight).name;
  let promptId: string | null = null;
  return {
    id,
    random,
    project,
    folder,
    model: random.weighted(MODELS, ({ weight }) => weight).name,
    isAsking: mode === 'default',
    focus: Array.from(
      { length: random.integer(3, 6) },
      () => `${random.pick(project.areas)}/${random.pick(project.things)}${project.ending}`,
    ),
    payload: (hookEvent, fields, agent) => ({
      session_id: id,
      transcript_path: `${transcripts}/${id}.jsonl`,
      cwd: folder,
      ...(promptId === null ? {} : { prompt_id: promptId }),
      ...(TELLS_MODE.has(hookEvent) ? { permission_mode: mode } : {}),
      ...(agent === undefined ? {} : { agent_id: agent.id, agent_type: agent.type }),
      hook_event_name: hookEvent,
      ...fields,
    }),
    nextPrompt: () => {
      promptId = random.uuid();
    },
  };
}

/** The first payload of a session. */
export function startOf(session: Session): Json {
  const source = session.random.chance(0.06) ? 'clear' : 'startup';
  return session.payload('SessionStart', { source, model: session.model });
}

/** The last payload of a session. */
export function endOf(session: Session): Json {
  const reason = session.random.chance(0.8) ? 'prompt_input_exit' : 'other';
  return session.payload('SessionEnd', { reason });
}
