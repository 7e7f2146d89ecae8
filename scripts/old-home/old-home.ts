/**
 * A whole home of the old pipeline: work of ten weeks, seen by all of its programs in all stages of
 * their development, with every doubled and every broken line, to the exact number.
 */
import type { OldCall } from './old-call.ts';
import type { OldFile } from './old-files.ts';
import type { OldWork } from './old-life.ts';
import type { OldPipeline } from './old-pipeline.ts';
import { CALLS_A_SESSION, createOldStory, type OldStory, type OldTruth } from './old-story.ts';

/** How large the home is to be. */
export interface OldHomeSize {
  readonly toolLines: number;
  readonly activityLines: number;
  readonly sessionLines: number;
  /** Of antigravity.db. */
  readonly rows: number;
}

/** As large as the home of the old pipeline's author was on 28 January 2026. */
export const FULL_SIZE: OldHomeSize = {
  toolLines: 56_423,
  activityLines: 17_056,
  sessionLines: 817,
  rows: 9_398,
};

/** A made-up home. */
export interface OldHome {
  readonly pipeline: OldPipeline;
  /** More lines of the files: broken ones, and such as tell of no event. */
  readonly extra: Readonly<Record<OldFile, readonly Buffer[]>>;
  /** How many of the extra lines are broken, by file. */
  readonly broken: Readonly<Record<OldFile, number>>;
  readonly truth: OldTruth;
}

/** A home of that share of the full size; everything is in it still. */
export function sizeOfShare(share: number): OldHomeSize {
  const part = (value: number): number => Math.round(value * share);
  return {
    toolLines: part(FULL_SIZE.toolLines),
    activityLines: part(FULL_SIZE.activityLines),
    sessionLines: Math.max(60, part(FULL_SIZE.sessionLines)),
    rows: part(FULL_SIZE.rows),
  };
}

/**
 * Makes a home of exactly that size.
 * @throws when the numbers do not go together
 */
export function makeOldHome(size: OldHomeSize, seed: string): OldHome {
  const story = createOldStory(seed);
  const { extra, broken } = extraLines();
  const stages = liveThrough(story, size.rows);
  repeatThings(story, stages, size);
  fillUp(story, stages, size, extra);
  copyToDashboard(story.pipeline);
  return { pipeline: story.pipeline, extra, broken, truth: story.truth() };
}

interface Stages {
  readonly echo: readonly OldWork[];
  readonly seen: readonly OldWork[];
}

/** All ages of the hook, with the bridge beside it from the third one on. */
function liveThrough(story: OldStory, rows: number): Stages {
  const { pipeline, live } = story;
  const early = Math.round(rows * 0.24);
  const dual = Math.round(rows * 0.28);
  const three = Math.round(rows * 0.08);
  const unseen = Math.round(rows * 0.01);
  const echo = live('echo', Math.round(rows * 0.12));
  const alone = live('sqlite-only', rowsLeft(rows, [early, dual, three, unseen]));
  const seenEarly = live('early-dual', early);
  pipeline.bridge('early');
  // The state file is lost once: all that was exported is exported again.
  pipeline.setBridgeBack(0);
  pipeline.bridge('early');
  const seenDual = live('dual', dual);
  pipeline.bridge('late');
  // The clock was set back for an hour, so to say: a few hundred rows are exported again.
  const again = pipeline.rows.at(-Math.round(rows * 0.04))?.ts ?? 0;
  pipeline.setBridgeBack(again);
  pipeline.bridge('late');
  const seenThree = live('three-stores', three);
  pipeline.bridge('late');
  // A row that it could not read stopped the bridge for ever; what came then stands in SQLite alone.
  live('sqlite-only', unseen);
  return { echo, seen: [...alone, ...seenEarly, ...seenDual, ...seenThree] };
}

/** How many calls the stage of rows alone must have: every session leaves two rows of its own. */
function rowsLeft(rows: number, calls: readonly number[]): number {
  const sessions = (count: number): number => Math.ceil(count / CALLS_A_SESSION);
  const others = calls.reduce((sum, count) => sum + count + 2 * sessions(count), 0);
  const left = rows - others;
  for (let count = left; count > 0; count--) if (count + 2 * sessions(count) === left) return count;
  throw new RangeError(`${rows} rows cannot be reached; take one more or less`);
}

