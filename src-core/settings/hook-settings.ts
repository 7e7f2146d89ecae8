/** The two settings that the hook obeys, read without the schema's library, which would be a tenth of the hook. */
import type { PrivacyLevel } from '../event/content.ts';
import { readRawSettings, textsIn } from './raw-settings.ts';

/** What the hook obeys. */
export interface HookSettings {
  readonly privacy: PrivacyLevel;
  readonly excludedFolders: readonly string[];
  /** What was wrong with the file; the defaults are used for it. */
  readonly problems: readonly string[];
}

const LEVELS: readonly unknown[] = ['metadata', 'redacted', 'full'] satisfies PrivacyLevel[];

/** Reads the file as `readSettings` does; a missing one gives the defaults. Never throws. */
export function readHookSettings(path: string): HookSettings {
  const { raw, problem } = readRawSettings(path);
  const problems = problem === null ? [] : [problem];
  const { privacy = 'metadata', excludedFolders = [] } = raw;
  const folders = textsIn(excludedFolders);
  const isLevel = LEVELS.includes(privacy);
  if (!isLevel) problems.push('setting privacy: no level');
  if (!Array.isArray(excludedFolders) || folders.length < excludedFolders.length) {
    problems.push('setting excludedFolders: no list of folders');
  }
  return {
    privacy: isLevel ? (privacy as PrivacyLevel) : 'metadata',
    excludedFolders: folders,
    problems,
  };
}
