/** `hookline export`, and `hookline import --bundle`, its way back. */
import { resolve } from 'node:path';
import { systemClock } from '../../src-core/base/clock.ts';
import { createRedactor } from '../../src-core/event/redact.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { keyedHash } from '../../src-core/journal/sum.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { openForReading } from '../../src-core/store/open.ts';
import { BUNDLE_LEVELS, type BundleLevel } from '../export/bundle-format.ts';
import { EXPORT_FORMATS, type ExportFormat, exportEvents } from '../export/export-events.ts';
import { noteExport } from '../export/export-log.ts';
import { importBundle } from '../export/import-bundle.ts';
import { writeNewFile } from '../export/new-file.ts';
import type { EventFilter } from '../export/read-events.ts';
import { writeBundle } from '../export/write-bundle.ts';
import { readHookState } from '../views/hook-state.ts';
import type { Values } from './arguments.ts';
import { fail, mayGoOn } from './consent.ts';
import type { CliContext, Options } from './context.ts';

const BUSY_MS = 5000;

/** Runs `export`. */
export async function exportRecord(
  { paths, open, terminal }: CliContext,
  options: Options,
  values: Values,
): Promise<number> {
  const isJson = options.has('json');
  const wanted = readValues(values);
  if ('problem' in wanted) {
    terminal.warn(`export: ${wanted.problem}`);
    return 2;
  }
  let db: ReadableDb | null = null;
  try {
    const now = systemClock.now();
    db = openForReading({ path: paths.database, open, busyMs: BUSY_MS, now });
    if (db === null) return fail(terminal, 'Nothing was recorded here.', isJson);
    if (wanted.file === null) {
      // What is printed ends in a line end already.
      exportEvents(db, wanted, (block) => terminal.print(block.replace(/\n$/, '')));
      return 0;
    }
    const counts = await writeFile(db, wanted, wanted.file, paths.redactionKey);
    noteExport(paths, wanted.file, now);
    const count = counts.event ?? 0;
    terminal.print(
      isJson
        ? JSON.stringify({ file: wanted.file, counts })
        : `${count.toLocaleString('en')} events written to ${wanted.file}`,
    );
    return 0;
  } catch (error) {
    return fail(terminal, (error as Error).message, isJson);
  } finally {
    db?.close();
  }
}

interface Wanted {
  readonly format: ExportFormat;
  readonly filter: EventFilter;
  /** Null for the terminal. */
  readonly file: string | null;
  /** Of a bundle; null for events alone. */
  readonly level: BundleLevel | null;
}

async function writeFile(
  db: ReadableDb,
  wanted: Wanted,
  file: string,
  keyFile: string,
): Promise<Readonly<Record<string, number>>> {
  if (wanted.level !== null) {
    const redactor = createRedactor(keyedHash(readOrMakeKey(keyFile)));
    return writeBundle({ db, file, level: wanted.level, redactor, now: systemClock.now() });
  }
  const count = await writeNewFile(file, (write) =>
    exportEvents(db, wanted, (block) => write(Buffer.from(block))),
  );
  return { event: count };
}

function readValues(values: Values): Wanted | { readonly problem: string } {
  const { format = 'csv', out, bundle, level } = values;
  if (!isOneOf(EXPORT_FORMATS, format)) return { problem: 'the format is csv or jsonl' };
  if (level !== undefined && bundle === undefined) return { problem: '--level needs --bundle' };
  const chosen = level ?? 'metadata';
  if (!isOneOf(BUNDLE_LEVELS, chosen))
    return { problem: 'the level is metadata, redacted or full' };
  const filter = filterOf(values);
  if (filter === null)
    return { problem: 'a day is written as 2026-01-31, a time as 2026-01-31T12:00' };
  if (bundle !== undefined && (out !== undefined || Object.keys(filter).length > 0))
    return { problem: 'a bundle holds the whole record' };
  const file = bundle ?? out;
  return {
    format,
    filter,
    file: file === undefined ? null : resolve(file),
    level: bundle === undefined ? null : chosen,
  };
}

/** Null where a time is none. */
function filterOf({ from, to, project, tool }: Values): EventFilter | null {
  const [fromAt, toAt] = [timeOf(from, 0), timeOf(to, 1)];
  if (Number.isNaN(fromAt) || Number.isNaN(toAt)) return null;
  return {
    ...(fromAt === undefined ? {} : { fromAt }),
    ...(toAt === undefined ? {} : { toAt }),
    ...(project === undefined ? {} : { project: resolve(project) }),
    ...(tool === undefined ? {} : { tool }),
  };
}

function isOneOf<T extends string>(all: readonly T[], value: string): value is T {
  return (all as readonly string[]).includes(value);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Epoch milliseconds in the machine's zone; `days` are added to what names a whole day. NaN for what is no time. */
function timeOf(text: string | undefined, days: number): number | undefined {
  if (text === undefined) return undefined;
  if (!DAY.test(text)) return new Date(text).getTime();
  const day = new Date(`${text}T00:00`);
  day.setDate(day.getDate() + days);
  return day.getTime();
}

/** Runs `import --bundle`. */
export async function takeBundle(
  { paths, open, importer, terminal }: CliContext,
  options: Options,
  bundle: string,
): Promise<number> {
  const isJson = options.has('json');
  if (!readHookState(paths).hasLauncher)
    return fail(terminal, 'The hook is not installed here; "hookline install" does that.', isJson);
  const run = (isDry: boolean) =>
    importBundle({
      ...{ paths, open, clock: systemClock, countOld: importer.count },
      ...{ file: resolve(bundle), isDry },
    });
  const plan = await run(true);
  if (plan.kind === 'refused') return fail(terminal, plan.reason, isJson);
  const tell = (result: typeof plan, what: string): void => {
    const { events, amendments, rows, known, forgotten } = result;
    const text = `${what} ${events} events, ${amendments} amendments and ${rows} other rows; ${known} are here already, ${forgotten} were forgotten here`;
    terminal.print(isJson ? JSON.stringify(result) : text);
  };
  if (options.has('dry-run')) {
    tell(plan, 'Would add');
    return 0;
  }
  if (!isJson) tell(plan, 'This adds');
  if (!(await mayGoOn(terminal, options, 'Take it over?'))) return 1;
  const done = await run(false);
  if (done.kind === 'refused') return fail(terminal, done.reason, isJson);
  tell(done, 'Added');
  return 0;
}
