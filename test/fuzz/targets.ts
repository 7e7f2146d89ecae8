/** All parsers that are fed with what others wrote. */
import type { FuzzTarget } from './target.ts';
import { claudeSettingsTarget } from './targets/claude-settings.ts';
import { commandTarget } from './targets/command.ts';
import { journalTarget } from './targets/journal.ts';
import { oldRecordTarget } from './targets/old-record.ts';
import { payloadTarget } from './targets/payload.ts';
import { redactorTarget } from './targets/redactor.ts';
import { settingsTarget } from './targets/settings.ts';
import { transcriptTarget } from './targets/transcript.ts';

/** The parsers. */
export const TARGETS: readonly FuzzTarget[] = [
  payloadTarget,
  redactorTarget,
  settingsTarget,
  claudeSettingsTarget,
  commandTarget,
  transcriptTarget,
  journalTarget,
  oldRecordTarget,
];
