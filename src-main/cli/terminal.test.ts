import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTerminal, quietTerminal, type Terminal, whileShown } from './terminal.ts';

function create(
  isTTY: boolean,
  environment: Readonly<Record<string, string>> = {},
): {
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
    terminal: createTerminal({ stdin, stdout, stderr }, environment),
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

  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('has colours: for a person %s, with %j: %s', (isTTY, environment, expected) => {
    expect(create(isTTY, environment).terminal.isColoured).toBe(expected);
  });

  it('shows what is done to a person, and takes it away again, even when it fails', async () => {
    const person = create(true);
    const failing = whileShown(person.terminal, 'Trying…', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(person.out()).toBe('\r\u001b[2KTrying…\r\u001b[2K');
    const pipe = create(false);
    expect(await whileShown(pipe.terminal, 'Trying…', async () => 7)).toBe(7);
    expect(pipe.out()).toBe('');
  });

  it('that is quiet says what is wrong, and gives JSON where it is asked for', () => {
    const { terminal, out, err } = create(false);
    const quiet = quietTerminal(terminal, false);
    quiet.print('done');
    quiet.showLine('half');
    quiet.warn('no disk');
    quietTerminal(terminal, true).print('{}');
    expect([out(), err()]).toEqual(['{}\n', 'no disk\n']);
  });
});
