/** Members of the old rows that several variants share. */
import { booleanOf, type Json, numberOf, textOf } from '../../src-core/base/json.ts';
import { oldSeconds } from './old-time.ts';

/** When a row says that it happened, whole seconds; null where it does not. */
export function timeOfRow(row: Json): number | null {
  return oldSeconds(row.ts) ?? oldSeconds(row.timestamp);
}

/** A text that holds more than blanks, else null: the old bridge died of a blank command. */
export function tellingText(value: unknown): string | null {
  const text = textOf(value);
  return text === null || text.trim() === '' ? null : text;
}

/** What the old hook called a session: the end of a folder's path, cut; null where it had none. */
export function folderOf(value: unknown): string | null {
  const text = tellingText(value);
  return text === null || text === 'unknown' ? null : text;
}

/** The name that the old hook made of a folder, to compare it with those in other files. */
export function folderOfPwd(pwd: string | null): string | null {
  return pwd === null ? null : folderOf(firstCharacters(pwd.split('/').at(-1) ?? '', 8));
}

/** The old bridge cut commands to so many characters. */
export const COMMAND_KEPT = 200;

/** The first characters of a text, counted as Python counts them. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  return Array.from(text.slice(0, count * 2))
    .slice(0, count)
    .join('');
}

/** What a row claims of a call's end. */
export function claimOf(row: Json): { success: boolean | null; exitCode: number | null } {
  return { success: booleanOf(row.success), exitCode: numberOf(row.exit_code) };
}

/**
 * The model where the row knows it. The old hook wrote "sonnet" whenever it was not told one, and
 * it never was.
 */
export function modelOfHook(value: unknown): string | null {
  const model = modelOfTranscript(value);
  return model === 'sonnet' ? null : model;
}

/** The model that a backfill read in a transcript. */
export function modelOfTranscript(value: unknown): string | null {
  const model = tellingText(value);
  return model === 'unknown' ? null : model;
}
