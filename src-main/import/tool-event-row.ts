/** Rows of the old `tool_events` in antigravity.db, whatever columns it has. */
import { isObject, type Json, textOf } from '../../src-core/base/json.ts';
import { aside, bad, observed, type Reading } from './observation.ts';
import { claimOf, folderOfPwd, modelOfHook, tellingText } from './old-members.ts';
import { oldSeconds } from './old-time.ts';
import type { ForeignRow, Wanted } from './table-rows.ts';

/** Columns that the rows may have. */
export const TOOL_EVENT_COLUMNS: Wanted = {
  ts: ['ts', 'timestamp'],
  tool: ['tool', 'tool_name'],
  file_path: ['file_path'],
  pwd: ['session_pwd', 'pwd', 'context'],
  metadata: ['metadata'],
};
/** Without these a row tells nothing. */
export const TOOL_EVENT_NEEDS = ['ts', 'tool'] as const;

/** Reads a row. Metadata that is no JSON object is as good as none: the old bridge died of it. */
export function readToolEventRow({ values }: ForeignRow): Reading {
  const metadata = objectIn(values.metadata);
  if (textOf(metadata?.hookline_id) !== null) return { kind: 'own' };
  const tool = tellingText(values.tool);
  if (tool === null) return bad('no tool');
  const atS = oldSeconds(values.ts);
  if (atS === null) return bad('no time');
  const pwd = tellingText(values.pwd);
  const place = { pwd, folder: folderOfPwd(pwd) };
  const variant = metadata === null ? 'bare-row' : 'row';
  if (tool === 'session_start' || tool === 'session_end')
    return observed({ variant, atS, subject: tool, ...place });
  if (tool.startsWith('session_')) return aside(`row of kind ${tool}`);
  return observed({
    variant,
    atS,
    subject: 'call',
    tool,
    filePath: tellingText(values.file_path),
    command: tellingText(metadata?.command),
    model: modelOfHook(metadata?.model),
    ...claimOf(metadata ?? {}),
    ...place,
  });
}

/** The JSON object in a text; null where it holds none. */
export function objectIn(text: string | null | undefined): Json | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
