import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCpuMs, readPssMb, readTree } from './process-tree.ts';

describe.skipIf(!existsSync('/proc/self/smaps_rollup'))('a tree of processes', () => {
  it('holds a program, its children and theirs', async () => {
    const inner = 'tail -f /dev/null & echo here; wait';
    const shell = spawn('/bin/sh', ['-c', `sh -c '${inner}' & wait`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(shell.stdout, 'data');
    const tree = readTree(shell.pid ?? -1);
    expect(tree[0]).toBe(shell.pid);
    expect(tree).toHaveLength(3);
    expect(readTree(process.pid)).toEqual(expect.arrayContaining(tree));
    for (const pid of tree) process.kill(pid, 'SIGKILL');
    await once(shell, 'close');
    expect(readTree(shell.pid ?? -1)).toEqual([shell.pid]);
  });

  it('counts the time that was spent', () => {
    const before = readCpuMs([process.pid]);
    const startedAt = process.cpuUsage().user;
    while (process.cpuUsage().user - startedAt < 60_000) Math.sqrt(2);
    expect(readCpuMs([process.pid]) - before).toBeGreaterThanOrEqual(40);
  });

  it('counts memory, and nothing for a process that is gone', () => {
    expect(readPssMb([process.pid])).toBeGreaterThan(5);
    expect(readPssMb([2 ** 22 + 1])).toBe(0);
    expect(readCpuMs([2 ** 22 + 1])).toBe(0);
  });
});
