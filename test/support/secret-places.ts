/** Every place in which a payload can hold a text, and the files in which it may turn up afterwards. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callPayload } from './capture-text.ts';
import { changedPayload, hookPayload } from './claude-fixtures.ts';
import { type Planted, tracesOf } from './planted-secrets.ts';
import type { EntryOptions } from './spool.ts';

/** An entry for the spool. */
export interface PlantedEntry {
  readonly payload: string;
  readonly options?: EntryOptions;
}

/** Entries with the text in each place of a payload; no two are one event. */
export function entriesWith(text: string, name: string): readonly PlantedEntry[] {
  let count = 0;
  const id = (): string => `toolu_${name}_${++count}`;
  const call = (members: object): string => callPayload({ tool_use_id: id(), ...members });
  const failure = (error: string): string =>
    call({ hook_event_name: 'PostToolUseFailure', tool_response: undefined, error });
  const batchCall = { tool_name: 'Bash', tool_use_id: id(), tool_input: { command: text } };
  const cutOff = JSON.stringify({ hook_event_name: 'Stop', said: text, more: 'x' }).slice(0, -3);
  const payloads = [
    call({ tool_input: { command: text } }),
    call({ tool_input: { command: `cd /srv && ${text}` } }),
    call({ tool_input: { file_path: `/w/${text}`, content: text, edits: [{ new_string: text }] } }),
    call({ cwd: `/w/${text}` }),
    call({ tool_name: text }),
    call({ tool_response: { stdout: text, nested: [{ deep: `a\n${text}` }] } }),
    call({ tool_response: text, permission_mode: text, agent_type: text, later: text }),
    failure(text),
    failure(`Exit code 3\n${text}`),
    failure(`<tool_use_error>${text}</tool_use_error>`),
    changedPayload('PostToolBatch-Write', {
      tool_calls: [{ ...batchCall, tool_response: text }],
    }),
    changedPayload('PreToolUse-Bash', { tool_use_id: id(), tool_input: { command: text } }),
    changedPayload('PreToolUse-Bash', { tool_use_id: id(), tool_name: text }),
    changedPayload('UserPromptSubmit', { prompt_id: id(), prompt: `please run ${text}` }),
    changedPayload('Stop', { last_assistant_message: text, later: { deep: [text] }, [text]: 1 }),
    changedPayload('SessionStart-resume', { model: text, source: text, agent_type: text }),
    changedPayload('SessionEnd-other', { reason: text }),
    changedPayload('Notification-idle_prompt', { message: text, notification_type: text }),
    changedPayload('PreCompact-manual', { custom_instructions: text, trigger: text }),
    changedPayload('StopFailure-unknown-400', { error: text, error_details: text }),
    changedPayload('FileChanged-add', { file_path: text, event: text }),
    changedPayload('Stop', { session_id: text, prompt_id: text, agent_id: text }),
    call({ tool_use_id: text, session_id: text }),
    JSON.stringify({ hook_event_name: text, session_id: 'a', said: text }),
    cutOff,
    `not JSON: ${text}`,
    `[${JSON.stringify(text)}]`,
  ];
  return [
    ...payloads.map((payload) => ({ payload })),
    { payload: cutOff, options: { isFinished: false } },
    { payload: hookPayload('Stop'), options: { project: `/w/${text.replaceAll('\0', '')}` } },
  ];
}

/** The secrets of which a file under the folder shows a trace, as `file: kind`. */
export function tracesUnder(
  folder: string,
  secrets: readonly Planted[],
  isLookedAt: (path: string) => boolean = () => true,
): readonly string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.filter(isLookedAt).flatMap((path) => {
    const bytes = readFileSync(path);
    return secrets
      .filter((planted) => formsOf(planted).some((form) => bytes.includes(form)))
      .map(({ kind }) => `${path}: ${kind}`);
  });
}

/** As it is, as JSON writes it, and as JSON writes JSON. */
function formsOf(planted: Planted): readonly string[] {
  const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
  return [
    ...new Set(
      tracesOf(planted).flatMap((trace) => [trace, escaped(trace), escaped(escaped(trace))]),
    ),
  ];
}
