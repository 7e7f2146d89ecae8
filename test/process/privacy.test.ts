/** The installed hook obeys the level of privacy, by itself: no refresh is asked. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { capture, hookline } from '../support/built-cli.ts';
import { changedPayload } from '../support/claude-fixtures.ts';
import { readJsonLines } from '../support/jsonl.ts';
import { plantedSecret } from '../support/planted-secrets.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

const { text: token } = plantedSecret('GitHub personal token', 1);
let home = '';
let paths: Paths;

beforeEach(async () => {
  home = makeTempFolder();
  paths = createPaths({ home });
  await hookline(home, 'install', '--yes');
  return () => removeFolder(home);
});

it.each([
  ['metadata', undefined],
  ['redacted', { prompt: expect.stringMatching(/^deploy with \[redacted:\w{8}\]$/) }],
  ['full', { prompt: `deploy with ${token}` }],
])('at the level %s it keeps of a prompt %j', async (privacy, content) => {
  writeFileSync(paths.settings, JSON.stringify({ privacy }));
  await capture(home, changedPayload('UserPromptSubmit', { prompt: `deploy with ${token}` }));
  await expect
    .poll(() => existsSync(paths.journals.events) && readdirSync(paths.spool).length === 0)
    .toBe(true);
  const [line] = readJsonLines(paths.journals.events);
  expect(line).toMatchObject({ event: 'UserPromptSubmit' });
  expect(line?.content).toEqual(content);
});
