/** Lines of `tool-usage.jsonl`: nine variants of six writers. */
import { type Json, textOf } from '../../src-core/base/json.ts';
import { bad, type OldObservation, observed, type Reading } from './observation.ts';
import {
  claimOf,
  folderOf,
  modelOfHook,
  modelOfTranscript,
  tellingText,
  timeOfRow,
} from './old-members.ts';
import type { VariantName } from './variants.ts';

/** Reads a line that is not ours. `isCompact`: written without blanks, so by a shell. */
export function readToolUsage(row: Json, isCompact: boolean): Reading {
  const tool = tellingText(row.tool);
  if (tool === null) return bad('no tool');
  const atS = timeOfRow(row);
  if (atS === null) return bad('no time');
  const variant = variantOf(row, isCompact);
  return observed({
    atS,
    // The old table keeps sessions among the tools, and so may a line made from it.
    subject: tool === 'session_start' || tool === 'session_end' ? tool : 'call',
    variant,
    tool,
    filePath: tellingText(row.file_path) ?? tellingText(row.file),
    command: tellingText(row.command),
    ...claimOf(row),
    ...sessionOf(row, variant),
  });
}

function variantOf(row: Json, isCompact: boolean): VariantName {
  switch (row.source) {
    case 'backfill':
      return textOf(row.model) === null ? 'backfill' : 'bulk-backfill';
    case 'sqlite':
      return row.success === undefined ? 'fast-bridge' : 'bridge';
    case 'hook':
      return hookVariant(row, isCompact);
    default:
      return 'other-call';
  }
}

function hookVariant(row: Json, isCompact: boolean): VariantName {
  if (row.session === undefined) return 'echo';
  const hasDetails = row.file_path !== undefined || row.command !== undefined;
  if (isCompact)
    return hasDetails || row.exit_code !== undefined ? 'post-tool-enhanced' : 'post-tool';
  return hasDetails ? 'hook' : 'early-hook';
}

type SessionMembers = Pick<OldObservation, 'folder' | 'sessionPrefix' | 'model'>;

/** `session` is the end of a folder's name, the beginning of a session's id, or of the time. */
function sessionOf(row: Json, variant: VariantName): SessionMembers {
  switch (variant) {
    case 'bulk-backfill':
    case 'backfill':
      return {
        folder: null,
        sessionPrefix: tellingText(row.session),
        model: modelOfTranscript(row.model),
      };
    case 'fast-bridge':
      return {
        folder: null,
        sessionPrefix: tellingText(row.session),
        model: modelOfHook(row.model),
      };
    case 'post-tool':
    case 'post-tool-enhanced':
      return { folder: null, sessionPrefix: null, model: modelOfHook(row.model) };
    default:
      return { folder: folderOf(row.session), sessionPrefix: null, model: modelOfHook(row.model) };
  }
}
