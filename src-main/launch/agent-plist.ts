/** The launch agent's property list. Pure. */
import * as plist from 'plist';
import * as v from 'valibot';
import type { LoginProgram } from './login-item.ts';

/** The name under which launchd knows the agent. */
export const AGENT_LABEL = 'app.hookline.login';
/** The app's bundle, by whose name the system's settings show the agent. */
const BUNDLE = 'app.hookline.Hookline';
/** Seconds between two starts at least: an app that crashes at once must not heat the machine. */
const THROTTLE_S = 30;

const Agent = v.object({
  Label: v.string(),
  Program: v.optional(v.string()),
  ProgramArguments: v.optional(v.array(v.string())),
});
/** What we need of anybody's agent. */
export interface AgentFacts {
  readonly label: string;
  /** The program and its arguments. */
  readonly call: readonly string[];
}

/**
 * The agent that starts the program at login, and again only after a crash: an app that was quit
 * stays quit. It sets no variables, so no secret of a shell gets into the file.
 */
export function buildAgentPlist(program: LoginProgram, logFolder: string): string {
  const agent = {
    Label: AGENT_LABEL,
    ProgramArguments: [program.path, ...program.args],
    RunAtLoad: true,
    KeepAlive: { Crashed: true },
    ThrottleInterval: THROTTLE_S,
    // Standard agents are slowed down; a menu has to open at once.
    ProcessType: 'Interactive',
    LimitLoadToSessionType: 'Aqua',
    AssociatedBundleIdentifiers: [BUNDLE],
    StandardOutPath: `${logFolder}/login.log`,
    StandardErrorPath: `${logFolder}/login-errors.log`,
  };
  return `${plist.build(agent)}\n`;
}

/** Reads an agent, XML or binary; null for a file that is none. */
export function parseAgent(bytes: Uint8Array): AgentFacts | null {
  try {
    const result = v.safeParse(Agent, parsePlist(Buffer.from(bytes)));
    if (!result.success) return null;
    const { Label, Program, ProgramArguments = [] } = result.output;
    const [, ...rest] = ProgramArguments;
    return { label: Label, call: Program === undefined ? ProgramArguments : [Program, ...rest] };
  } catch {
    // Not a property list: the caller is told so.
    return null;
  }
}

function parsePlist(bytes: Buffer): unknown {
  if (bytes.subarray(0, 8).toString('latin1') === 'bplist00') return plist.parseBinary(bytes);
  const text = bytes.toString('utf8');
  // The XML parser prints what it dislikes; a file of another kind is not even shown to it.
  return text.includes('<plist') ? plist.parse(text) : null;
}
