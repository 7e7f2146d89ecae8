/** Which user lines are prompts: as such appear also results, notices and what commands printed. */
import { isObject, textOf } from '../base/json.ts';
import { blocksOf, type TranscriptLine } from './wire.ts';

/** A prompt that a person, or a program in a person's place, gave. */
export interface TranscriptPrompt {
  readonly promptId: string;
  readonly sessionId: string;
  readonly text: string;
  readonly at: number;
  readonly cwd: string | null;
  readonly permissionMode: string | null;
}

/** How lines begin that the client wrote itself into the place of a prompt. */
const CLIENTS_OWN = /^(?:<[a-z][a-z-]*>|\[Request interrupted|Caveat: )/;

/** The prompt that a line tells; null where it is none, or none that has an identity. */
export function promptOf(line: TranscriptLine): TranscriptPrompt | null {
  const { raw, promptId, sessionId, agentId, at, cwd } = line;
  if (line.type !== 'user' || promptId === null || sessionId === null || at === null) return null;
  if (agentId !== null || raw.isSidechain === true || raw.isMeta === true) return null;
  if (raw.isCompactSummary === true || raw.isVisibleInTranscriptOnly === true) return null;
  const text = promptText(line);
  if (text === null || !isGiven(raw.promptSource, text)) return null;
  const prompt = textOfCommand(text) ?? text;
  return { promptId, sessionId, text: prompt, at, cwd, permissionMode: textOf(raw.permissionMode) };
}

/** The words of a user line that holds no result. */
export function promptText(line: TranscriptLine): string | null {
  const { content } = line.message;
  if (typeof content === 'string') return content;
  const blocks = blocksOf(line);
  if (blocks.some(({ type }) => type === 'tool_result')) return null;
  return textOf(blocks.find(({ type }) => type === 'text')?.text);
}

/** Clients that name the source say whether a person gave it; of others the beginning tells. */
function isGiven(source: unknown, text: string): boolean {
  return typeof source === 'string' ? source !== 'system' : !CLIENTS_OWN.test(text);
}

const COMMAND = /^<command-name>(\/[^<]{1,200})<\/command-name>/;
const COMMAND_ARGUMENTS = /<command-args>([^<]*)<\/command-args>/;

/** A slash command as it was typed, which is how the hook is told of it. */
function textOfCommand(text: string): string | null {
  const name = COMMAND.exec(text)?.[1];
  if (name === undefined) return null;
  return `${name} ${COMMAND_ARGUMENTS.exec(text)?.[1] ?? ''}`.trimEnd();
}

/** How a session began, as far as its own lines tell. */
export function startSourceOf(line: TranscriptLine): 'startup' | 'fork' | 'clear' {
  if (isObject(line.raw.forkedFrom)) return 'fork';
  return COMMAND.exec(promptText(line) ?? '')?.[1] === '/clear' ? 'clear' : 'startup';
}
