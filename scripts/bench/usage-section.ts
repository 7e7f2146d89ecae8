/**
 * Tokens and cost: our daily report beside that of ccusage over the same made-up transcripts. It
 * reads all files anew each time and counts tokens alone; we read them once, take over calls, prompts
 * and tokens, and report from sums. So both of ours are told: the first reading with the report behind
 * it, and the report alone. ccusage comes from npm, in one fixed version, into a folder of this run.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isObject, type Json, numberOf, objectOf, textOf } from '../../src-core/base/json.ts';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { builtFile } from '../demo/built.ts';
import { privateEnvironment } from '../demo/private-environment.ts';
import { makeHistory } from '../make-history.ts';
import { readChildrenMs } from './children-time.ts';
import { interleave, type Sampler } from './interleave.ts';
import { type BenchRow, figure, note, type Section, unmeasured } from './section.ts';
import { type DayTokens, differences } from './usage-totals.ts';

const CCUSAGE = 'ccusage@20.0.24';
const INSTALL_WITHIN_MS = 60_000;
const USUAL = { events: 6000, rounds: 5 };
/** About a gigabyte. */
const BIG = { events: 62_000, rounds: 2 };
const UNTIL = Date.parse('2026-11-20T00:00:00Z');
const MOST_OUTPUT = 64 * 1024 * 1024;
const run = promisify(execFile);

/** The section. */
export const usageSection: Section = {
  title: 'Tokens and cost',
  run: async ({ isBig, say }) => {
    const home = mkdtempSync(join(tmpdir(), 'hookline-bench-usage-'));
    try {
      if (isBig) say('a gigabyte of transcripts takes minutes');
      return await measure(createPaths({ home }), isBig ? BIG : USUAL);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

async function measure(paths: Paths, { events, rounds }: typeof USUAL): Promise<BenchRow[]> {
  const { home } = paths;
  const days = Math.ceil(events / 450);
  makeHistory({
    home,
    seed: 'usage',
    days,
    events,
    untilAt: UNTIL,
    isLive: false,
    transcripts: 'full',
  });
  const env = privateEnvironment(home, process.env);
  const theirs = await installCcusage(join(home, 'ccusage'), env);
  const hookline = [process.execPath, builtFile('cli', 'hookline.js')];
  const report = [...hookline, 'cost', 'all', '--json'];
  const costs: Record<string, Cost[]> = { first: [], report: [], ccusage: [] };
  const sample = (name: string, command: readonly string[]) => async (): Promise<number> => {
    const cost = await timed(command, env);
    costs[name]?.push(cost);
    return cost.wallMs;
  };
  const daily = [...(theirs ?? []), 'daily', '--json', '--offline', '--timezone', 'UTC'];
  const samplers: Record<string, Sampler> = {
    first: () => {
      forgetAll(paths);
      return sample('first', ['sh', '-c', FIRST, 'sh', ...hookline])();
    },
    report: sample('report', report),
  };
  if (theirs !== null) samplers.ccusage = sample('ccusage', daily);
  await interleave(rounds, samplers);
  const rows = [
    ...figures('first reading, and the report', costs.first),
    ...figures('the report alone', costs.report),
  ];
  if (theirs === null) return [...rows, unmeasured(CCUSAGE, 'npm could not bring it here')];
  const [our, their] = await Promise.all([outputOf(report, env), outputOf(daily, env)]);
  return [...rows, ...figures(`${CCUSAGE} daily`, costs.ccusage), compare(our, their)];
}

/** Takes over what is there, then reports. */
const FIRST = '"$@" backfill --yes >/dev/null && "$@" cost all --json';

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

function figures(what: string, costs: readonly Cost[] = []): BenchRow[] {
  // The first round only warms up.
  const counted = costs.slice(1);
  return [
    figure(`${what}, processor`, { unit: 'ms', samples: counted.map(({ cpuMs }) => cpuMs) }),
    figure(`${what}, on the wall`, { unit: 'ms', samples: counted.map(({ wallMs }) => wallMs) }),
  ];
}

/** Runs a command to its end, with the time of all its processes. */
async function timed(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Cost> {
  const startedAt = performance.now();
  const script = '"$@" >/dev/null || exit 1; times';
  const { stdout } = await run('sh', ['-c', script, 'sh', ...command], { env });
  return { wallMs: performance.now() - startedAt, cpuMs: readChildrenMs(stdout) };
}

async function outputOf([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv) {
  const { stdout } = await run(program, args, { env, maxBuffer: MOST_OUTPUT });
  return objectOf(JSON.parse(stdout));
}

/** The command, or null where npm cannot bring it. */
async function installCcusage(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[] | null> {
  mkdirSync(folder);
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts'];
  try {
    await run('npm', [...args, CCUSAGE], { env, timeout: INSTALL_WITHIN_MS });
    const command = [join(folder, 'node_modules', '.bin', 'ccusage')];
    await run(command[0] ?? '', ['--version'], { env });
    return command;
  } catch {
    // No network, or no build of it for this machine: the other rows do without.
    return null;
  }
}

/** Leaves the transcripts alone and an installed hook, with days in UTC. */
function forgetAll(paths: Paths): void {
  for (const path of [paths.data, join(paths.home, '.agent-core')])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(paths.hookFolder, { recursive: true });
  mkdirSync(paths.own, { recursive: true });
  writeFileSync(paths.launcher, '#!/bin/sh\n');
  writeFileSync(paths.settings, '{"timeZone":"UTC"}');
}

function compare(our: Json, their: Json): BenchRow {
  const ours = listOf(objectOf(our.activity).points).map(({ at, usage }) => {
    const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokensOf(usage);
    const cacheWrite = (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
    const day = new Date(numberOf(at) ?? 0).toISOString().slice(0, 10);
    return { day, input, output, cacheRead, cacheWrite };
  });
  const theirs = listOf(their.daily).map((day) => ({
    day: textOf(day.period) ?? '',
    input: day.inputTokens,
    output: day.outputTokens,
    cacheRead: day.cacheReadTokens,
    cacheWrite: day.cacheCreationTokens,
  }));
  const used = (ours as DayTokens[]).filter(({ output }) => output > 0);
  const found = differences(used, theirs as DayTokens[]);
  const { usd } = objectOf(our.total);
  const { totalCost, unpricedModels } = objectOf(their.totals);
  const costs = `cost $${usd} and $${totalCost}, without ${listText(unpricedModels)}`;
  if (found.length === 0)
    return note(`the same tokens of each kind on each of ${used.length} days; ${costs}`);
  return note(`DIFFERENT tokens on ${found.length} days: ${found.slice(0, 3).join(' | ')}`);
}

function tokensOf(usage: unknown): Readonly<Record<string, number>> {
  return objectOf(objectOf(usage).tokens) as Record<string, number>;
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function listText(value: unknown): string {
  return Array.isArray(value) && value.length > 0 ? value.join(', ') : 'nothing';
}
