/** Lines of `activity-events.jsonl`: six variants with two keys for the time. */
import { type Json, textOf } from '../../src-core/base/json.ts';
import { aside, bad, observed, type Reading } from './observation.ts';
import { claimOf, folderOfPwd, tellingText, timeOfRow } from './old-members.ts';

/** Reads a line that is not ours. */
export function readActivity(row: Json): Reading {
  const atS = timeOfRow(row);
  if (atS === null) return bad('no time');
  switch (row.type) {
    case 'tool_use':
      return toolUse(row, atS);
    case 'session_start':
    case 'session_end': {
      const pwd = tellingText(row.pwd);
      return observed({
        variant: 'activity-session',
        atS,
        subject: row.type,
        pwd,
        folder: folderOfPwd(pwd),
      });
    }
    case 'query':
      return query(row, atS);
    case 'tool':
      return trackedCall(row, atS);
    default: {
      const type = textOf(row.type);
      return type === null ? bad('no type') : aside(`activity of type ${type}`);
    }
  }
}

function toolUse(row: Json, atS: number): Reading {
  const tool = tellingText(row.tool);
  // A line without the tool's name tells that there was a call, but of which one nobody knows.
  if (tool === null) return bad('no tool');
  const pwd = tellingText(row.pwd);
  const isFast = row.success === undefined && row.pwd === '';
  return observed({
    variant: isFast ? 'fast-activity' : 'activity',
    atS,
    subject: 'call',
    tool,
    filePath: tellingText(row.file_path),
    command: tellingText(row.command),
    pwd,
    folder: folderOfPwd(pwd),
    ...claimOf(row),
  });
}

function query(row: Json, atS: number): Reading {
  const text = tellingText(row.query);
  if (text === null) return bad('no query');
  const isSynced = row.source === 'transcript';
  return observed({
    variant: isSynced ? 'transcript-query' : 'tracker-query',
    atS,
    subject: 'prompt',
    text,
  });
}

function trackedCall(row: Json, atS: number): Reading {
  const tool = tellingText(row.tool);
  if (tool === null) return bad('no tool');
  return observed({ variant: 'tracker-call', atS, subject: 'call', tool, ...claimOf(row) });
}
