/**
 * Hooks of the old pipeline in settings.json. They may go on running beside ours, and what they
 * write is told apart from what we record; see `old-hooks.ts` for taking them out.
 */
import type { Finding } from '../../src-core/contract/views.ts';
import { nameOf, parseSettings, placeOf, plainValue } from './settings-document.ts';
import { eventsOf, groupsOf } from './settings-meaning.ts';

/** One hook of the old pipeline. */
export interface OldHook {
  readonly event: string;
  /** The script that is called, or the file that the command writes itself. */
  readonly script: string;
  /** Line in settings.json, from 1. */
  readonly line: number;
}

/** Scripts that record events or rewrite what was recorded. */
const SCRIPTS = [
  'sqlite-hook.py',
  'post-tool-enhanced.sh',
  'post-response.sh',
  'error-capture.sh',
  'error-tracker.js',
  'activity-tracker.js',
  'command-tracker.sh',
  'recovery-engine.py',
  'fix-all-dashboard-data.py',
  'sqlite-to-jsonl-sync.py',
  'weekly-backfill.sh',
] as const;

/** Files that earlier commands appended to with a bare `echo`. */
const FILES = [
  'data/tool-usage.jsonl',
  'data/session-events.jsonl',
  'data/activity-events.jsonl',
  'data/tool-success.jsonl',
  'data/command-usage.jsonl',
  'data/errors.jsonl',
  '.claude/activity.log',
] as const;

/** The old hooks in a settings file with these bytes; empty for a file that cannot be read. */
export function findOldHooks(bytes: Buffer | null): readonly OldHook[] {
  const document = parseSettings(bytes);
  if (document.kind === 'refused') return [];
  return eventsOf(document).flatMap((property) =>
    groupsOf(property).flatMap(({ handlers }) =>
      handlers.flatMap((handler) => {
        const script = oldScriptOf(plainValue(handler));
        if (script === null) return [];
        const { line } = placeOf(document.text, handler.offset);
        return [{ event: nameOf(property), script, line }];
      }),
    ),
  );
}

/** The old hooks as one finding; null where there are none. */
export function oldPipelineFinding(hooks: readonly OldHook[]): Finding | null {
  if (hooks.length === 0) return null;
  const scripts = [...new Set(hooks.map((hook) => hook.script))].join(', ');
  const lines = [...new Set(hooks.map((hook) => hook.line))].join(', ');
  const count = hooks.length === 1 ? '1 older hook records' : `${hooks.length} older hooks record`;
  return {
    code: 'hooks-old',
    severity: 'note',
    title: 'Older hooks are still registered',
    detail: `${count} the same events beside ours (${scripts}; settings.json line ${lines}). "hookline install --retire-old" takes them out, and back in again.`,
    sinceAt: null,
    action: null,
  };
}

/** What of the old pipeline a handler calls or writes; null for anybody else's handler. */
export function oldScriptOf(handler: unknown): string | null {
  const text = JSON.stringify(handler) ?? '';
  const called = SCRIPTS.find((script) =>
    new RegExp(`(^|[^\\w.-])${quotedForRegExp(script)}\\b`).test(text),
  );
  return called ?? FILES.find((file) => text.includes('>>') && text.includes(file)) ?? null;
}

/** The scripts of the old pipeline that a text calls: a crontab, a shell's setup, an agent. */
export function oldScriptsIn(text: string): readonly string[] {
  return SCRIPTS.filter((script) =>
    new RegExp(`(^|[^\\w.-])${quotedForRegExp(script)}\\b`).test(text),
  );
}

function quotedForRegExp(text: string): string {
  return text.replaceAll('.', '\\.');
}
