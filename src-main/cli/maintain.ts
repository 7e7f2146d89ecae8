/** `hookline maintain`: keeps the record small and quick. */
import { systemClock } from '../../src-core/base/clock.ts';
import { type MaintainReport, maintain } from '../maintain/maintain.ts';
import { noteMaintained } from '../maintain/maintenance-job.ts';
import { readHookState } from '../views/hook-state.ts';
import { fail } from './consent.ts';
import type { CliContext, Options } from './context.ts';

/** Runs the verb. */
export async function maintainRecord(
  { paths, open, importer, terminal }: CliContext,
  options: Options,
): Promise<number> {
  const isJson = options.has('json');
  if (!readHookState(paths).hasLauncher)
    return fail(terminal, 'The hook is not installed here; "hookline install" does that.', isJson);
  const result = await maintain({
    ...{ paths, open, clock: systemClock, countOld: importer.count },
    isDry: options.has('dry-run'),
    isVacuum: options.has('vacuum'),
  });
  if (result.kind === 'refused') return fail(terminal, result.reason, isJson);
  if (result.kind === 'done') noteMaintained(paths, result.at);
  terminal.print(
    isJson ? JSON.stringify(result) : describeMaintenance(result, options.has('vacuum')),
  );
  return result.problems.length === 0 ? 0 : 1;
}

/** What was done, or would be, as sentences. */
export function describeMaintenance(report: MaintainReport, isVacuum: boolean): string {
  const { archived, excess, room, kind, removedBytes, returnedBytes, problems } = report;
  const isDone = kind === 'done';
  const lines = archived.map(
    ({ stream, lines: count, bytes }) =>
      `${isDone ? 'Archived' : 'Would archive'} ${count.toLocaleString('en')} lines of ${stream} (${sizeOf(bytes)})`,
  );
  if (excess.snapshots.length > 0)
    lines.push(
      `${isDone ? 'Removed' : 'Would remove'} the copies of ${excess.snapshots.length} repairs, which cannot be taken back then`,
    );
  for (const { path, keptBytes } of excess.files)
    lines.push(`${isDone ? 'Cut' : 'Would cut'} ${path} to its last ${sizeOf(keptBytes)}`);
  if (removedBytes > 0) lines.push(`${sizeOf(removedBytes)} of copies and logs are gone`);
  lines.push(
    `The database has ${sizeOf(room.databaseBytes)}, ${sizeOf(room.unusedBytes)} of it unused${isDone ? `; ${sizeOf(returnedBytes)} were given back` : ''}`,
  );
  if (isVacuum || (!room.isIncremental && room.unusedBytes > 0))
    lines.push(
      `Writing it anew (--vacuum) needs ${sizeOf(room.neededBytes)} of room; ${sizeOf(room.freeBytes)} are free`,
    );
  return [...lines, ...problems].join('\n');
}

/** Bytes as people read them. */
function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}
