/**
 * The made-up life of a user of the old pipeline: sessions one after the other, and the calls in
 * them so far apart that hook and transcript can always be known as one, but for long calls.
 */
import type { Random } from '../make-history/seeded-random.ts';
import type { OldCall, OldPrompt, OldSession } from './old-call.ts';

/** One session with what happened in it. */
export interface OldWork {
  readonly session: OldSession;
  readonly calls: readonly OldCall[];
  readonly prompts: readonly OldPrompt[];
}

/** What a session is to be like. */
export interface WorkOrder {
  /** How many calls the old pipeline had a hook for; some others come on top. */
  readonly hookedCalls: number;
  /** One of them runs for minutes. */
  readonly hasLongCall: boolean;
}

/** A tool for which the old pipeline had no hook: transcripts alone tell of it. */
export const UNHOOKED = 'mcp__github__search_code';

const FOLDERS = [
  '/Users/dev/projects/OS-App',
  '/Users/dev/projects/meta-dashboard',
  '/Users/dev/projects/meta-dashboards',
  '/Users/dev/notes/Größen',
  '/Users/dev/.claude',
];
const TOOLS = [
  { tool: 'Read', weight: 30 },
  { tool: 'Edit', weight: 18 },
  { tool: 'Write', weight: 6 },
  { tool: 'Bash', weight: 26 },
  { tool: 'Grep', weight: 10 },
  { tool: 'Glob', weight: 6 },
  { tool: 'Task', weight: 2 },
  { tool: 'WebFetch', weight: 2 },
];
const COMMANDS = [
  'npm test',
  'git status',
  'git log --oneline -5',
  'ls -la src',
  'python3 -m pytest -x tests/unit',
  'curl -s -H "Authorization: Bearer sk-ant-made-up-0123456789abcdef" https://example.com/v1',
  'DB_PASSWORD=hunter2 ./migrate.sh --all',
  'grep -rn "größer" docs | head -20',
];
/** Longer than what the bridge kept of a command. */
const LONG_COMMAND = `npm run build && ${'echo still at it; '.repeat(20)}true`;
const PROMPTS = ['fix the failing test', 'why is the chart empty?', 'räum das auf', 'commit this'];

/** Farther apart than what pairing reaches over, both ways. */
const APART_S = 12;
/** Farther than anybody would look for the end of a call. */
const AFTER_LONG_CALL_S = 700;

/** A life: each call of the function is one session, later than the one before. */
export function createOldLife(random: Random, fromS: number): (order: WorkOrder) => OldWork {
  let nowS = fromS;
  return (order) => {
    const id = random.uuid();
    const pwd = random.pick(FOLDERS);
    const model = random.pick(['opus', 'sonnet', 'haiku'] as const);
    const startedS = nowS;
    nowS += random.integer(15, 60);
    const { calls, prompts, endedS } = workThrough(random, nowS, { ...order, pwd });
    const session: OldSession = { id, pwd, model, startedS, endedS };
    nowS = endedS + random.integer(2000, 5000);
    return {
      session,
      calls: calls.map((call) => ({ ...call, session })),
      prompts: prompts.map((prompt) => ({ ...prompt, session })),
    };
  };
}

type Anonymous<T> = Omit<T, 'session'>;

function workThrough(
  random: Random,
  fromS: number,
  { hookedCalls, hasLongCall, pwd }: WorkOrder & { readonly pwd: string },
) {
  const calls: Anonymous<OldCall>[] = [];
  const prompts: Anonymous<OldPrompt>[] = [];
  let nowS = fromS;
  for (let left = hookedCalls; left > 0; ) {
    if (random.chance(0.16))
      prompts.push({ atS: nowS - 7, text: `${random.pick(PROMPTS)} (${nowS})` });
    const isLong = hasLongCall && left === 1;
    const isHooked = isLong || random.chance(0.91);
    const call = makeCall(random, nowS, { pwd, isLong, isHooked });
    // Several calls of one message end in the same second.
    const together = isHooked && left > 1 && random.chance(0.08) ? 2 : 1;
    for (let i = 0; i < together; i++) calls.push({ ...call });
    if (isHooked) left -= together;
    nowS = call.endedS + (isLong ? AFTER_LONG_CALL_S : APART_S + random.integer(0, 25));
  }
  return { calls, prompts, endedS: nowS };
}

interface CallOrder {
  readonly pwd: string;
  readonly isLong: boolean;
  readonly isHooked: boolean;
}

function makeCall(
  random: Random,
  beganS: number,
  { pwd, isLong, isHooked }: CallOrder,
): Anonymous<OldCall> {
  const usual = isLong ? 'Bash' : random.weighted(TOOLS, ({ weight }) => weight).tool;
  const tool = isHooked ? usual : UNHOOKED;
  const file = `${pwd}/src/${random.pick(['a', 'b', 'größe', 'index'])}-${random.integer(1, 40)}.ts`;
  const command = random.chance(0.05) ? LONG_COMMAND : random.pick(COMMANDS);
  return {
    beganS,
    endedS: beganS + (isLong ? random.integer(30, 200) : random.integer(0, 4)),
    tool,
    filePath: tool === 'Edit' || tool === 'Write' ? file : '',
    command: tool === 'Bash' ? command : '',
  };
}
