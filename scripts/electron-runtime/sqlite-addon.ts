/**
 * better-sqlite3's addon for Electron 33, whose Node-API is 9: built from the project's own copy
 * of the package, with headers from npm's node-api-headers, so that it needs no Node installation
 * but python3, make and g++.
 */
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheEntry } from './cache-entry.ts';
import { type PinnedPackage, unpackPackage } from './npm-package.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const HEADERS: PinnedPackage = {
  name: 'node-api-headers',
  version: '1.9.0',
  integrity:
    'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
};
const RECIPE = 1;
const ADDON = 'better_sqlite3.node';
const EXPERIMENTAL = 'NAPI_VERSION=2147483647';

/**
 * npm's headers leave out what was experimental in Node 20. Without this function an object's
 * finalizer would run inside the garbage collection, where Node-API forbids what it does.
 */
const POST_FINALIZER = `
#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER
#ifdef __cplusplus
extern "C"
#endif
NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(
    node_api_basic_env env, napi_finalize finalize_cb, void* finalize_data, void* finalize_hint);
`;

/** Where the addon for the project's version of better-sqlite3 is once it was built. */
export function sqliteAddonIn(cache: string): string {
  const { version } = JSON.parse(readFileSync(join(sourceFolder(), 'package.json'), 'utf8'));
  return join(cache, `better-sqlite3-${version}-napi9-r${RECIPE}`, ADDON);
}

/** Returns the addon's absolute path, building it once (a minute or two). */
export async function provideSqliteAddon(cache: string): Promise<string> {
  const addon = sqliteAddonIn(cache);
  await cacheEntry(dirname(addon), (into) => buildAddon(sourceFolder(), into));
  return addon;
}

function sourceFolder(): string {
  return dirname(require.resolve('better-sqlite3/package.json'));
}

async function buildAddon(source: string, folder: string): Promise<void> {
  const work = `${folder}-work`;
  const copy = join(work, 'better-sqlite3');
  for (const part of ['binding.gyp', 'package.json', 'deps', 'src', 'lib']) {
    cpSync(join(source, part), join(copy, part), { recursive: true });
  }
  const fromSource = createRequire(join(source, 'package.json'));
  const nodeAddonApi = dirname(fromSource.resolve('node-addon-api/package.json'));
  cpSync(nodeAddonApi, join(copy, 'node_modules', 'node-addon-api'), { recursive: true });
  const gyp = join(copy, 'binding.gyp');
  writeFileSync(gyp, lowerNodeApi(readFileSync(gyp, 'utf8')));
  const headers = await makeHeaders(join(work, 'node'));
  const nodeGyp = require.resolve('node-gyp/bin/node-gyp.js');
  const args = [
    nodeGyp,
    'rebuild',
    '--release',
    '--force_build=1',
    `--nodedir=${headers}`,
    `--jobs=${availableParallelism()}`,
  ];
  await run(process.execPath, args, { cwd: copy, maxBuffer: 64 * 1024 * 1024 }).catch((cause) => {
    const said = String(cause.stderr ?? cause.message)
      .trim()
      .split('\n')
      .slice(-3)
      .join(' / ');
    throw new Error(`building better-sqlite3 failed: ${said}`, { cause });
  });
  renameSync(join(copy, 'build', 'Release', ADDON), join(folder, ADDON));
}

/** Asks for the experimental Node-API in binding.gyp: what is stable in 10 was that in 9. */
export function lowerNodeApi(bindingGyp: string): string {
  const lowered = bindingGyp.replace("'NAPI_VERSION=10'", `'${EXPERIMENTAL}'`);
  if (lowered === bindingGyp) throw new Error('binding.gyp no longer asks for Node-API 10');
  return lowered;
}

/** Lays npm's headers out as node-gyp expects a Node installation to be. */
async function makeHeaders(folder: string): Promise<string> {
  const unpacked = await unpackPackage(HEADERS, join(folder, 'package'));
  const include = join(folder, 'include', 'node');
  mkdirSync(dirname(include), { recursive: true });
  renameSync(join(unpacked, 'include'), include);
  appendFileSync(join(include, 'js_native_api.h'), POST_FINALIZER);
  writeFileSync(join(include, 'common.gypi'), "{ 'variables': { 'node_engine%': 'v8' } }\n");
  writeFileSync(join(include, 'config.gypi'), '{ "target_defaults": {}, "variables": {} }\n');
  return folder;
}
