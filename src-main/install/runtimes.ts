/**
 * The Node programs that the hook may start: found at installation, checked again later.
 *
 * Version managers put shims on PATH that need the user's shell; so each candidate is asked where it
 * really is, and that place is what is recorded.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { RunCommand } from './run-command.ts';
import {
  type RuntimeCandidate,
  type RuntimePlaces,
  runtimeCandidates,
} from './runtime-candidates.ts';
import { distrustOf, type Identity } from './trusted-path.ts';

/** A Node that was started and answered. */
export interface Runtime {
  readonly path: string;
  readonly version: string;
  /** True if it brings `node:sqlite` without a flag. */
  readonly hasSqlite: boolean;
}

/** A recorded runtime as it is now. `version` is empty where it did not answer. */
export interface RuntimeCheck {
  readonly path: string;
  readonly version: string;
  readonly usable: boolean;
  /** Why it is not usable; null if it is. */
  readonly reason: string | null;
}

/** What starting and judging programs needs. */
export interface RuntimePorts {
  readonly run: RunCommand;
  readonly identity: Identity;
}

/** First line of the file of runtimes; the launcher reads no other format. */
const HEADER = '# hookline runtimes 1';
const MIN_MAJOR = 20;
const PROBE_TIMEOUT_MS = 5000;
/** Programs started at once; more would only wait for each other. */
const PARALLEL = 3;

/** Prints where this Node is and what it can; in one line of JSON, whatever warnings come beside it. */
const PROBE = `
let sqlite = false;
try { require('node:sqlite'); sqlite = true; } catch {}
const { versions, release, execPath } = process;
const isNode = release.name === 'node' && !versions.electron && !versions.bun && !versions.deno;
process.stdout.write(JSON.stringify({ isNode, version: versions.node, execPath, sqlite }));
`;

const ProbeAnswer = v.object({
  isNode: v.boolean(),
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+/)),
  execPath: v.string(),
  sqlite: v.boolean(),
});
type ProbeAnswer = v.InferOutput<typeof ProbeAnswer>;

/** Finds the usable runtimes, the best first: those with `node:sqlite`, then the newest. */
export async function findRuntimes(
  places: RuntimePlaces,
  ports: RuntimePorts,
): Promise<readonly Runtime[]> {
  const candidates = runtimeCandidates(places).filter(({ path }) => existsSync(path));
  const found = await mapInParallel(candidates, (candidate) => tryCandidate(candidate, ports));
  const byFile = new Map<string, Runtime>();
  for (const runtime of found) {
    if (!runtime) continue;
    const file = realpathSync(runtime.path);
    if (!byFile.has(file)) byFile.set(file, runtime);
  }
  return [...byFile.values()].sort(compareRuntimes);
}

/** Writes the file of runtimes, 0600, if it does not already say the same. */
export function writeRuntimes(path: string, runtimes: readonly Runtime[]): void {
  const text = [HEADER, ...runtimes.map((runtime) => runtime.path), ''].join('\n');
  if (readText(path) === text) return;
  writeFileSync(path, text, { mode: 0o600 });
}

/** The recorded paths; empty if there is no file or its format is another one. */
export function readRuntimes(path: string): readonly string[] {
  const [header, ...lines] = (readText(path) ?? '').split('\n');
  return header === HEADER ? lines.filter((line) => line !== '') : [];
}

/** Starts each recorded runtime and says whether the hook can use it. */
export function checkRuntimes(path: string, ports: RuntimePorts): Promise<readonly RuntimeCheck[]> {
  return mapInParallel(readRuntimes(path), async (runtime) => {
    const distrust = distrustOf(runtime, ports.identity);
    if (distrust) return { path: runtime, version: '', usable: false, reason: distrust };
    const answer = await probe(runtime, ports.run);
    const reason = answer ? obstacleIn(answer) : 'does not start';
    return { path: runtime, version: answer?.version ?? '', usable: reason === null, reason };
  });
}

async function tryCandidate(
  { path, isLasting }: RuntimeCandidate,
  { run, identity }: RuntimePorts,
): Promise<Runtime | null> {
  // Before it is started: what others can replace is not run even to ask it its name.
  if (distrustOf(path, identity)) return null;
  const answer = await probe(path, run);
  if (!answer || obstacleIn(answer)) return null;
  const isItself = existsSync(answer.execPath) && isSameFile(path, answer.execPath);
  // A lasting name is kept, unless it is a shim for something else.
  const names = isLasting && isItself ? [path, answer.execPath] : [answer.execPath];
  const trusted = names.find((name) => distrustOf(name, identity) === null);
  return trusted ? { path: trusted, version: answer.version, hasSqlite: answer.sqlite } : null;
}

async function probe(path: string, run: RunCommand): Promise<ProbeAnswer | null> {
  const { code, stdout } = await run(path, ['-e', PROBE], { timeoutMs: PROBE_TIMEOUT_MS });
  if (code !== 0) return null;
  try {
    const result = v.safeParse(ProbeAnswer, JSON.parse(stdout));
    return result.success ? result.output : null;
  } catch {
    // Something that is called node and is not.
    return null;
  }
}

function obstacleIn({ isNode, version }: ProbeAnswer): string | null {
  if (!isNode) return 'is not Node';
  return Number.parseInt(version, 10) < MIN_MAJOR ? `is older than Node ${MIN_MAJOR}` : null;
}

function compareRuntimes(a: Runtime, b: Runtime): number {
  if (a.hasSqlite !== b.hasSqlite) return a.hasSqlite ? -1 : 1;
  return b.version.localeCompare(a.version, 'en', { numeric: true });
}

function isSameFile(a: string, b: string): boolean {
  return realpathSync(a) === realpathSync(b);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No file: nothing is recorded, which is what the caller is told.
    return null;
  }
}

async function mapInParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}
