/** Lines of `command-usage.jsonl`: commands of calls, and what somebody typed in a shell. */
import type { Json } from '../../src-core/base/json.ts';
import { aside, bad, observed, type Reading } from './observation.ts';
import { claimOf, folderOf, tellingText, timeOfRow } from './old-members.ts';

/** Reads a line that is not ours. */
export function readCommand(row: Json, isCompact: boolean): Reading {
  if (row.cmd !== undefined) {
    return aside(row.source === 'backfill' ? 'slash command' : 'command typed in a shell');
  }
  const atS = timeOfRow(row);
  if (atS === null) return bad('no time');
  const command = tellingText(row.full_command);
  if (command === null && tellingText(row.command) === null) return bad('no command');
  const isFast = row.success === undefined;
  return observed({
    variant: isFast ? 'fast-command' : 'command',
    atS,
    subject: 'call',
    tool: 'Bash',
    command,
    folder: isFast || isCompact ? null : folderOf(row.session),
    sessionPrefix: isFast ? tellingText(row.session) : null,
    ...claimOf(row),
  });
}
