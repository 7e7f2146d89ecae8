import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { runChild } from './run-child.ts';

const runNode = (script: string, onErrorLine: (line: string) => void = () => {}) =>
  runChild({ command: process.execPath, args: ['-e', script], env: process.env, onErrorLine });

describe('runChild', () => {
  it('returns the child’s exit code', async () => {
    expect(await runNode('process.exit(7)')).toEqual({ code: 7, wasAsked: false });
  });

  it('returns 128 and the number of the signal that ended the child', async () => {
    const end = await runNode("process.kill(process.pid, 'SIGKILL')");
    expect(end).toEqual({ code: 137, wasAsked: false });
  });

  it('hands on each line of stderr', async () => {
    const lines: string[] = [];
    await runNode("console.error('one'); console.error('two')", (line) => lines.push(line));
    expect(lines).toEqual(['one', 'two']);
  });

  it('fails when there is no such program', async () => {
    const missing = { command: '/no/such/program', args: [], env: {}, onErrorLine: () => {} };
    await expect(runChild(missing)).rejects.toThrow('ENOENT');
  });
});

/** A parent that runs a child which ends with the code 42 at a SIGTERM. */
const PARENT = `
import { runChild } from ${JSON.stringify(join(import.meta.dirname, 'run-child.ts'))};
const script = "process.on('SIGTERM', () => process.exit(42)); console.log('ready'); setInterval(() => {}, 1000);";
const { code, wasAsked } = await runChild({
  command: process.execPath,
  args: ['-e', script],
  env: process.env,
  onErrorLine: console.error,
});
process.exitCode = wasAsked ? code : 1;
`;

it('a signal to the parent reaches the child, whose exit code becomes the parent’s', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  expect(line).toBe('ready');
  parent.kill('SIGTERM');
  const [code] = await once(parent, 'exit');
  expect(code).toBe(42);
});
