/**
 * The lines of an event as text, straight from its row: what `lineOf(stream.lineFor(event))` says,
 * several times as fast, because a rebuild makes millions of them. A property test holds the two
 * equal. Rows that carry content, or a value that no capture writes, take the long way.
 */
import { RECORD_VERSION } from '../../src-core/event/record.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { lineOf, sumOfBody } from '../../src-core/journal/sum.ts';
import type { Row, SqlValue } from '../../src-core/store/driver.ts';
import { eventOfRow } from '../../src-core/store/events.ts';

/** Our members of a whole record in their order, and the column of each. */
const OWN_COLUMNS = [
  ['at', 'at_ms'],
  ['kind', 'kind'],
  ['hook_event', 'hook_event'],
  ['session_id', 'session_id'],
  ['tool_use_id', 'tool_use_id'],
  ['prompt_id', 'prompt_id'],
  ['project_dir', 'project'],
  ['cwd', 'cwd'],
  ['agent_id', 'agent_id'],
  ['agent_type', 'agent_type'],
  ['permission_mode', 'permission_mode'],
  ['outcome', 'outcome'],
  ['exit_code', 'exit_code'],
  ['duration_ms', 'duration_ms'],
  ['error_class', 'error_class'],
  ['error', 'error'],
  ['input_bytes', 'input_bytes'],
  ['output_bytes', 'output_bytes'],
  ['facts', 'facts'],
  ['payload_sum', 'payload_sum'],
].map(([member, column]) => [`,"${member}":`, column as string] as const);

/** Text of the row's line in the stream of that bit, line end included; empty where it has none. */
export function lineOfRow(row: Row, bit: number): string {
  const body = bodyOfRow(row, bit);
  if (body !== null) return body === '' ? '' : `${body},"sum":"${sumOfBody(body)}"}\n`;
  const stream = STREAMS.find((each) => each.bit === bit);
  const record = stream?.lineFor(eventOfRow(row)) ?? null;
  return record === null ? '' : lineOf(record);
}

/** The line without its sum and its brace; null where the long way must be taken. */
function bodyOfRow(row: Row, bit: number): string | null {
  if (row.content !== null || typeof row.at_ms !== 'number') return null;
  if (row.kind === 'other') return bit === 4 ? wholeOther(row) : null;
  return row.kind === 'tool' && row.tool !== null ? bodyOfCall(row, bit) : null;
}

function wholeOther(row: Row): string {
  const model = row.model === null ? '' : `,"model":${text(row.model)}`;
  return `{"ts":${seconds(row)},"event":${text(row.hook_event)}${model}${ownMembers(row)}`;
}

function bodyOfCall(row: Row, bit: number): string | null {
  switch (bit) {
    case 1:
      return `{"ts":${seconds(row)},"tool":${text(row.tool)},"session":${session(row)},"model":${text(row.model ?? 'unknown')},"file_path":${text(row.file_path)},"command":${text(row.command)},"success":${success(row)}${ownMembers(row)}`;
    case 8:
      return `{"ts":${seconds(row)},"type":"tool_use","tool":${text(row.tool)},"file_path":${text(row.file_path)},"command":${text(row.command)},"success":${success(row)},"pwd":${text(row.cwd)},"id":${text(row.id)}`;
    case 16: {
      const code = row.exit_code === null ? '' : `"exit_code":${json(row.exit_code ?? null)},`;
      return `{"ts":${seconds(row)},"tool":${text(row.tool)},"success":${success(row)},${code}"session":${session(row)},"outcome":${text(row.outcome ?? 'unknown')},"id":${text(row.id)}`;
    }
    case 32: {
      if (row.command === null) return '';
      const command = String(row.command);
      const program = command.trim().split(/\s+/, 1)[0] ?? '';
      return `{"ts":${seconds(row)},"command":${text(program)},"full_command":${text(command)},"success":${success(row)},"session":${session(row)},"id":${text(row.id)}`;
    }
    default:
      return null;
  }
}

function ownMembers(row: Row): string {
  let members = `,"source":${text(row.source)},"id":${text(row.id)},"v":${RECORD_VERSION}`;
  for (const [member, column] of OWN_COLUMNS) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    members +=
      member + (column === 'facts' ? JSON.stringify(JSON.parse(String(value))) : json(value));
  }
  return members;
}

function json(value: SqlValue): string {
  return typeof value === 'string' ? text(value) : JSON.stringify(value);
}

/** Free of anything that JSON escapes, as most texts are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function text(value: SqlValue | undefined): string {
  const words = value == null ? '' : String(value);
  return PLAIN.test(words) ? `"${words}"` : JSON.stringify(words);
}

function seconds(row: Row): number {
  return Math.floor((row.at_ms as number) / 1000);
}

function session(row: Row): string {
  return text(row.session_id === null ? '' : String(row.session_id).slice(0, 8));
}

function success({ outcome }: Row): string {
  if (outcome === 'succeeded' || outcome === 'expected') return 'true';
  return outcome === 'failed' || outcome === 'timed_out' ? 'false' : 'null';
}
