/**
 * What we register with Claude Code, and how an entry of ours is known again.
 *
 * `WorktreeCreate` is never among the events: registering it changes what the client does.
 */
import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../src-core/base/json.ts';

/** The events that are always registered, in the order in which they are written. */
export const HOOK_EVENTS = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PostToolUse',
  'PostToolUseFailure',
  'PostToolBatch',
  'PermissionRequest',
  'PermissionDenied',
  'Notification',
  'Stop',
  'StopFailure',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'PostCompact',
] as const;

const EVENTS_WITH_MATCHER: ReadonlySet<string> = new Set([
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PermissionRequest',
  'PermissionDenied',
]);

/** Every event name that Claude Code knows; other keys beside them are somebody's notes. */
export const CLIENT_EVENTS: ReadonlySet<string> = new Set([
  ...HOOK_EVENTS,
  'PreToolUse',
  'UserPromptExpansion',
  'PreModelSwitch',
  'PostModelSwitch',
  'Setup',
  'TeammateIdle',
  'TaskCreated',
  'TaskCompleted',
  'Elicitation',
  'ElicitationResult',
  'ConfigChange',
  'WorktreeCreate',
  'WorktreeRemove',
  'InstructionsLoaded',
  'CwdChanged',
  'FileChanged',
  'DirectoryAdded',
  'MessageDisplay',
]);

/** Seconds after which the client ends a hook of ours; without it the client waits ten minutes. */
export const HOOK_TIMEOUT_S = 5;

/**
 * How the launcher is called: `exec` without a shell, or `shell`, which is silent where the
 * launcher is missing (a settings.json that other machines or containers share).
 */
export type HookForm = 'exec' | 'shell';

/** What decides the entries. `launcher` is an absolute path. */
export interface HookEntryOptions {
  readonly launcher: string;
  readonly form: HookForm;
  readonly preToolUse: boolean;
}

/** One handler as settings.json holds it. */
export interface HookHandler {
  readonly type: 'command';
  readonly command: string;
  readonly args?: readonly string[];
  readonly timeout: number;
}

/** One group as settings.json holds it. */
export interface HookGroup {
  readonly matcher?: string;
  readonly hooks: readonly HookHandler[];
}

/** The group to register for each event, by event name and in the order of writing. */
export function wantedGroups(options: HookEntryOptions): ReadonlyMap<string, HookGroup> {
  const events = options.preToolUse ? [...HOOK_EVENTS, 'PreToolUse'] : HOOK_EVENTS;
  const hooks = [handlerOf(options)];
  return new Map(
    events.map((event) => [
      event,
      EVENTS_WITH_MATCHER.has(event) ? { matcher: '*', hooks } : { hooks },
    ]),
  );
}

/** The text to paste into settings.json where the file cannot be written. */
export function hooksSnippet(options: HookEntryOptions): string {
  const hooks = Object.fromEntries(
    [...wantedGroups(options)].map(([event, group]) => [event, [group]]),
  );
  return JSON.stringify({ hooks }, null, 2);
}

/** True for a handler that calls our launcher, wherever it is installed and in whichever form. */
export function isOurHandler(handler: unknown): boolean {
  if (!isObject(handler) || typeof handler.command !== 'string') return false;
  const { command, args } = handler;
  if (args === undefined) return SHELL_CALL.test(command);
  return Array.isArray(args) && args[0] === 'capture' && command.endsWith(LAUNCHER_END);
}

/** True if the handler in a group with this matcher is the very one that these options ask for. */
export function isWantedHandler(
  handler: unknown,
  matcher: unknown,
  options: HookEntryOptions,
): boolean {
  const seesAll = matcher === undefined || matcher === '*' || matcher === '';
  return seesAll && isDeepStrictEqual(handler, handlerOf(options));
}

const LAUNCHER_END = '/hookline/hookline-hook';
const SHELL_CALL = /\/hookline\/hookline-hook['"]?(\s+capture\b|\s*$)/;

function handlerOf({ launcher, form }: HookEntryOptions): HookHandler {
  if (form === 'exec') {
    return { type: 'command', command: launcher, args: ['capture'], timeout: HOOK_TIMEOUT_S };
  }
  const quoted = `'${launcher.replaceAll("'", `'\\''`)}'`;
  // The colon makes the status 0 where there is no launcher; a missing hook must not be reported
  // in every session of a machine that never had one.
  const command = `[ -x ${quoted} ] && exec ${quoted} capture; :`;
  return { type: 'command', command, timeout: HOOK_TIMEOUT_S };
}
