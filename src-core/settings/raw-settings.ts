/** The file of the user's choices as it stands, and what both of its readers make of its parts. */
import { readFileSync } from 'node:fs';
import { isObject, type Json } from '../base/json.ts';

/** The file's members as they stand, and why there are none. */
export function readRawSettings(path: string): { raw: Json; problem: string | null } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { raw: {}, problem: null };
    return { raw: {}, problem: `${path} cannot be read: ${(error as Error).message}` };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { raw: value, problem: null };
    return { raw: {}, problem: `${path} holds no JSON object` };
  } catch (error) {
    return { raw: {}, problem: `${path} is not valid JSON: ${(error as Error).message}` };
  }
}

/** The texts in a list: a slip in one folder must not have the others recorded. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
