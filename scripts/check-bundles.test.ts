import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNames, pushNames } from '../src-core/contract/ipc.ts';
import {
  checkHook,
  checkMain,
  checkPreloadRequires,
  HOOK_LIMIT_BYTES,
} from './check-bundles/bundle-rules.ts';
import { readRequires } from './check-bundles/read-requires.ts';
import { checkPreloadRuns } from './check-bundles/run-preload.ts';
import { checkBundles } from './check-bundles.ts';

describe('readRequires', () => {
  it('finds every way to ask for a module, each name once', () => {
    const source = `
      import a from 'one'; import 'two'; export { b } from 'three'; export * from 'four';
      const c = require('five'); const d = __require("six"); const e = await import('seven');
      function deep() { return () => require(\`eight\`) + require('five'); }
    `;
    expect(readRequires(source)).toEqual([
      ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
    ]);
  });

  it('names what is only known at run time', () => {
    expect(readRequires("require('a' + b); import(name)")).toEqual(['<computed>']);
  });

  it('is not misled by text, comments and members of that name', () => {
    const source = `// require('no')
      const text = "require('no')"; object.require('no'); export const x = 1;`;
    expect(readRequires(source)).toEqual([]);
  });
});

describe('checkPreloadRequires', () => {
  it('allows electron alone', () => {
    expect(checkPreloadRequires("const e = require('electron')")).toEqual([]);
    expect(checkPreloadRequires("require('electron'); require('node:fs')")).toEqual([
      'the preload requires node:fs',
    ]);
    expect(checkPreloadRequires("require('./chunk.cjs')")).toHaveLength(1);
  });
});

describe('checkHook', () => {
  it('allows what comes with Node', () => {
    expect(checkHook("require('node:fs'); require('node:sqlite'); require('path')")).toEqual([]);
  });

  it.each(['better-sqlite3', 'electron', 'valibot', 'node:https', 'net', 'node:dns/promises'])(
    'complains of %s',
    (name) => {
      expect(checkHook(`require('${name}')`)).toEqual([`the hook requires ${name}`]);
    },
  );

  it('complains of a module that is computed', () => {
    expect(checkHook('require(name)')).toEqual(['the hook requires <computed>']);
  });

  it('complains of the first byte over the limit', () => {
    const fill = (length: number) => `//${'x'.repeat(length - 2)}`;
    expect(checkHook(fill(HOOK_LIMIT_BYTES))).toEqual([]);
    expect(checkHook(fill(HOOK_LIMIT_BYTES + 1))).toHaveLength(1);
  });
});

describe('checkMain', () => {
  it('allows Node, Electron, the addon and its own chunks', () => {
    const source = `import 'node:fs'; import 'electron'; import 'better-sqlite3';
      import './chunk-1.js'; const lazy = require(name);`;
    expect(checkMain('main/index.js', source)).toEqual([]);
  });

  it('complains of a package that is left outside', () => {
    expect(checkMain('main/index.js', "import 'menubar'")).toEqual([
      'main/index.js requires menubar, which is not shipped',
    ]);
  });

  it('complains of code of the pages, however it got in', () => {
    expect(checkMain('main/index.js', "Symbol.for('react.transitional.element')")).toEqual([
      'main/index.js holds code of react',
    ]);
    expect(checkMain('main/index.js', 'const c = "recharts-wrapper"')).toHaveLength(1);
  });
});

const goodPreload = (extra = '') => `
  const { contextBridge, ipcRenderer } = require('electron');
  const calls = new Set(${JSON.stringify(callNames)});
  const pushes = new Set(${JSON.stringify(pushNames)});
  contextBridge.exposeInMainWorld('hookline', {
    async call(name, argument) {
      if (!calls.has(name)) return { ok: false };
      return ipcRenderer.invoke(name, argument);
    },
    on(name, listener) {
      if (!pushes.has(name)) throw new TypeError(name);
      ipcRenderer.on(name, listener);
    },
  });
  ${extra}
`;

describe('checkPreloadRuns', () => {
  it('has no complaint about a preload that keeps to the contract', async () => {
    expect(await checkPreloadRuns(goodPreload())).toEqual([]);
  });

  it.each([
    ['does not run', "require('fs')", 'does not run'],
    ['exposes nothing', "require('electron')", 'nothing'],
    [
      'exposes something beside the bridge',
      goodPreload("contextBridge.exposeInMainWorld('electron', ipcRenderer)"),
      'hookline, electron',
    ],
    [
      'exposes the raw ipcRenderer',
      `const e = require('electron'); e.contextBridge.exposeInMainWorld('hookline', e.ipcRenderer)`,
      'other members',
    ],
    [
      'lets foreign calls through',
      goodPreload().replace('!calls.has(name)', 'false'),
      'foreign call shell.run',
    ],
    [
      'lets foreign pushes through',
      goodPreload().replace('!pushes.has(name)', 'false'),
      'foreign push',
    ],
    ['drops a call', goodPreload().replace('"app.quit"', '"app.end"'), 'call app.quit is dropped'],
    ['rejects', goodPreload().replace('return { ok: false }', 'throw new Error()'), 'rejects'],
    ['never ends', 'for (;;);', 'does not run'],
  ])('complains when it %s', async (_what, source, complaint) => {
    expect((await checkPreloadRuns(source)).join('\n')).toContain(complaint);
  });
});

describe('checkBundles', () => {
  let out = '';
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'hookline-out-'));
  });
  afterEach(() => rmSync(out, { recursive: true, force: true }));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), text);
  };

  it('complains of each program that is not built', async () => {
    const complaints = await checkBundles(out);
    expect(complaints).toHaveLength(3);
    expect(complaints.join('\n')).toMatch(/index.+preload.+hook\.cjs is not built$/s);
  });

  it('has no complaint when all are as they must be, and reads every file of main', async () => {
    put('main/index.js', "import './chunk.js'");
    put('main/chunk.js', "import 'electron'");
    put('preload/preload.cjs', goodPreload());
    put('hook/hook.cjs', "require('node:fs')");
    expect(await checkBundles(out)).toEqual([]);
    put('main/chunk.js', "import 'react'");
    expect(await checkBundles(out)).toEqual(['main/chunk.js requires react, which is not shipped']);
  });
});
