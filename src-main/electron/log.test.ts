import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLogger } from './log.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hookline-log-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('createFileLogger', () => {
  it('writes one line per entry, beginning with who speaks', () => {
    const file = join(root, 'logs', 'app.log');
    const log = createFileLogger({ file, isEchoed: false });
    log.info('bridge', 'healed 3 lines');
    log.error('store', 'cannot open', new Error('open', { cause: new Error('disk is full') }));
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^\S+Z \[info\] +bridge: healed 3 lines$/m);
    expect(text).toMatch(/\[error\] store: cannot open: Error: open$/m);
    expect(text).toContain('caused by Error: disk is full');
  });

  it('makes folder and file for the owner alone', () => {
    const file = join(root, 'logs', 'app.log');
    createFileLogger({ file, isEchoed: false }).info('app', 'started');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'logs')).mode & 0o777).toBe(0o700);
  });

  it('begins a new file at the limit and keeps the one before', () => {
    const file = join(root, 'app.log');
    const log = createFileLogger({ file, isEchoed: false, limitBytes: 2000 });
    for (let i = 0; i < 40; i++) log.info('test', `${i} ${'x'.repeat(100)}`);
    expect(statSync(file).size).toBeLessThan(2200);
    expect(existsSync(join(root, 'app.old.log'))).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('39 x');
  });

  it('does not throw when it cannot write', () => {
    writeFileSync(join(root, 'logs'), 'a file where the folder should be');
    const log = createFileLogger({ file: join(root, 'logs', 'app.log'), isEchoed: false });
    expect(() => log.info('app', 'started')).not.toThrow();
  });

  it('keeps two logs apart', () => {
    const one = createFileLogger({ file: join(root, 'one.log'), isEchoed: false });
    const two = createFileLogger({ file: join(root, 'two.log'), isEchoed: false });
    one.info('app', 'first');
    two.info('app', 'second');
    expect(readFileSync(join(root, 'one.log'), 'utf8')).not.toContain('second');
    expect(readFileSync(join(root, 'two.log'), 'utf8')).toContain('second');
  });
});
