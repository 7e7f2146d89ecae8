/** The app's log file: electron-log behind our `Logger`. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import electronLog from 'electron-log/node';
import type { Logger } from '../../src-core/base/logger.ts';

/** The log starts anew at this size; one older file is kept beside it. */
export const LOG_LIMIT_BYTES = 5_000_000;

/** What a log file needs to know. */
export interface LogOptions {
  readonly file: string;
  /** Also print to the terminal; for development. */
  readonly isEchoed: boolean;
  readonly limitBytes?: number;
}

/**
 * Opens the log. Files are the owner's alone. A line that cannot be written (disk full, folder gone)
 * is dropped without an error, which the library says once on stderr: the log must never stop what
 * it reports on.
 */
export function createFileLogger(options: LogOptions): Logger {
  try {
    mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
  } catch {
    // Each line will fail in the same way and be dropped, as promised above.
  }
  const log = electronLog.create({ logId: options.file });
  const { file, console: terminal } = log.transports;
  file.resolvePathFn = () => options.file;
  file.maxSize = options.limitBytes ?? LOG_LIMIT_BYTES;
  file.level = 'debug';
  file.format = '{iso} [{level}] {text}';
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  terminal.level = options.isEchoed ? 'debug' : false;
  const line = (from: string, message: string, error?: unknown) =>
    error === undefined ? `${from}: ${message}` : `${from}: ${message}: ${textOf(error)}`;
  return {
    debug: (from, message) => log.debug(line(from, message)),
    info: (from, message) => log.info(line(from, message)),
    warn: (from, message, error) => log.warn(line(from, message, error)),
    error: (from, message, error) => log.error(line(from, message, error)),
  };
}

/** The whole chain of causes, with the stack of the first error. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${textOf(error.cause)}`;
}
