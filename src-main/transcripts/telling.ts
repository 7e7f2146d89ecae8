/** Makes events of what transcripts tell, and leaves out what is not to be recorded at all. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { createRedactor, type Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { keyedHash, sha256 } from '../../src-core/journal/sum.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import {
  eventOfCall,
  eventOfPrompt,
  eventOfStart,
  type TellingContext,
} from '../../src-core/transcript/event.ts';
import { offsetOf, type Told } from './read-file.ts';

/** A call as the audit keeps it: that it was asked for, when and where. */
export interface WitnessedCall {
  readonly tool: string;
  readonly at: number;
  /** Null while it waits for its result. */
  readonly endedAt: number | null;
}

/** An event that a transcript tells. */
export interface Telling {
  readonly event: CapturedEvent;
  /** Null for what is no call. */
  readonly call: WitnessedCall | null;
  /** Where in the file it begins. */
  readonly offset: number;
}

/** Makes the event of something told; null for what is to be left out or cannot be told apart. */
export type Teller = (told: Told, project: string | null) => Telling | null;

/** Builds a teller by the settings as they are now. */
export function createTeller(paths: Paths, key: Uint8Array): Teller {
  const { settings } = readSettings(paths.settings);
  const isExcluded = createExclusion(settings.excludedFolders);
  const tombstones = openTombstones(paths);
  // What was taken back by its id may be asked for again, and is known as left out until then.
  const isForgotten = (event: CapturedEvent): boolean =>
    tombstones.covers(event) && (!tombstones.coversId(event.id) || tombstones.isForGood(event.id));
  const hash = keyedHash(key);
  const context: TellingContext = {
    redactor: rememberRedacted(createRedactor(hash)),
    digest: sha256,
    keyedHash: hash,
    privacy: settings.privacy,
    project: null,
  };
  return (told, project) => {
    if (isExcluded(project, folderOf(told))) return null;
    const event = eventOf(told, { ...context, project });
    if (event === null || isForgotten(event)) return null;
    return { event, call: witnessed(told, event), offset: offsetOf(told) };
  };
}

function eventOf(told: Told, context: TellingContext): CapturedEvent | null {
  switch (told.kind) {
    case 'call':
      return eventOfCall(told.call, told.result, context);
    case 'prompt':
      return eventOfPrompt(told.prompt, context);
    case 'start':
      return eventOfStart(told.start, context);
  }
}

function folderOf(told: Told): string | null {
  switch (told.kind) {
    case 'call':
      return told.call.cwd;
    case 'prompt':
      return told.prompt.cwd;
    case 'start':
      return told.start.cwd;
  }
}

function witnessed(told: Told, { tool }: CapturedEvent): WitnessedCall | null {
  return told.kind === 'call'
    ? { tool: tool ?? '', at: told.call.at, endedAt: told.endedAt }
    : null;
}

const LONGEST_REMEMBERED = 256;
const MOST_REMEMBERED = 4000;

/** Folders, paths, tools and most commands come again and again. */
function rememberRedacted(redactor: Redactor): Redactor {
  const known = new Map<string, string>();
  return {
    redact: (text) => {
      if (text.length > LONGEST_REMEMBERED) return redactor.redact(text);
      const before = known.get(text);
      if (before !== undefined) return before;
      const redacted = redactor.redact(text);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(text, redacted);
      return redacted;
    },
  };
}
