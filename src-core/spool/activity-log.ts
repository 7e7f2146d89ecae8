/**
 * `activity.log` as people know it: a line for each call with its local time, a heading for each
 * session, and a line for each day, since the lines carry no date. Nothing counts it.
 */
import { appendFileSync, statSync } from 'node:fs';
import type { CapturedEvent } from '../event/event.ts';

const RULE = '═'.repeat(59);

/**
 * Appends the events' lines.
 * @throws the system's error when the log cannot be written
 */
export function appendActivity(path: string, events: readonly CapturedEvent[]): void {
  let day = dayOf(lastWrite(path));
  let text = '';
  for (const event of events) {
    const lines = activityLines(event);
    if (lines === '') continue;
    const eventDay = dayOf(event.at);
    if (eventDay !== day) text += `--- ${eventDay} ---\n`;
    day = eventDay;
    text += lines;
  }
  if (text !== '') appendFileSync(path, text, { mode: 0o600 });
}

/** What the log says of an event: whole lines, or nothing. */
export function activityLines(event: CapturedEvent): string {
  const time = timeOf(event.at);
  if (event.kind === 'tool') {
    const path = event.filePath === null ? '' : ` ${oneLine(event.filePath)}`;
    return `${time} ${oneLine(event.tool ?? '')}${path}\n`;
  }
  if (event.hookEvent === 'SessionStart') {
    return `\n${RULE}\nSESSION ${dayOf(event.at)} ${time} PWD:${oneLine(event.cwd ?? '')}\n`;
  }
  return event.hookEvent === 'SessionEnd' ? `SESSION END ${time}\n` : '';
}

/** A name may hold anything; a line of the log must stay one line and free of terminal escapes. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

function lastWrite(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const two = (value: number): string => String(value).padStart(2, '0');

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function timeOf(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
