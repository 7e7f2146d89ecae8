/**
 * Removes from files what is forgotten: lines of ours, of the archive and of quarantine, copies that
 * hold it, entries of the spool. Lines of other programs stay and are told of.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Paths } from '../../../src-core/files/paths.ts';
import { quarantineFile } from '../../../src-core/journal/quarantine.ts';
import { judgeLine } from '../../bridge/line.ts';
import { type Decide, type Rewritten, rewriteJournal } from '../../repair/rewrite-journal.ts';
import { isFile, linesAndTail } from '../../repair/whole-file.ts';
import { archiveLineOf } from '../archive/archive.ts';
import { archiveFolder, readSegments, type Segment, writeSegments } from '../archive/manifest.ts';
import { readSegment, writeSegment } from '../archive/segment.ts';
import type { Selection } from './selection.ts';
import type { Meaning } from './target.ts';

/** What is removed, or would be. */
export interface FileWork {
  readonly paths: Paths;
  readonly meaning: Meaning;
  readonly selection: Selection;
  /** Only counts. */
  readonly isDry: boolean;
}

/** Lines, files or folders by the place where they were found; places without any are left out. */
export type Places = Readonly<Record<string, number>>;

/**
 * Removes it, or counts it.
 * @throws the system's error; done again it goes on
 */
export function forgetInFiles(work: FileWork): Places {
  const { paths } = work;
  const rewritten: Rewritten[] = [];
  const places: Record<string, number> = {};
  const add = (place: string, count: number): void => {
    if (count > 0) places[place] = (places[place] ?? 0) + count;
  };
  try {
    for (const path of journalsOf(paths))
      add('lines', inLines(work, path, ownLines(work), rewritten));
    add('archived lines', inArchive(work));
    const named: Decide = (bytes) => (isNamed(work, bytes) ? 'remove' : 'keep');
    for (const path of [
      quarantineFile(paths),
      paths.salvages,
      paths.hookErrorLog,
      `${paths.hookErrorLog}.1`,
      ...appLogs(paths),
    ])
      add(
        path === quarantineFile(paths) ? 'quarantined lines' : 'log lines',
        inLines(work, path, named, rewritten),
      );
    const activity: Decide = (bytes) =>
      work.selection.activity.has(bytes.toString('utf8')) ? 'remove' : 'keep';
    add('activity lines', inLines(work, paths.activityLog, activity, rewritten));
  } finally {
    for (const { close } of rewritten) close();
  }
  add(
    'spooled entries',
    inFolder(work, paths.spool, (name) => !name.startsWith('.')),
  );
  add(
    'snapshots',
    inFolder(work, paths.backups, (name) => name.startsWith('repair-')),
  );
  const database = basename(paths.database);
  add(
    'damaged databases',
    inFolder(work, dirname(paths.database), (name) => name.startsWith(`${database}.damaged-`)),
  );
  return places;
}

/** What was counted of the old record is counted again where it holds the target. */
export function forgetCount({ paths, meaning }: Pick<FileWork, 'paths' | 'meaning'>): void {
  const { oldCount } = paths;
  if (isFile(oldCount) && holdsTarget(oldCount, meaning)) rmSync(oldCount);
}

/** They name what must stay away, or are no text. */
const NAMING = ['tombstones', 'settings', 'redactionKey', 'lockDatabase'] as const;

/** Files that name the target still: other programs' lines, or files that are not ours to change. */
export function filesLeft({
  paths,
  meaning,
}: Pick<FileWork, 'paths' | 'meaning'>): readonly string[] {
  const files = [
    ...Object.values(paths.journals),
    ...Object.values(paths.stats),
    ...[paths.activityLog, paths.database, `${paths.database}-wal`, paths.dashboardDatabase],
    ...filesBelow(paths.own).filter((path) => !NAMING.some((name) => paths[name] === path)),
  ];
  return [...new Set(files)].filter((path) => isFile(path) && holdsTarget(path, meaning)).sort();
}

function journalsOf(paths: Paths): readonly string[] {
  return Object.values(paths.journals);
}

