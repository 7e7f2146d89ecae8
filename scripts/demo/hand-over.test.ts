import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handOver } from './hand-over.ts';

function program(text: string): string {
  const path = join(mkdtempSync(join(homedir(), 'launcher-')), 'launcher');
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
}

describe('handing a payload over', () => {
  it('gives the launcher the payload and the project, as Claude Code does', async () => {
    const launcher = program('{ echo "$1 $CLAUDE_PROJECT_DIR"; cat; } >"$0.got"');
    const env = { PATH: process.env.PATH };
    await handOver({ launcher, payload: '{"a":1}', project: '/p', env });
    expect(readFileSync(`${launcher}.got`, 'utf8')).toBe('capture /p\n{"a":1}');
  });

  it('does not mind a launcher that reads nothing', async () => {
    const payload = 'x'.repeat(1_000_000);
    await handOver({ launcher: program('exit 0'), payload, project: '/p', env: {} });
  });

  it('says so when there is no launcher, or it fails', async () => {
    const call = { payload: '', project: '/p', env: {} };
    await expect(handOver({ ...call, launcher: '/no/launcher' })).rejects.toThrow('ENOENT');
    await expect(handOver({ ...call, launcher: program('exit 3') })).rejects.toThrow(
      'ended with 3',
    );
  });
});
