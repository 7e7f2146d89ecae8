/** Rows of claude.db: the dashboard's copy of calls, and activity copied from JSONL. */
import { type Json, textOf } from '../../src-core/base/json.ts';
import { readActivity } from './activity-line.ts';
import { bad, type OldObservation, observed, type Reading } from './observation.ts';
import { folderOfPwd, modelOfHook, tellingText } from './old-members.ts';
import { oldSeconds } from './old-time.ts';
import type { ForeignRow, Wanted } from './table-rows.ts';
import { objectIn } from './tool-event-row.ts';

/** Columns of its `tool_events`, in the dashboard's schema and in the hook's. */
export const CLAUDE_TOOL_COLUMNS: Wanted = {
  ts: ['timestamp', 'ts'],
  tool: ['tool_name', 'tool'],
  success: ['success'],
  context: ['context', 'session_pwd'],
  metadata: ['metadata'],
};
/** Without these a row tells nothing. */
export const CLAUDE_TOOL_NEEDS = ['ts', 'tool'] as const;

/** Reads a row of `tool_events`. */
export function readClaudeToolRow({ values }: ForeignRow): Reading {
  const metadata = objectIn(values.metadata);
  if (textOf(metadata?.hookline_id) !== null) return { kind: 'own' };
  const tool = tellingText(values.tool);
  if (tool === null) return bad('no tool');
  const atS = oldSeconds(values.ts);
  if (atS === null) return bad('no time');
  return observed({
    atS,
    subject: tool === 'session_start' || tool === 'session_end' ? tool : 'call',
    tool,
    // A migrated row says 1 for "not known", and the live hook found failure by words.
    success: values.success === null ? null : values.success !== '0',
    ...contextOf(values.context),
  });
}

type Context = Pick<OldObservation, 'variant'> & Partial<OldObservation>;

/** The live hook puts its folder there, a shell hook an object, the migration nothing. */
function contextOf(context: string | null | undefined): Context {
  const object = objectIn(context);
  if (object !== null && Object.keys(object).length > 0) {
    return {
      variant: 'post-tool-row',
      filePath: tellingText(object.file_path),
      command: tellingText(object.command),
      model: modelOfHook(object.model),
    };
  }
  const pwd = object === null ? tellingText(context) : null;
  if (pwd === null) return { variant: 'migrated-row' };
  return { variant: 'dashboard-row', pwd, folder: folderOfPwd(pwd) };
}

/** Columns of its `activity_events`. */
export const CLAUDE_ACTIVITY_COLUMNS: Wanted = {
  ts: ['timestamp', 'ts'],
  type: ['event_type', 'type'],
  data: ['data'],
};
/** Without these a row tells nothing. */
export const CLAUDE_ACTIVITY_NEEDS = ['ts', 'type'] as const;

/** Reads a row of `activity_events`: a line of activity-events.jsonl, taken apart. */
export function readClaudeActivityRow({ values }: ForeignRow): Reading {
  const data: Json = objectIn(values.data) ?? {};
  if (textOf(data.id) !== null && textOf(data.sum) !== null) return { kind: 'own' };
  const reading = readActivity({ ...data, ts: values.ts, type: values.type });
  if (reading.kind !== 'observation') return reading;
  return { kind: 'observation', observation: { ...reading.observation, variant: 'activity-row' } };
}
