/** A private home with transcripts in it, recorded and made up, and the backfill over it. */
import { appendFileSync, cpSync, mkdirSync, readFileSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silentLogger } from '../../src-core/base/logger.ts';
import type { Row } from '../../src-core/store/driver.ts';
import { type Backfiller, createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import type { Home } from './home.ts';
import { NOON } from './make-event.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'transcripts');

/** The recorded trees. */
export const TREES = [
  'api-error',
  'background-bash',
  'hook-failures-recorded',
  'interactive-main-compact',
  'large-output',
  'main',
  'mcp',
  'permission-denied',
  'sigint-in-tool',
  'sigkill-in-tool',
  'two-background-agents',
] as const;

/** When all that was recorded is long over. */
export const AFTERWARDS = Date.parse('2026-11-24T12:00:00Z');

/** Copies recorded transcripts into the home. */
export function addTree({ paths }: Home, tree: (typeof TREES)[number]): void {
  cpSync(join(FIXTURES, tree, 'projects'), paths.projects, { recursive: true });
}

/** The checked table: each call of a tree, its columns without spaces around them. */
export function checkedCalls(tree: string): readonly (readonly string[])[] {
  return readFileSync(join(FIXTURES, 'calls.txt'), 'utf8')
    .split('\n')
    .map((line) => line.split(' | '))
    .filter(([name]) => name === tree)
    .map(([, ...columns]) => columns);
}

/** The backfill over a home in which the hook counts as installed. */
export function backfillerOf(home: Home): Backfiller {
  const { paths, open, clock } = home;
  home.pretendInstalled();
  return createBackfiller({ paths, open, clock, log: silentLogger, waitMs: 0 });
}

/** Members of a line that a test wants otherwise. */
export type LineMembers = Readonly<Record<string, unknown>>;

/** A made-up session's transcript. */
export interface MadeTranscript {
  readonly path: string;
  /** A prompt of the user. */
  prompt(text: string, members?: LineMembers): void;
  /** Asks for a call; its result is written unless it is `null`. */
  call(id: string, result?: LineMembers | null, members?: LineMembers): void;
  /** The result of a call that was asked for before. */
  result(id: string, members?: LineMembers): void;
  /** Any text, as it is. */
  raw(text: string): void;
}

/** Where and how to make a transcript up. */
export interface MakeOptions {
  readonly sessionId: string;
  readonly agentId?: string;
  readonly folder?: string;
  readonly cwd?: string;
  /** Time of the first line; each further one comes a second later. */
  readonly at: number;
  readonly model?: string;
}

/** Begins a transcript, or goes on with it. */
export function makeTranscript({ paths }: Home, options: MakeOptions): MadeTranscript {
  const { sessionId, agentId, folder = '-Users-dev-project', cwd = '/Users/dev/project' } = options;
  const { model = 'claude-opus-5-5' } = options;
  const own = join(paths.projects, folder, sessionId);
  const path =
    agentId === undefined ? `${own}.jsonl` : join(own, 'subagents', `agent-${agentId}.jsonl`);
  mkdirSync(dirname(path), { recursive: true });
  let { at } = options;
  let promptId = `prompt-${sessionId.slice(0, 8)}-0`;
  let prompts = 0;
  const write = (type: string, members: LineMembers): void => {
    const line = {
      parentUuid: null,
      isSidechain: agentId !== undefined,
      ...(agentId === undefined ? {} : { agentId }),
      type,
      uuid: `uuid-${sessionId}-${at}`,
      timestamp: new Date(at).toISOString(),
      ...members,
      userType: 'external',
      entrypoint: 'cli',
      cwd,
      sessionId,
      version: '2.1.330',
    };
    raw(`${JSON.stringify(line)}\n`);
    at += 1000;
  };
  const raw = (text: string): void => {
    appendFileSync(path, text);
    utimesSync(path, at / 1000, at / 1000);
  };
  const result = (id: string, members: LineMembers = {}): void => {
    const { response = { stdout: 'ok', interrupted: false }, ...block } = members;
    const content = [{ type: 'tool_result', content: 'ok', tool_use_id: id, ...block }];
    write('user', { promptId, message: { role: 'user', content }, toolUseResult: response });
  };
  return {
    path,
    raw,
    result,
    prompt: (text, members = {}) => {
      promptId = `prompt-${sessionId.slice(0, 8)}-${++prompts}`;
      const message = { role: 'user', content: text };
      write('user', { promptId, message, promptSource: 'typed', ...members });
    },
    call: (id, told = {}, members = {}) => {
      const { name = 'Bash', input = { command: 'npm test' }, ...rest } = members;
      const content = [{ type: 'tool_use', id, name, input }];
      write('assistant', {
        message: { id: `msg_${id}`, model, role: 'assistant', content },
        ...rest,
      });
      if (told !== null) result(id, told);
    },
  };
}

/** The session of which most tests tell. */
export const S1 = '11111111-aaaa-4bbb-8ccc-000000000001';

/** What tests of the backfill do with their home: make transcripts of two hours ago, look at calls. */
export function transcriptHome(home: () => Home) {
  return {
    transcript: (members: Partial<MakeOptions> = {}): MadeTranscript =>
      makeTranscript(home(), { sessionId: S1, at: NOON - 2 * 3_600_000, ...members }),
    /** The row of a call; null where there is none. */
    call: (id: string): Row | null =>
      home().query(`SELECT * FROM hookline_event WHERE id = '${id}'`)[0] ?? null,
    /** Outcomes of all calls by their ids. */
    outcomes: (): Record<string, unknown> =>
      Object.fromEntries(
        home()
          .query("SELECT id, outcome FROM hookline_event WHERE kind = 'tool' ORDER BY id")
          .map(({ id, outcome }) => [id, outcome]),
      ),
  };
}
