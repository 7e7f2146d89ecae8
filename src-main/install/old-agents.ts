/**
 * The launch agents of the old pipeline: found, set aside, and put back with their very bytes.
 *
 * The watchdog goes first, since it loads the others again within a minute.
 */
import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAgent } from '../launch/agent-plist.ts';
import type { Launchctl, LoadedJob } from '../launch/launchctl.ts';
import { sha256 } from './settings-plan.ts';

/** Agents that write our files, or load those that do; in the order in which they are retired. */
const RETIRED: readonly string[] = [
  'com.claude.watchdog',
  'com.claude.dashboard-refresh',
  'com.claude.weekly-backfill',
  'com.claude.self-heal',
  'com.claude.autonomous-maintenance',
];

/** An agent of the `com.claude` family. */
export interface ClaudeAgent {
  readonly label: string;
  readonly file: string;
  /** What it runs. */
  readonly call: readonly string[];
  /** Its job, as launchd shows it; null where it is not loaded. */
  readonly job: LoadedJob | null;
  /** True for those that are retired together with the old hooks. */
  readonly isOld: boolean;
}

/** What is remembered of an agent that was set aside. */
export interface SetAsideAgent {
  readonly label: string;
  readonly file: string;
  /** Where its file is kept. */
  readonly kept: string;
  readonly sha256: string;
  readonly mode: number;
  readonly wasLoaded: boolean;
}

/** The agents of the family in a folder; those of the old pipeline first. */
export async function findClaudeAgents(
  folder: string,
  launchctl: Launchctl,
): Promise<readonly ClaudeAgent[]> {
  const names = namesIn(folder).filter((name) => /^com\.claude\..+\.plist$/.test(name));
  const agents: ClaudeAgent[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    const facts = parseAgent(bytesIn(file));
    const label = facts?.label ?? basename(name, '.plist');
    const job = await launchctl.print(label);
    agents.push({ label, file, call: facts?.call ?? [], job, isOld: rankOf(label) >= 0 });
  }
  return agents.sort((a, b) => order(a) - order(b));
}

/** Says what will be remembered of the agents, and copies their files. @throws what the disk says */
export function keepAgents(
  agents: readonly ClaudeAgent[],
  backups: string,
): readonly SetAsideAgent[] {
  const folder = join(backups, 'agents');
  if (agents.length > 0) fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return agents.map(({ label, file, job }) => {
    const bytes = fs.readFileSync(file);
    const kept = join(folder, basename(file));
    fs.writeFileSync(kept, bytes, { mode: 0o600 });
    const mode = fs.statSync(file).mode & 0o7777;
    return { label, file, kept, sha256: sha256(bytes), mode, wasLoaded: job !== null };
  });
}

/** Unloads the agents and takes their files away; returns in words what did not work. */
export async function setAside(
  agents: readonly SetAsideAgent[],
  launchctl: Launchctl,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { label, file, wasLoaded } of agents) {
    fs.rmSync(file, { force: true });
    if (wasLoaded && !(await launchctl.bootout(label)))
      problems.push(`${label} runs until you log out`);
  }
  return problems;
}

/** Puts the agents back as they were, the watchdog last; returns in words what did not work. */
export async function putBack(
  agents: readonly SetAsideAgent[],
  launchctl: Launchctl,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const agent of [...agents].reverse()) {
    const problem = restore(agent);
    if (problem !== null) problems.push(problem);
    else if (agent.wasLoaded && (await launchctl.bootstrap(agent.file)) !== 0)
      problems.push(`${agent.label} is loaded at the next login`);
  }
  return problems;
}

function restore({ label, file, kept, sha256: sum, mode }: SetAsideAgent): string | null {
  const bytes = bytesIn(kept);
  if (fs.existsSync(file)) {
    if (sha256(bytesIn(file)) !== sum) return `${file} is another one meanwhile; it stays`;
  } else {
    if (sha256(bytes) !== sum) return `the copy of ${label} is lost`;
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes, { mode });
    fs.chmodSync(file, mode);
  }
  fs.rmSync(kept, { force: true });
  return null;
}

function order({ label }: ClaudeAgent): number {
  const rank = rankOf(label);
  return rank < 0 ? RETIRED.length : rank;
}

function rankOf(label: string): number {
  return RETIRED.indexOf(label);
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // No folder, no agents.
    return [];
  }
}

function bytesIn(path: string): Buffer {
  try {
    return fs.readFileSync(path);
  } catch {
    // A link into nowhere has no bytes, and no file has none of a known sum.
    return Buffer.alloc(0);
  }
}
