/** How made-up calls end: as often as in a developer's month, in the client's own sentences. */
import type { Json } from '../../src-core/base/json.ts';
import type { Outcome } from '../../src-core/event/event.ts';
import type { CallDraft } from './call.ts';
import type { Session } from './session.ts';

/** Per thousand calls of a tool; what is left of the thousand succeeds. */
type Odds = Partial<Record<Exclude<Outcome, 'succeeded'>, number>>;

const ODDS: Readonly<Record<string, Odds>> = {
  check: { failed: 175, timed_out: 30, interrupted: 15, rejected: 8 },
  search: { expected: 118, failed: 13, interrupted: 3, unknown: 4, denied: 8, rejected: 6 },
  Bash: {
    expected: 22,
    failed: 28,
    timed_out: 4,
    interrupted: 9,
    unknown: 6,
    denied: 14,
    rejected: 9,
  },
  Read: { failed: 17, unknown: 5, denied: 3 },
  Edit: { failed: 33, unknown: 4, rejected: 9 },
  Write: { failed: 17, denied: 20, rejected: 15 },
  WebFetch: { failed: 60, interrupted: 10, denied: 50 },
  Agent: { failed: 9, interrupted: 14 },
  mcp: { failed: 40, unknown: 12 },
};

/** Draws how a call ends. */
export function drawEnding({ random }: Session, { tool, nature }: CallDraft): Outcome {
  const odds = ODDS[nature ?? (tool.startsWith('mcp__') ? 'mcp' : tool)] ?? {};
  let rest = random.next() * 1000;
  for (const [ending, perThousand] of Object.entries(odds)) {
    rest -= perThousand;
    if (rest < 0) return ending as Outcome;
  }
  return 'succeeded';
}

/** What a payload tells of a call beside its tool and id. */
export interface Telling {
  readonly event: 'PostToolUse' | 'PostToolUseFailure' | 'PostToolBatch';
  /** Response of a Post or a Batch, error of a Failure. */
  readonly said: unknown;
  readonly isInterrupt?: boolean;
}

/** What the client says of a call that ended so. */
export function tellEnding(session: Session, draft: CallDraft, ending: Outcome): Telling {
  switch (ending) {
    case 'succeeded':
      return { event: 'PostToolUse', said: draft.response };
    case 'expected':
      return {
        event: 'PostToolUse',
        said: { ...(draft.response as Json), returnCodeInterpretation: 'No matches found' },
      };
    case 'failed':
      return tellFailure(session, draft);
    case 'timed_out':
      return {
        event: 'PostToolUseFailure',
        said: 'Exit code 143\nCommand timed out after 2m 0.0s',
      };
    case 'denied':
      return {
        event: 'PostToolBatch',
        said: `${denialOf(draft)}, but you haven't granted it yet.`,
      };
    case 'rejected':
      return {
        event: 'PostToolBatch',
        said: "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). STOP what you are doing and wait for the user to tell you how to proceed.",
      };
    case 'interrupted':
      return {
        event: 'PostToolUseFailure',
        said: 'The command was aborted by the user.',
        isInterrupt: true,
      };
    case 'unknown':
      return { event: 'PostToolBatch', said: 'Done.' };
  }
}

function denialOf({ tool, input }: CallDraft): string {
  const what = tool === 'Write' ? `write to ${input.file_path}` : `use ${tool}`;
  return `Claude requested permissions to ${what}`;
}

const wrapped = (text: string): string => `<tool_use_error>${text}</tool_use_error>`;

const EDIT_ERRORS = [
  'String to replace not found in file.\nString: return missing(id);',
  'Found 3 matches of the string to replace, but replace_all is false. To replace all occurrences, set replace_all to true. To replace only one occurrence, please provide more context to uniquely identify the instance.',
  'File has not been read yet. Read it first before writing to it.',
  'File has been modified since read, either by the user or by a linter. Read it again before attempting to write it.',
] as const;

function tellFailure({ random, folder, project }: Session, { tool, input }: CallDraft): Telling {
  const failure = (said: string): Telling => ({ event: 'PostToolUseFailure', said });
  const batch = (said: string): Telling => ({ event: 'PostToolBatch', said: wrapped(said) });
  switch (tool) {
    case 'Bash':
      return failure(
        `Exit code ${random.weighted([1, 2, 101, 127], exitWeight)}\n${random.pick(project.complaints)}`,
      );
    case 'Read':
      return failure(
        random.pick([
          `File does not exist. Note: your current working directory is ${folder}.`,
          `EISDIR: illegal operation on a directory, read '${input.file_path}'`,
          'File content (31204 tokens) exceeds maximum allowed tokens (25000). Use offset and limit parameters to read specific portions of the file, or search for specific content instead of reading the whole file.',
        ]),
      );
    case 'Edit':
      return batch(random.weighted(EDIT_ERRORS, (text) => (text === EDIT_ERRORS[0] ? 4 : 1)));
    case 'Write':
      return batch(EDIT_ERRORS[2]);
    case 'WebFetch':
      return failure(`Request failed with status code ${random.pick([403, 404, 404, 503])}`);
    case 'Agent':
      return failure(
        `Agent type '${input.subagent_type}' not found. Available agents: claude, Explore, general-purpose, Plan, statusline-setup`,
      );
    default:
      return failure('MCP error -32603: the server closed the connection');
  }
}

function exitWeight(code: number): number {
  return code === 1 ? 14 : 1;
}
