import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startSpawnTimer } from './spawn-timer.ts';

const timer = startSpawnTimer();
afterAll(() => timer.stop());

const stdin = join(homedir(), 'input');
const env = { PATH: process.env.PATH };

describe('a timer of processes', () => {
  it('gives the process its stdin and counts until its end', async () => {
    writeFileSync(stdin, 'hello');
    const check = '[ "$(cat)" = hello ] && [ "$WORD" = yes ]';
    const options = {
      command: '/bin/sh',
      args: ['-c', check],
      stdin,
      env: { ...env, WORD: 'yes' },
    };
    expect(await timer.time(options)).toBeGreaterThan(0);
  });

  it('says when a process fails or is not there, and goes on', async () => {
    const options = { command: '/bin/sh', args: ['-c', 'exit 7'], stdin, env };
    await expect(timer.time(options)).rejects.toThrow('ended with 7');
    await expect(timer.time({ ...options, command: '/no/program' })).rejects.toThrow('ENOENT');
    expect(await timer.time({ ...options, args: ['-c', ':'] })).toBeGreaterThan(0);
  });
});
