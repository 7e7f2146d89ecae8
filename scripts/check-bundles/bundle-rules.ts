/** What each built program may be made of. Each rule returns its complaints; none means it holds. */
import { isBuiltin } from 'node:module';
import { COMPUTED, readRequires } from './read-requires.ts';

/** The hook starts at every drain, so each kilobyte of it is paid for thousands of times. */
export const HOOK_LIMIT_BYTES = 60_000;

/** Built-in modules that reach other machines or open the program to them. */
const NETWORK = ['dgram', 'dns', 'http', 'http2', 'https', 'inspector', 'net', 'tls'];

/** What main may leave outside its bundle. */
const MAIN_EXTERNALS = ['electron', 'better-sqlite3'];

/** Marks that the code of a package leaves in a bundle even without its name. */
const PAGE_CODE: Readonly<Record<string, RegExp>> = {
  react: /react\.transitional\.element|node_modules\/react(-dom)?\//,
  recharts: /recharts-wrapper|node_modules\/recharts\//,
};

/** A sandboxed preload can load `electron` and nothing else. */
export function checkPreloadRequires(source: string): string[] {
  return readRequires(source)
    .filter((name) => name !== 'electron')
    .map((name) => `the preload requires ${name}`);
}

/** The hook has nothing from npm, no network, no Electron, and stays small. */
export function checkHook(source: string): string[] {
  const complaints = readRequires(source)
    .filter((name) => !isBuiltin(name) || NETWORK.includes(withoutScheme(name)))
    .map((name) => `the hook requires ${name}`);
  const sizeBytes = Buffer.byteLength(source);
  if (sizeBytes > HOOK_LIMIT_BYTES) {
    complaints.push(`the hook has ${sizeBytes} bytes, more than ${HOOK_LIMIT_BYTES}`);
  }
  return complaints;
}

/** Main carries all its packages but the two with native code, and no code of the pages. */
export function checkMain(file: string, source: string): string[] {
  const foreign = readRequires(source)
    .filter((name) => name !== COMPUTED && !isOwnFile(name))
    .filter((name) => !isBuiltin(name) && !MAIN_EXTERNALS.includes(name))
    .map((name) => `${file} requires ${name}, which is not shipped`);
  const pageCode = Object.entries(PAGE_CODE)
    .filter(([, mark]) => mark.test(source))
    .map(([name]) => `${file} holds code of ${name}`);
  return [...foreign, ...pageCode];
}

const withoutScheme = (name: string): string => name.replace(/^node:/, '').replace(/\/.*$/, '');

const isOwnFile = (name: string): boolean => name.startsWith('./') || name.startsWith('../');
