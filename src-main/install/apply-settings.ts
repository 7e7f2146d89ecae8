/** Carries out a plan for settings.json: backup, record, comparison, rename, and a look afterwards. */
import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { type Disk, isSame, readIfThere, replaceFile, writeObstacle } from './replace-file.ts';
import type { Refusal } from './settings-document.ts';

/** What every plan for settings.json has in common. */
export type AnySettingsPlan =
  | { readonly kind: 'plan'; readonly before: Buffer | null; readonly after: Buffer | null }
  | { readonly kind: 'unchanged' }
  | Refusal;

/** How settings.json came out. Only `written` and `not-kept` have changed the file. */
export type SettingsOutcome<Plan extends AnySettingsPlan> =
  | {
      readonly kind: 'written';
      readonly plan: Planned<Plan>;
      /** The dated copy of the file as it was; null if there was none or none was wanted. */
      readonly backup: string | null;
    }
  | Unchanged<Plan>
  | Refusal
  | { readonly kind: 'not-writable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Written, but another program has put something else there since. */
  | { readonly kind: 'not-kept'; readonly reason: string };

/** What `applySettings` needs. */
export interface ApplySettingsOptions<Plan extends AnySettingsPlan> {
  readonly paths: Pick<Paths, 'settingsJson' | 'backups'>;
  readonly clock: Clock;
  readonly disk: Disk;
  /** Plans from the bytes that are there now; called again whenever the file has changed. */
  readonly plan: (bytes: Buffer | null) => Plan;
  /** False where the file as it is can be made again from what is known. */
  readonly wantsBackup: (plan: Planned<Plan>) => boolean;
  /** Called before the file is touched: what cannot be remembered is not written. */
  readonly remember: (plan: Planned<Plan>, backup: string | null) => void;
}

/** The member of a plan type that changes something. */
export type Planned<Plan> = Extract<Plan, { kind: 'plan' }>;

type Unchanged<Plan> = Extract<Plan, { kind: 'unchanged' }>;

/** How often a file that keeps changing is planned anew. */
const MAX_ATTEMPTS = 5;

/** Plans and writes. @throws only what `remember` or the backup throws; the file is untouched then */
export function applySettings<Plan extends AnySettingsPlan>(
  options: ApplySettingsOptions<Plan>,
): SettingsOutcome<Plan> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const outcome = attemptOnce(options);
    if (outcome.kind !== 'changed') return outcome;
  }
  return { kind: 'failed', reason: `${options.paths.settingsJson} keeps changing` };
}

/** Reads settings.json, or says why it cannot be read. */
export function readSettings(
  disk: Disk,
  path: string,
):
  | { readonly kind: 'read'; readonly bytes: Buffer | null }
  | { readonly kind: 'failed'; readonly reason: string } {
  try {
    return { kind: 'read', bytes: readIfThere(disk, path) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function attemptOnce<Plan extends AnySettingsPlan>(
  options: ApplySettingsOptions<Plan>,
): SettingsOutcome<Plan> | { readonly kind: 'changed' } {
  const { paths, disk } = options;
  const read = readSettings(disk, paths.settingsJson);
  if (read.kind !== 'read') return read;
  const plan = options.plan(read.bytes);
  if (plan.kind === 'refused') return plan as Refusal;
  if (plan.kind === 'unchanged') return plan as Unchanged<Plan>;
  const planned = plan as Planned<Plan>;
  const obstacle = writeObstacle(disk, paths.settingsJson);
  if (obstacle) return { kind: 'not-writable', reason: obstacle };

  const backup = options.wantsBackup(planned) ? saveBackup(options, planned.before) : null;
  options.remember(planned, backup);
  const change = { expected: planned.before, next: planned.after };
  const replacement = replaceFile(disk, paths.settingsJson, change);
  if (replacement.kind === 'replaced') return confirm(options, planned, backup);
  if (backup) disk.unlinkSync(backup);
  return replacement;
}

function saveBackup<Plan extends AnySettingsPlan>(
  { paths, clock, disk }: ApplySettingsOptions<Plan>,
  bytes: Buffer | null,
): string | null {
  if (bytes === null) return null;
  const time = new Date(clock.now()).toISOString().replaceAll(':', '-');
  const path = join(paths.backups, `${basename(paths.settingsJson)}.${time}`);
  // The same millisecond twice is possible where the clock stands still.
  const free = disk.lstatSync(path, { throwIfNoEntry: false })
    ? `${path}-${randomBytes(2).toString('hex')}`
    : path;
  disk.mkdirSync(paths.backups, { recursive: true, mode: 0o700 });
  disk.writeFileSync(free, bytes, { mode: 0o600, flag: 'wx' });
  return free;
}

/** Reads the file again: a plan from what is there now must have nothing left to do. */
function confirm<Plan extends AnySettingsPlan>(
  options: ApplySettingsOptions<Plan>,
  plan: Planned<Plan>,
  backup: string | null,
): SettingsOutcome<Plan> {
  const read = readSettings(options.disk, options.paths.settingsJson);
  if (read.kind !== 'read') return read;
  const isKept = isSame(read.bytes, plan.after) || options.plan(read.bytes).kind === 'unchanged';
  if (isKept) return { kind: 'written', plan, backup };
  const reason = `another program has changed ${options.paths.settingsJson} at the same moment`;
  return { kind: 'not-kept', reason };
}
