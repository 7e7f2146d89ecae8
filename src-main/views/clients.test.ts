import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaths } from '../../src-core/files/paths.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { runningClients } from './clients.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
function client(name: string, value: unknown): void {
  const sessions = join(paths().claude, 'sessions');
  mkdirSync(sessions, { recursive: true });
  writeFileSync(join(sessions, name), typeof value === 'string' ? value : JSON.stringify(value));
}

describe('runningClients', () => {
  it('are none where Claude Code never ran', () => {
    expect(runningClients(paths())).toEqual(new Set());
  });

  it('are those that say so and whose process is there', () => {
    client(`${process.pid}.json`, { pid: process.pid, sessionId: 'alive', status: 'idle' });
    client('99999999.json', { pid: 99_999_999, sessionId: 'killed' });
    expect(runningClients(paths())).toEqual(new Set(['alive']));
  });

  it('are not read out of what is damaged, or names another process', () => {
    client(`${process.pid}.json`, '{"pid":');
    client(`${process.ppid}.json`, { pid: process.pid, sessionId: 'other' });
    client('notes.json', { pid: process.pid, sessionId: 'notes' });
    expect(runningClients(paths())).toEqual(new Set());
  });
});
