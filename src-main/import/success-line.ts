/** Lines of `tool-success.jsonl`: calls, a shell's own measurements, and sums of days. */
import { isObject, type Json, numberOf } from '../../src-core/base/json.ts';
import { aside, bad, observed, type Reading } from './observation.ts';
import { claimOf, folderOf, tellingText, timeOfRow } from './old-members.ts';

/** Reads a line that is not ours. */
export function readSuccess(row: Json, isCompact: boolean): Reading {
  if (row.date !== undefined && numberOf(row.success) !== null) return aside('sum of a day');
  if (isShellRow(row)) return aside('measurement of a shell');
  const tool = tellingText(row.tool);
  if (tool === null) return bad('no tool');
  const atS = timeOfRow(row);
  if (atS === null) return bad('no time');
  return observed({
    variant: 'success',
    atS,
    subject: 'call',
    tool,
    // In a shell's compact line it is the beginning of a session's id, or of the time.
    folder: isCompact ? null : folderOf(row.session),
    ...claimOf(row),
  });
}

/** Commands, tests and builds that a shell's tracker timed; nobody knows whether Claude ran them. */
function isShellRow(row: Json): boolean {
  return (
    isObject(row) &&
    (row.cmd_hash !== undefined || row.framework !== undefined || row.system !== undefined)
  );
}