/** Backfills, the fast bridge, and prompts read again and again. */
function repeatThings(story: OldStory, { echo, seen }: Stages, size: OldHomeSize): void {
  const all = [...echo, ...seen];
  story.bulkBackfill(all.slice(0, -2));
  const newest = all.slice(-Math.round(size.sessionLines * 0.1));
  story.weeklyBackfill(newest);
  story.weeklyBackfill(newest);
  const some: OldCall[] = seen.slice(0, 3).flatMap(({ calls }) => calls.slice(0, 20));
  story.fastBridge(some);
  story.syncPrompts(
    all.flatMap(({ prompts }) => prompts).slice(0, Math.round(size.activityLines * 0.05)),
  );
  const tracked = seen[0]?.prompts[0];
  if (tracked !== undefined) story.pipeline.trackPrompt(tracked);
}

/** Whatever is missing of the exact numbers. */
function fillUp(
  story: OldStory,
  { seen }: Stages,
  size: OldHomeSize,
  extra: Readonly<Record<OldFile, readonly Buffer[]>>,
): void {
  const { lines } = story.pipeline;
  const left = (file: OldFile, target: number): number => {
    const missing = target - lines[file].length - extra[file].length;
    if (missing < 0) throw new RangeError(`${file} has ${-missing} lines too many`);
    return missing;
  };
  const forgotten = story.remember(Math.round(left('tool-usage', size.toolLines) * 0.6));
  story.bulkBackfill(forgotten);
  story.noteCalls(left('tool-usage', size.toolLines));
  story.noteSessions(left('session-events', size.sessionLines));
  const prompts = [...seen, ...forgotten].flatMap((work) => work.prompts);
  for (let missing = left('activity-events', size.activityLines); missing > 0; ) {
    const some = prompts.slice(0, missing);
    if (some.length === 0) throw new RangeError('there are no prompts to fill up with');
    story.syncPrompts(some);
    missing -= some.length;
  }
}

/** The migration copies everything, and once more after a while; another writer writes ISO texts. */
function copyToDashboard(pipeline: OldPipeline): void {
  pipeline.migrate();
  const { activityRows } = pipeline;
  for (const row of activityRows.slice(0, 40)) {
    const at = Number(row.ts);
    activityRows.push({ ...row, ts: new Date(at > 1e11 ? at : at * 1000).toISOString() });
  }
}

function extraLines() {
  const text = (lines: readonly string[]): Buffer[] => lines.map((line) => Buffer.from(line));
  const torn = ['{"ts": 1769423127, "tool": "Ba', 'null', '[1, 2]', '{"ts": 1769423127}'];
  const latin = Buffer.from('{"ts": 1769423128, "tool": "Edit", "file": "/w/caf\u00e9"', 'latin1');
  const extra: Readonly<Record<OldFile, readonly Buffer[]>> = {
    'tool-usage': [...text(torn), latin],
    'activity-events': text([
      '{"type":"skill","timestamp":1769423127123,"skill":"review"}',
      '{"type": "tool_use", "ts": 1769423127}',
    ]),
    'session-events': text(['{"session_id": "0f6f1b0e", "start": "x", "end": "y"}']),
    'tool-success': text([
      '{"date": "2026-01-18", "tool": "Bash", "success": 46, "failure": 54, "total": 100}',
      '{"ts":1768700000,"tool":"bash","cmd_hash":"ab","cmd_type":"git","success":false,"exit_code":1,"duration_sec":2}',
      '{"ts":1768700001,"tool":"test","framework":"vitest","success":true,"tests_total":10,"tests_passed":10,"tests_failed":0}',
      '{"ts":1768700002,"tool":"build","system":"npm","success":true,"duration_sec":9}',
      '{"ts": 1}',
    ]),
    'command-usage': text([
      '{"ts":1768700000,"cmd":"ccc","args":"","context":"alias","pwd":"/w"}',
      '{"ts":1768700000,"cmd":"git commit -m "x"","args":"","context":"shell","pwd":"/w"}',
      '{"ts": 1769300000, "cmd": "review", "context": "skill", "pwd": "/p", "source": "backfill"}',
    ]),
  };
  const broken: Readonly<Record<OldFile, number>> = {
    'tool-usage': 5,
    'activity-events': 1,
    'session-events': 1,
    'tool-success': 1,
    'command-usage': 1,
  };
  return { extra, broken };
}
