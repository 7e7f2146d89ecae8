/** What a program and all that it started use, as Linux's /proc tells it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The process and its descendants, as far as they live. */
export function readTree(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = readStat(Number(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [pid];
  for (let i = 0; i < tree.length; i++) {
    for (const [child, parent] of parents) if (parent === tree[i]) tree.push(child);
  }
  return tree;
}

/** Processor time that the processes have used so far, user and system, milliseconds. */
export function readCpuMs(pids: readonly number[]): number {
  const ticks = pids.reduce((sum, pid) => {
    const stat = readStat(pid);
    return sum + Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0);
  }, 0);
  return (ticks * 1000) / ticksPerSecond();
}

/** Proportional memory of the processes: what they share is counted once. Megabytes. */
export function readPssMb(pids: readonly number[]): number {
  const kilobytes = pids.reduce((sum, pid) => {
    const text = readOrNothing(`/proc/${pid}/smaps_rollup`);
    return sum + Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
  }, 0);
  return kilobytes / 1024;
}

/** The fields behind the program's name, which may hold anything; the first is the state. */
function readStat(pid: number): string[] | undefined {
  const text = readOrNothing(`/proc/${pid}/stat`);
  const end = text.lastIndexOf(')');
  return end < 0 ? undefined : text.slice(end + 2).split(' ');
}

/** A process may end between two looks. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

let ticks: number | undefined;

function ticksPerSecond(): number {
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return ticks;
}
