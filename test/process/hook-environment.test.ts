import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callPayload } from '../support/capture-text.ts';
import { entriesIn, type HookHome, makeHookHome } from '../support/hook-home.ts';
import { recordsIn, spoolEntry } from '../support/spool.ts';

const SILENT = { code: 0, signal: null, output: '' };
/** A shared library that is there on Debian, to be loaded into everything. */
const LIBRARY = '/lib/x86_64-linux-gnu/libm.so.6';
const isRoot = process.getuid?.() === 0;

let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});
const inHome = (name: string) => join(home.paths.home, name);
const lines = () => recordsIn(home.paths.journals.toolUsage).length;

/** A runtime that notes the environment in which it was started, then is Node. */
function spyingRuntime(): string {
  const path = inHome('spying-node');
  const script = `#!/bin/sh\n/usr/bin/env >'${inHome('seen')}'\nexec '${process.execPath}' "$@"\n`;
  writeFileSync(path, script, { mode: 0o700 });
  return path;
}

/** A script that leaves a trace when anything runs it. */
function trap(name: string, text: string): string {
  writeFileSync(inHome(name), text.replaceAll('TRACE', inHome('trace')), { mode: 0o700 });
  return inHome(name);
}

describe('the environment of the hook', () => {
  it('has no effect on the drainer, whatever a project sets in it', async () => {
    home.setRuntimes([spyingRuntime()]);
    const shell = trap('evil.sh', "echo x >'TRACE'\n");
    const script = trap('evil.cjs', "require('node:fs').writeFileSync('TRACE', '')");
    const env = {
      NODE_OPTIONS: `--require ${script}`,
      NODE_PATH: home.paths.home,
      ELECTRON_RUN_AS_NODE: '1',
      BASH_ENV: shell,
      ENV: shell,
      HOOKLINE_FAILPOINT: 'gathered',
      ...(existsSync(LIBRARY) ? { LD_PRELOAD: LIBRARY } : {}),
      'BASH_FUNC_printf%%': `() { echo x >'${inHome('trace')}'; }`,
      'BASH_FUNC_read%%': '() { return 1; }',
    };
    expect(await home.launch(callPayload({}), { env })).toEqual(SILENT);
    await home.drained();
    expect(lines()).toBe(1);
    expect(existsSync(inHome('trace'))).toBe(false);
    const names = readFileSync(inHome('seen'), 'utf8')
      .split('\n')
      .map((line) => line.split('=')[0]);
    // What a shell sets for itself aside.
    expect(names.filter((name) => name && !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(
      ['HOME'],
    );
  });

  it('cannot replace the commands of a bash that is called sh, as on macOS', async () => {
    symlinkSync('/bin/bash', inHome('sh'));
    const env = {
      'BASH_FUNC_printf%%': `() { echo x >'${inHome('trace')}'; }`,
      'BASH_FUNC_read%%': '() { return 1; }',
      ENV: trap('evil.sh', "echo x >'TRACE'\n"),
    };
    expect(await home.launch(callPayload({}), { env, by: [inHome('sh')] })).toEqual(SILENT);
    await home.drained();
    expect(lines()).toBe(1);
    expect(existsSync(inHome('trace'))).toBe(false);
  });

  it('is not searched for the programs that the launcher runs', async () => {
    for (const name of ['cat', 'mkdir', 'env', 'node']) trap(name, "#!/bin/sh\necho x >'TRACE'\n");
    const env = { PATH: `${home.paths.home}:${process.env.PATH}` };
    expect(await home.launch(callPayload({}), { env })).toEqual(SILENT);
    await home.drained();
    expect(lines()).toBe(1);
    expect(existsSync(inHome('trace'))).toBe(false);
  });

  it('leaves none of its secrets in any file', async () => {
    const secret = 'sk-ant-api03-plantedplantedplantedplanted';
    const env = { ANTHROPIC_API_KEY: secret, CLAUDE_CODE_MESSAGING_TOKEN: secret };
    const logged = callPayload({ tool_input: { command: `curl -H "x-api-key: ${secret}"` } });
    await home.launch(logged, { env });
    await home.launch(`{"half of a payload with ${secret}`, { env });
    await home.drained();
    expect(lines()).toBe(1);
    const names = readdirSync(home.paths.home, { recursive: true, encoding: 'utf8' });
    const files = names.map(inHome).filter((path) => statSync(path).isFile());
    expect(files).toContain(home.paths.database);
    for (const path of files) {
      expect([path, readFileSync(path).includes(secret.slice(13))]).toEqual([path, false]);
    }
  });
});

describe('the record of runtimes', () => {
  const unusable: readonly [string, () => readonly string[] | null][] = [
    ['missing', () => null],
    ['empty', () => []],
    ['a list of what is gone', () => ['/nowhere/node']],
    ['a relative path', () => ['node', './node', '../node']],
    ['a command', () => [`touch ${inHome('trace')}`, `$(touch ${inHome('trace')})`]],
    ['a path to what cannot be run', () => [inHome('plain')]],
  ];

  it.each(unusable)('keeps the event in the spool when it is %s', async (_, record) => {
    writeFileSync(inHome('plain'), '#!/bin/sh\n', { mode: 0o600 });
    trap('node', "#!/bin/sh\necho x >'TRACE'\n");
    home.setRuntimes(record());
    const env = { PATH: `${home.paths.home}:${process.env.PATH}` };
    expect(await home.launch(callPayload({}), { env })).toEqual(SILENT);
    await home.quiet();
    expect(entriesIn(home.paths.spool)).toHaveLength(1);
    expect(existsSync(inHome('trace'))).toBe(false);
    home.setRuntimes([process.execPath]);
    await home.launch(callPayload({ tool_use_id: 'toolu_02' }));
    await home.drained();
    expect(lines()).toBe(2);
  });

  it('goes on to the next line where the first runtime is gone', async () => {
    home.setRuntimes(['/nowhere/node', 'node', '', process.execPath]);
    await home.launch(callPayload({}));
    await home.drained();
    expect(lines()).toBe(1);
  });

  it.runIf(isRoot).each(['runtimes', 'hookScript', 'hookFolder'] as const)(
    'is not believed where %s belongs to somebody else',
    async (name) => {
      chownSync(home.paths[name], 65_534, 65_534);
      expect(await home.launch(callPayload({}))).toEqual(SILENT);
      await home.quiet();
      expect(entriesIn(home.paths.spool)).toHaveLength(1);
    },
  );

  it('may name a runtime that fails: the event stays in the spool', async () => {
    home.setRuntimes(['/bin/false']);
    expect(await home.launch(callPayload({}))).toEqual(SILENT);
    await home.quiet();
    expect(entriesIn(home.paths.spool)).toHaveLength(1);
  });
});

describe('the markers', () => {
  it('of processes that are gone do not keep a drainer from being started', async () => {
    spoolEntry(home.paths, callPayload({ tool_use_id: 'toolu_02' }));
    writeFileSync(home.paths.drainMarker, '99999999\n');
    writeFileSync(home.paths.startMarker, '99999999\n');
    await home.launch(callPayload({}));
    await home.drained();
    expect(lines()).toBe(2);
  });

  it('of a dead drainer whose process id another program has are not believed for ever', async () => {
    await home.launch(callPayload({ tool_use_id: 'toolu_first' }));
    await home.drained();
    writeFileSync(home.paths.drainMarker, `${process.pid}\n`);
    for (let i = 0; i < 40; i++) await home.launch(callPayload({ tool_use_id: `toolu_${i}` }));
    await home.drained();
    expect(lines()).toBe(41);
  });

  it('that hold nonsense are not believed', async () => {
    spoolEntry(home.paths, callPayload({ tool_use_id: 'toolu_02' }));
    writeFileSync(home.paths.drainMarker, 'alone\n');
    writeFileSync(home.paths.startMarker, '');
    chmodSync(home.paths.startMarker, 0o600);
    await home.launch(callPayload({}));
    await home.drained();
    expect(lines()).toBe(2);
  });
});
