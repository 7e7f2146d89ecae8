import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHookSettings } from '../../../src-core/settings/hook-settings.ts';
import { readSettings } from '../../../src-core/settings/settings.ts';
import type { FuzzTarget } from '../target.ts';

const OURS = [
  {},
  { privacy: 'redacted', excludedFolders: ['/Users/dev/secret'], timeZone: 'Asia/Kathmandu' },
  { privacy: 'full', preToolUse: true, launchAtLogin: false, unknown: { kept: [1, 2] } },
];
let file: string | null = null;

/** Our own settings, as the app and as the hook read them: never an error, and one level of privacy. */
export const settingsTarget: FuzzTarget = {
  name: 'settings',
  corpus: OURS.map((value) => Buffer.from(JSON.stringify(value, null, 2))),
  runs: 1500,
  check: (bytes) => {
    file ??= join(mkdtempSync(join(tmpdir(), 'hookline-fuzz-')), 'settings.json');
    writeFileSync(file, bytes);
    const { settings } = readSettings(file);
    const ofHook = readHookSettings(file);
    if (settings.privacy !== ofHook.privacy) {
      throw new Error(`privacy is ${settings.privacy} to the app, ${ofHook.privacy} to the hook`);
    }
  },
};
