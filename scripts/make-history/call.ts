/** Made-up tool calls: what each tool is given and what it gives back when all goes well. */
import type { Json } from '../../src-core/base/json.ts';
import { fill } from './filler.ts';
import type { ProjectCommand } from './project.ts';
import type { Session } from './session.ts';

/** A call before it is known how it ends. */
export interface CallDraft {
  readonly tool: string;
  readonly input: Json;
  /** `tool_response` of a success. */
  readonly response: unknown;
  readonly durationMs: number;
  /** A check may well fail, and a search may well find nothing. */
  readonly nature?: 'check' | 'search';
}

/** Reads a file of the project. */
export function readCall({ random, folder }: Session, file: string): CallDraft {
  const content = fill(random, 1500);
  const filePath = `${folder}/${file}`;
  const lines = Math.ceil(content.length / 34);
  return {
    tool: 'Read',
    input: { file_path: filePath },
    response: {
      type: 'text',
      file: { filePath, content, numLines: lines, startLine: 1, totalLines: lines },
    },
    durationMs: random.integer(3, 19),
  };
}

/** Changes a few lines of a file. */
export function editCall({ random, folder }: Session, file: string): CallDraft {
  const filePath = `${folder}/${file}`;
  const oldString = fill(random, 120);
  const newString = fill(random, 170);
  return {
    tool: 'Edit',
    input: {
      file_path: filePath,
      old_string: oldString,
      new_string: newString,
      replace_all: false,
    },
    response: {
      filePath,
      oldString,
      newString,
      originalFile: fill(random, 1500),
      structuredPatch: [],
      userModified: false,
      replaceAll: false,
    },
    durationMs: random.integer(5, 26),
  };
}

/** Writes a new file. */
export function writeCall({ random, folder }: Session, file: string): CallDraft {
  const filePath = `${folder}/${file}`;
  const content = fill(random, 1900);
  return {
    tool: 'Write',
    input: { file_path: filePath, content },
    response: { type: 'create', filePath, content, structuredPatch: [], originalFile: null },
    durationMs: random.integer(4, 22),
  };
}

/** Looks for a word in the sources. */
export function grepCall({ random, folder, project }: Session): CallDraft {
  const content = fill(random, 500);
  return {
    tool: 'Grep',
    input: { pattern: random.pick(project.things), path: folder, output_mode: 'content' },
    response: { mode: 'content', numFiles: 0, filenames: [], content, numLines: 9 },
    durationMs: random.integer(18, 140),
  };
}

/** Looks for files by name. */
export function globCall({ random, folder, project }: Session): CallDraft {
  const filenames = project.areas.map((area) => `${area}/${random.pick(project.things)}`);
  return {
    tool: 'Glob',
    input: { pattern: `**/*${random.pick(project.things)}*`, path: folder },
    response: { filenames, durationMs: 22, numFiles: filenames.length, truncated: false },
    durationMs: random.integer(14, 90),
  };
}

/** Runs a command. */
export function bashCall({ random }: Session, { command, medianMs }: ProjectCommand): CallDraft {
  return {
    tool: 'Bash',
    input: { command, description: `Run ${command.split(' ', 2).join(' ')}` },
    response: {
      stdout: fill(random, 700),
      stderr: '',
      interrupted: false,
      isImage: false,
      noOutputExpected: false,
    },
    durationMs: Math.round(random.spread(medianMs, 1.35)),
  };
}

/** Looks for something with a command, as is often done. */
export function searchCall(session: Session): CallDraft {
  const { random, project } = session;
  const thing = random.pick(project.things);
  const area = random.pick(project.areas);
  const command = random.pick([
    `rg -n "${thing}" ${area}`,
    `grep -rn "${thing}" ${area} | head -40`,
    `rg -l "${thing}"`,
    `find ${area} -name "*${project.ending}" -newer package.json`,
    `sed -n '1,80p' ${area}/${thing}${project.ending}`,
    `wc -l ${area}/*${project.ending}`,
  ]);
  return { ...bashCall(session, { command, medianMs: 45 }), nature: 'search' };
}

const PAGES = [
  'https://docs.python.org/3/library/zoneinfo.html',
  'https://www.postgresql.org/docs/current/rangetypes.html',
  'https://developer.mozilla.org/en-US/docs/Web/API/History/replaceState',
  'https://doc.rust-lang.org/std/iter/trait.Iterator.html',
  'https://vite.dev/guide/build',
] as const;

/** Reads a page of the web, or searches it. */
export function webCall({ random, project }: Session): CallDraft {
  const durationMs = Math.round(random.spread(2400, 1.6));
  if (random.chance(0.35)) {
    const query = `${random.pick(project.things)} ${project.ending.slice(1)} best practice`;
    return { tool: 'WebSearch', input: { query }, response: fill(random, 1500), durationMs };
  }
  return {
    tool: 'WebFetch',
    input: { url: random.pick(PAGES), prompt: 'What does this page say about the defaults?' },
    response: { code: 200, codeText: 'OK', result: fill(random, 1200), durationMs },
    durationMs,
  };
}

/** Asks a tool of an MCP server. */
export function serverCall({ random }: Session, tool: string): CallDraft {
  return {
    tool,
    input: { query: fill(random, 60) },
    response: [{ type: 'text', text: fill(random, 900) }],
    durationMs: Math.round(random.spread(240, 2)),
  };
}

/** Notes a task, or says that it is done. */
export function taskCall({ random, project }: Session, isDone: boolean): CallDraft {
  const durationMs = random.integer(40, 90);
  if (isDone) {
    const input = { taskId: String(random.integer(1, 6)), status: 'completed' };
    return { tool: 'TaskUpdate', input, response: { success: true, ...input }, durationMs };
  }
  const subject = `Check the ${random.pick(project.things)}`;
  const input = { subject, description: subject, activeForm: `Checking` };
  return { tool: 'TaskCreate', input, response: { task: { id: '1', subject } }, durationMs };
}
