/** Sees to it that made-up records never get into a home that somebody lives in. */
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isObject } from '../../src-core/base/json.ts';

/** Marks a home as made up; without it nothing of a home is ever replaced. */
const MARK = 'made-by-hookline.json';

/** A home for made-up records, or the reason why the folder cannot be one. */
export type MadeHome =
  | { readonly kind: 'ready'; readonly home: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the caller's environment says about who lives where. */
export interface MadeHomeOptions {
  readonly folder: string;
  /** `HOME` of the caller. */
  readonly ownHome: string | undefined;
}

/**
 * Makes the folder a home for made-up records and empties it of those made before. A real home, a
 * folder around or inside a `.claude`, and any home that holds records of other origin are refused.
 */
export function openMadeHome({ folder, ownHome }: MadeHomeOptions): MadeHome {
  const home = realPath(folder);
  const real = [userInfo().homedir, ...(ownHome ? [ownHome] : [])].map(realPath);
  if (real.some((path) => path === home || isInside(path, home))) {
    return refuse(`${home} is a real home, or holds one; name a folder of its own`);
  }
  if (home.split(sep).includes('.claude')) {
    return refuse(`${home} is inside a .claude folder; name a folder of its own`);
  }
  const records = ['.claude', '.agent-core'].map((name) => join(home, name));
  const present = records.filter((path) => existsSync(path));
  if (present.length > 0 && !isMarked(home)) {
    return refuse(`${present.join(' and ')} was not made by this program; name an empty folder`);
  }
  for (const path of present) rmSync(path, { recursive: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const note = 'A made-up home: its records may be replaced at any time.';
  writeFileSync(join(home, MARK), `${JSON.stringify({ madeByHookline: true, note })}\n`);
  return { kind: 'ready', home };
}

function refuse(reason: string): MadeHome {
  return { kind: 'refused', reason };
}

function isMarked(home: string): boolean {
  try {
    const mark: unknown = JSON.parse(readFileSync(join(home, MARK), 'utf8'));
    return isObject(mark) && mark.madeByHookline === true;
  } catch {
    // No mark, or one that cannot be read: then nothing here counts as made by us.
    return false;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

/** The path without links, as far as it exists. */
function realPath(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const parent = dirname(full);
  return parent === full ? full : join(realPath(parent), full.slice(parent.length));
}
