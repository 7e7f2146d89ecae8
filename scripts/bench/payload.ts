import { createRandom } from '../make-history/seeded-random.ts';

const random = createRandom(`bench ${process.pid} ${Date.now()}`);
const SESSION = random.uuid();
const PROMPT = random.uuid();

/** A payload of a tool call that never was before. */
export interface BenchPayload {
  readonly toolUseId: string;
  readonly text: string;
}

/** Makes one of about so many bytes; what fills it up is the tool's output. */
export function makePayload(bytes: number): BenchPayload {
  const toolUseId = `toolu_01${random.hex(22)}`;
  const make = (stdout: string): string =>
    JSON.stringify({
      session_id: SESSION,
      transcript_path: `/Users/dev/.claude/projects/-Users-dev-work-harbor-api/${SESSION}.jsonl`,
      cwd: '/Users/dev/work/harbor-api',
      prompt_id: PROMPT,
      permission_mode: 'acceptEdits',
      effort: { level: 'medium' },
      hook_event_name: 'PostToolUse',
      tool_name: 'Bash',
      tool_input: { command: 'npx vitest run test/booking.test.ts', description: 'Run the tests' },
      tool_response: { stdout, stderr: '', interrupted: false, isImage: false },
      tool_use_id: toolUseId,
      duration_ms: 3811,
    });
  const rest = Math.max(0, bytes - make('').length);
  return { toolUseId, text: make('x'.repeat(rest)) };
}
