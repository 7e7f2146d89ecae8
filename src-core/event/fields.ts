/** The fields of an event, for everything that treats them alike: records, rows. */
import type { CapturedEvent } from './event.ts';

/** Every field, in the order in which a record tells them; a test says that none is missing. */
export const EVENT_FIELDS = [
  'source',
  'id',
  'at',
  'kind',
  'hookEvent',
  'sessionId',
  'toolUseId',
  'promptId',
  'tool',
  'filePath',
  'command',
  'project',
  'cwd',
  'agentId',
  'agentType',
  'permissionMode',
  'model',
  'outcome',
  'exitCode',
  'durationMs',
  'errorClass',
  'error',
  'inputBytes',
  'outputBytes',
  'facts',
  'payloadSum',
  'content',
] as const satisfies readonly (keyof CapturedEvent)[];

/** A field of an event. */
export type EventField = (typeof EVENT_FIELDS)[number];

const NUMBERS: ReadonlySet<EventField> = new Set<EventField>([
  'at',
  'exitCode',
  'durationMs',
  'inputBytes',
  'outputBytes',
]);

/** True for a field that holds a number. */
export function isNumberField(field: EventField): boolean {
  return NUMBERS.has(field);
}

const WRITTEN = Object.fromEntries(
  EVENT_FIELDS.map((field) => [
    field,
    field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
  ]),
) as Readonly<Record<EventField, string>>;

/** The field's name as JSON and SQL write it: `hookEvent` is `hook_event`. */
export function writtenName(field: EventField): string {
  return WRITTEN[field];
}

/** An event made of its fields, each read by `read`. */
export function eventOfFields(read: (field: EventField) => unknown): CapturedEvent {
  const event: Partial<Record<EventField, unknown>> = {};
  for (const field of EVENT_FIELDS) event[field] = read(field);
  return event as CapturedEvent;
}
