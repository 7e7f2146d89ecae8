/** Lines of `session-events.jsonl`: five variants, two of them sums over a transcript. */
import { type Json, numberOf, textOf } from '../../src-core/base/json.ts';
import { aside, bad, observed, type Reading } from './observation.ts';
import {
  folderOfPwd,
  modelOfHook,
  modelOfTranscript,
  tellingText,
  timeOfRow,
} from './old-members.ts';
import { oldSeconds } from './old-time.ts';

/** Reads a line that is not ours. */
export function readSession(row: Json): Reading {
  if (row.event === undefined && row.session_id !== undefined) return summary(row);
  const event = textOf(row.event);
  if (event === null) return bad('no event');
  if (event !== 'session_start' && event !== 'session_end') return aside(`session event ${event}`);
  const atS = timeOfRow(row);
  if (atS === null) return bad('no time');
  const pwd = tellingText(row.pwd);
  return observed({
    variant: variantOf(row),
    atS,
    subject: event,
    pwd,
    folder: folderOfPwd(pwd),
    model: modelOfHook(row.model),
  });
}

function variantOf(row: Json): 'hook-session' | 'bridge-session' | 'echo-session' {
  if (row.metadata !== undefined) return 'bridge-session';
  // Its session id is the time as text: the variable that should have held the id was never set.
  return row.session_id === undefined ? 'echo-session' : 'hook-session';
}

function summary(row: Json): Reading {
  const atS = oldSeconds(row.start);
  if (atS === null) return bad('no time');
  const sessionPrefix = tellingText(row.session_id);
  if (sessionPrefix === null) return bad('no session');
  return observed({
    variant: row.model === undefined ? 'backfill-session' : 'bulk-session',
    atS,
    subject: 'session_start',
    sessionPrefix,
    model: modelOfTranscript(row.model),
    summary: { endedS: oldSeconds(row.end), messages: numberOf(row.messages) },
  });
}
