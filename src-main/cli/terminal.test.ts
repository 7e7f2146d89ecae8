import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTerminal, type Terminal } from './terminal.ts';

function create(isTTY: boolean): {
  terminal: Terminal;
  type(text: string): void;
  out(): string;
  err(): string;
} {
  const stream = () => Object.assign(new PassThrough(), { isTTY });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  let out = '';
  let err = '';
  stdout.on('data', (text) => {
    out += text;
  });
  stderr.on('data', (text) => {
    err += text;
  });
  return {
    terminal: createTerminal({ stdin, stdout, stderr }),
    type: (text) => stdin.write(text),
    out: () => out,
    err: () => err,
  };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a terminal', () => {
  it('keeps results and messages apart', async () => {
    const { terminal, out, err } = create(false);
    terminal.print('result');
    terminal.warn('message');
    await settle();
    expect([out(), err()]).toEqual(['result\n', 'message\n']);
  });

  it.each([
    ['y', true],
    ['YES', true],
    [' y ', true],
    ['n', false],
    ['', false],
    ['yesterday', false],
  ])('takes the answer %j for %s', async (answer, isYes) => {
    const { terminal, type, out } = create(true);
    const asked = terminal.confirm('Install?');
    type(`${answer}\r`);
    expect(await asked).toBe(isYes);
    expect(out()).toContain('Install? [y/N] ');
  });

  it('asks nobody where nobody is, and says no', async () => {
    const { terminal, out } = create(false);
    expect(terminal.isInteractive).toBe(false);
    expect(await terminal.confirm('Install?')).toBe(false);
    expect(out()).toBe('');
  });

  it('shows a line in the place of the last one, and one below the other in a file', async () => {
    const screen = create(true);
    screen.terminal.showLine('one');
    await settle();
    expect(screen.out()).toBe('\r\u001b[2Kone');
    const file = create(false);
    file.terminal.showLine('one');
    file.terminal.showLine('two');
    await settle();
    expect(file.out()).toBe('one\ntwo\n');
  });
});