function appLogs(paths: Paths): readonly string[] {
  const folder = join(paths.app, 'logs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function ownLines({ selection, meaning }: FileWork): Decide {
  const { events, amendments } = selection;
  const isMeant = (id: string): boolean =>
    events.has(id) || amendments.has(id) || events.has(id.replace(/^rc_/, ''));
  return (bytes) => {
    const line = judgeLine(bytes);
    if (line.kind === 'own') {
      if (isMeant(line.id)) return 'remove';
      const { event_id: owner } = line.record();
      return typeof owner === 'string' && isMeant(owner) ? 'remove' : 'keep';
    }
    // A line that is torn or damaged tells no id.
    return line.kind === 'damaged' && meaning.isIn(bytes) ? 'remove' : 'keep';
  };
}

const IDS = /"id\\?":\\?"([^"\\]+)/g;

/** A line that holds other lines as text: it names the target, or an event that is forgotten. */
function isNamed({ meaning, selection }: FileWork, bytes: Buffer): boolean {
  if (meaning.isIn(bytes)) return true;
  for (const [, id = ''] of bytes.toString('utf8').matchAll(IDS))
    if (selection.events.has(id)) return true;
  return false;
}

function inLines(
  { isDry }: FileWork,
  path: string,
  decide: Decide,
  rewritten: Rewritten[],
): number {
  if (!isFile(path)) return 0;
  if (isDry) {
    let count = 0;
    for (const { bytes, offset, isTail } of linesAndTail(path))
      if (decide(bytes, { offset, isTail }) === 'remove') count++;
    return count;
  }
  const result = rewriteJournal(path, decide);
  if (result !== null) rewritten.push(result);
  return result?.removed ?? 0;
}

/** A segment is written anew beside the old one, entered in its place, and only then the old one goes. */
function inArchive({ paths, selection, isDry }: FileWork): number {
  let removed = 0;
  for (const segment of readSegments(paths)) {
    const read = readSegment(paths, segment);
    if (read.kind === 'damaged') continue;
    const lines = read.lines.flatMap((bytes) => archiveLineOf(bytes) ?? []);
    const kept = lines.filter(({ id }) => !selection.events.has(id));
    removed += lines.length - kept.length;
    if (isDry || kept.length === lines.length) continue;
    const { stream, month, file } = segment;
    const next: readonly Segment[] =
      kept.length === 0
        ? []
        : [{ ...writeSegment(paths, { stream, month }, kept), isSettled: segment.isSettled }];
    const others = readSegments(paths).filter(
      (each) => each.file !== file && each.file !== next[0]?.file,
    );
    writeSegments(paths, [...others, ...next]);
    rmSync(join(archiveFolder(paths), file), { force: true });
  }
  if (!isDry) removeDamagedSegments(paths);
  return removed;
}

/** What cannot be read may hold anything; the bridge has its lines written again. */
function removeDamagedSegments(paths: Paths): void {
  const segments = readSegments(paths);
  const whole = segments.filter((segment) => readSegment(paths, segment).kind === 'whole');
  if (whole.length === segments.length) return;
  writeSegments(paths, whole);
  for (const { file } of segments.filter((segment) => !whole.includes(segment)))
    rmSync(join(archiveFolder(paths), file), { force: true });
}

/** Files and folders that hold the target go whole. */
function inFolder(
  { meaning, isDry }: FileWork,
  folder: string,
  isOurs: (name: string) => boolean,
): number {
  if (!existsSync(folder)) return 0;
  let count = 0;
  for (const name of readdirSync(folder).filter(isOurs)) {
    const path = join(folder, name);
    const files = statSync(path).isDirectory() ? filesBelow(path) : [path];
    if (!files.some((file) => isFile(file) && holdsTarget(file, meaning))) continue;
    count++;
    if (!isDry) rmSync(path, { recursive: true, force: true });
  }
  return count;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const BLOCK_BYTES = 8 * 1024 * 1024;

/** Reads in blocks that overlap by more than any text is long. */
function holdsTarget(path: string, { isIn }: Meaning): boolean {
  // A compressed file does not tell; segments were looked through line by line.
  const size = statSync(path).size;
  if (size <= BLOCK_BYTES) return isIn(readFileSync(path));
  return blocksHold(path, size, isIn);
}

const OVERLAP_BYTES = 64 * 1024;

function blocksHold(path: string, size: number, isIn: Meaning['isIn']): boolean {
  const block = Buffer.alloc(BLOCK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < size; at += BLOCK_BYTES - OVERLAP_BYTES)
      if (isIn(block.subarray(0, readSync(file, block, 0, block.length, at)))) return true;
    return false;
  } finally {
    closeSync(file);
  }
}
