import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { startGroup } from './process-group.ts';

/** A process that has ended may stay listed (state Z) until its new parent asks for it. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

describe('a process group', () => {
  it('is stopped with the children its leader started', async () => {
    const script = 'sleep 600 & echo $!; wait';
    const group = startGroup('sh', ['-c', script], { env: process.env });
    const grandchild = Number(await group.firstLine(1));
    expect(isAlive(grandchild)).toBe(true);
    await group.stop();
    expect(isAlive(group.pid)).toBe(false);
    await expect.poll(() => isAlive(grandchild), { timeout: 10_000 }).toBe(false);
  });

  it('says what its leader complained about when it ends early', async () => {
    const group = startGroup('sh', ['-c', 'echo no screens found >&2; exit 1'], {
      env: process.env,
    });
    await expect(group.firstLine(1)).rejects.toThrow('sh ended early: no screens found');
    await group.stop();
  });

  it('can be stopped after it has ended', async () => {
    const group = startGroup('true', [], { env: process.env });
    await group.exited;
    await group.stop();
  });
});
