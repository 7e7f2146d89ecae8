import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaths } from '../../src-core/files/paths.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { writeInstallRecord } from '../install/install-record.ts';
import { findSilence } from './silence.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const MINUTE = 60_000;
const INSTALLED = Date.UTC(2026, 10, 23, 8);
const STARTED = INSTALLED + 5 * MINUTE;

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A client that runs (this very process) in a folder, and whose transcript has grown at a time. */
function session(options: { startedAt?: number; grownAt: number; pid?: number }): void {
  const { startedAt = STARTED, grownAt, pid = process.pid } = options;
  const client = { pid, sessionId: 'abc', cwd: `${folder()}/my.app`, startedAt };
  write(join(paths().claude, 'sessions', `${pid}.json`), JSON.stringify(client));
  const project = `${folder()}/my.app`.replace(/[^A-Za-z0-9]/g, '-');
  const transcript = join(paths().projects, project, 'abc.jsonl');
  write(transcript, '{}\n');
  utimesSync(transcript, grownAt / 1000, grownAt / 1000);
}

function installed(): void {
  mkdirSync(paths().own, { recursive: true });
  writeInstallRecord(paths().installRecord, {
    version: 1,
    installedAt: INSTALLED,
    appVersion: '1',
    settings: null,
    createdFolders: [],
    tightened: [],
    retired: null,
  });
}

describe('a silent hook', () => {
  it('is one whose session goes on ten minutes past the last event', () => {
    installed();
    session({ grownAt: STARTED + 60 * MINUTE });
    const lastEventAt = STARTED + 40 * MINUTE;
    expect(findSilence(paths(), lastEventAt)).toEqual({ folder: '~/my.app', sinceAt: lastEventAt });
    expect(findSilence(paths(), null)).toEqual({ folder: '~/my.app', sinceAt: null });
    expect(findSilence(paths(), STARTED + 55 * MINUTE)).toBeNull();
  });

  it.each([
    ['the session began before the hook was there', { startedAt: INSTALLED - 1 }],
    ['the client is gone', { pid: 2 ** 22 + 1 }],
  ])('is none where %s', (_, more) => {
    installed();
    session({ grownAt: STARTED + 60 * MINUTE, ...more });
    expect(findSilence(paths(), null)).toBeNull();
  });

  it('is none while capture is paused, in excluded folders, and before install', () => {
    session({ grownAt: STARTED + 60 * MINUTE });
    expect(findSilence(paths(), null)).toBeNull();
    installed();
    writeFileSync(paths().pauseMarker, '');
    expect(findSilence(paths(), null)).toBeNull();
    rmSync(paths().pauseMarker);
    expect(findSilence(paths(), null)).not.toBeNull();
    write(paths().settings, JSON.stringify({ excludedFolders: [`${folder()}/my.app`] }));
    expect(findSilence(paths(), null)).toBeNull();
  });
});
