/** What each recorded payload becomes, as the rows of the table in docs/events.md. */
import type { CapturedEvent, RunningCall } from '../../src-core/event/event.ts';
import { captureText } from './capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from './claude-fixtures.ts';

const HEAD = ['payload', 'record', 'name', 'outcome', 'exit', 'error class', 'facts'];

/** The table's lines. */
export function eventsTable(): readonly string[] {
  const rows = HOOK_FIXTURES.flatMap((name) => {
    const { events, running } = captureText(hookPayload(name));
    const told = [...events.map(cellsOf), ...(running === null ? [] : [runningCells(running)])];
    return (told.length === 0 ? [['none', '', '', '', '', '']] : told).map((cells) => [
      name,
      ...cells,
    ]);
  });
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function cellsOf(event: CapturedEvent): readonly string[] {
  const facts = Object.entries(event.facts ?? {}).map(([name, value]) => `${name}=${value}`);
  return [
    event.kind,
    event.tool ?? event.hookEvent,
    event.outcome ?? '',
    event.exitCode === null ? '' : String(event.exitCode),
    event.errorClass ?? '',
    facts.join(', '),
  ].map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' '));
}

function runningCells({ tool }: RunningCall): readonly string[] {
  return ['runs now, no record', tool, '', '', '', ''];
}
