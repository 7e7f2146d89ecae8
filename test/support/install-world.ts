/** A private home with the hook's assets and a scripted Node, to install into. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../../src-core/base/clock.ts';
import { createPaths, type Paths, type RootOptions } from '../../src-core/files/paths.ts';
import type { HookAssets } from '../../src-main/install/hook-files.ts';
import {
  applyInstall,
  type InstallPorts,
  type InstallResult,
} from '../../src-main/install/install.ts';
import type { InstallOptions } from '../../src-main/install/look.ts';
import { type Disk, nodeDisk } from '../../src-main/install/replace-file.ts';
import { currentIdentity } from '../../src-main/install/trusted-path.ts';

/** What `install` is run with unless a test says otherwise. */
export const INSTALL_OPTIONS: InstallOptions = {
  version: '1.2.3',
  preToolUse: false,
  form: 'auto',
};

/** One home; `remove` takes it away again. */
export interface InstallWorld {
  /** The folder that holds everything, the assets included. */
  readonly folder: string;
  readonly paths: Paths;
  readonly assets: HookAssets;
  /** The only Node that answers. */
  readonly node: string;
  /** Each reading is a millisecond later. */
  readonly clock: Clock;
  /** The roots that were reported as installed. */
  readonly roots: readonly RootOptions[];
  install(more?: Partial<InstallPorts & InstallOptions>): Promise<InstallResult>;
  /** Writes settings.json. */
  settings(content: string | Buffer, mode?: number): void;
  /** Every file of the home with its bytes and every folder, with their modes. */
  snapshot(): Record<string, string>;
  remove(): void;
}

/** Builds a home; `configFolder` names another configuration folder in it than `.claude`. */
export function createInstallWorld(configFolder?: string): InstallWorld {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'hookline-install-')));
  const home = join(folder, 'user');
  const claudeConfigDir = configFolder && join(home, configFolder);
  const paths = createPaths({ home, claudeConfigDir });
  const write = (name: string, text: string, mode: number): string => {
    const path = join(folder, name);
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.writeFileSync(path, text, { mode });
    return path;
  };
  const assets = {
    launcher: write('assets/hookline-hook', '#!/bin/sh\nexit 0\n', 0o644),
    hookScript: write('assets/hook.cjs', '// one\n', 0o644),
  };
  const node = write('bin/node', '#!/bin/sh\n', 0o755);
  fs.mkdirSync(home);
  let time = Date.UTC(2026, 10, 24);
  const clock = { now: () => time++ };
  const roots: RootOptions[] = [];
  const ports: InstallPorts = {
    clock,
    identity: currentIdentity(),
    run: (command) => {
      const answer = { isNode: true, version: '24.1.0', execPath: command, sqlite: true };
      return Promise.resolve({ code: command === node ? 0 : 1, stdout: JSON.stringify(answer) });
    },
    places: { home, environment: {}, ownNode: node, appFolder: null },
    onInstalled: (root) => {
      roots.push(root);
    },
  };
  return {
    folder,
    paths,
    assets,
    node,
    clock,
    roots,
    install: (more = {}) => applyInstall(paths, assets, { ...INSTALL_OPTIONS, ...ports, ...more }),
    settings: (content, mode = 0o644) => {
      fs.mkdirSync(paths.claude, { recursive: true });
      fs.writeFileSync(paths.settingsJson, content);
      fs.chmodSync(paths.settingsJson, mode);
    },
    snapshot: () => readAll(home),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** The disk on which the rename of settings.json fails with an error of this code. */
export function failingRename(code: string): Disk {
  return {
    ...nodeDisk,
    renameSync: () => {
      throw Object.assign(new Error(`${code}: rename`), { code });
    },
  };
}

/** The permission bits of a path. */
export function modeOf(path: string): number {
  return fs.statSync(path).mode & 0o777;
}

function readAll(folder: string): Record<string, string> {
  const all = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    all.map((name) => {
      const path = join(folder, name);
      const stat = fs.lstatSync(path);
      const content = stat.isFile() ? fs.readFileSync(path, 'latin1') : '';
      return [name, `${stat.mode.toString(8)} ${content}`];
    }),
  );
}
