/**
 * The small facts of an event that are kept beside its columns. A fixed list per event: what is not
 * named here (prompts, messages, summaries, unknown fields) is content and stays out.
 */
import { jsonBytes, textOf } from '../base/json.ts';
import { MAX_NAME } from '../base/limits.ts';
import type { Facts } from './event.ts';
import { type Redactor, redactBeginning } from './redact.ts';
import { isMachineMade, type WirePayload } from './wire.ts';

/** Fields copied as they are when they hold a short text, a number or a boolean. */
const COPIED: Readonly<Record<string, readonly string[]>> = {
  SessionStart: ['source', 'agent_type', 'seconds_since_last_response', 'context_tokens'],
  SessionEnd: ['reason'],
  Notification: ['notification_type'],
  Stop: ['stop_hook_active'],
  SubagentStop: ['stop_hook_active'],
  StopFailure: ['error'],
  PreCompact: ['trigger'],
  PostCompact: ['trigger'],
  PermissionRequest: ['tool_name'],
  PermissionDenied: ['tool_name', 'reason'],
  UserPromptExpansion: ['expansion_type', 'command_name', 'command_source'],
  ConfigChange: ['source', 'file_path'],
  CwdChanged: ['old_cwd', 'new_cwd'],
  FileChanged: ['file_path', 'event'],
  InstructionsLoaded: ['file_path', 'memory_type', 'load_reason'],
  TaskCreated: ['task_id'],
  TaskCompleted: ['task_id'],
  PreModelSwitch: ['from_model', 'to_model', 'source'],
  PostModelSwitch: ['from_model', 'to_model', 'source'],
  Setup: ['trigger'],
  WorktreeRemove: ['worktree_path'],
  DirectoryAdded: ['directory'],
  Elicitation: ['mcp_server_name'],
  ElicitationResult: ['mcp_server_name', 'action'],
};

/** The facts of an event that is no tool call, redacted and cut; null when it has none. */
export function factsOf(payload: WirePayload, redactor: Redactor): Facts | null {
  const facts: Record<string, string | number | boolean> = {};
  const names = Object.hasOwn(COPIED, payload.hookEvent) ? COPIED[payload.hookEvent] : undefined;
  for (const name of names ?? []) {
    const value = payload.raw[name];
    const text = textOf(value);
    if (text !== null) {
      facts[name] = redactBeginning(redactor, text, MAX_NAME);
    } else if (
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value))
    ) {
      facts[name] = value;
    }
  }
  addSizes(payload, facts);
  return Object.keys(facts).length === 0 ? null : facts;
}

function addSizes(payload: WirePayload, facts: Record<string, string | number | boolean>): void {
  const { raw, hookEvent } = payload;
  if (hookEvent === 'UserPromptSubmit') {
    const bytes = jsonBytes(raw.prompt);
    if (bytes !== null) facts.prompt_bytes = bytes;
    if (isMachineMade(payload)) facts.machine_made = true;
  }
  if (Array.isArray(raw.background_tasks)) facts.background_tasks = raw.background_tasks.length;
}
