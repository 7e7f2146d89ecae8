import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaths } from '../../src-core/files/paths.ts';
import { fakeEvent } from '../../test/support/fake-events.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { sendTestEvent, TEST_EVENT } from './test-event.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const kept = () => join(folder(), 'kept.json');

/** Puts a launcher in place that does what the script says. */
function install(script: string): void {
  mkdirSync(dirname(paths().launcher), { recursive: true });
  writeFileSync(paths().launcher, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
}

describe('a test event', () => {
  it('goes through the installed launcher, and is found by its mark', async () => {
    install(`cat > '${kept()}'`);
    const stored = fakeEvent({ id: 'a', at: 1, name: TEST_EVENT });
    const marks: string[] = [];
    const result = await sendTestEvent(paths(), (mark) => {
      marks.push(mark);
      // The record needs a moment.
      return marks.length < 3 ? null : stored;
    });
    const payload = JSON.parse(readFileSync(kept(), 'utf8'));
    expect(payload).toMatchObject({ hook_event_name: TEST_EVENT, prompt_id: marks[0] });
    // No figure counts what has no session.
    expect(payload).not.toHaveProperty('session_id');
    expect(result).toMatchObject({ isStored: true, event: stored });
  });

  it('says why the launcher did not take it', async () => {
    const answer = () => sendTestEvent(paths(), () => null);
    expect((await answer()).message).toContain('not installed');
    install('exit 3');
    expect((await answer()).message).toContain('exit code 3');
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().pauseMarker, '');
    expect((await answer()).message).toContain('paused');
    expect(existsSync(kept())).toBe(false);
  });
});
