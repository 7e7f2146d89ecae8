/** All migrations, in their order. */
import { CAPTURE_MIGRATIONS, type Migration } from '../migrate.ts';
import { imports } from './0004-import.ts';
import { rollups } from './0005-rollups.ts';
import { transcripts } from './0006-transcripts.ts';
import { usage } from './0007-usage.ts';

/** What the app and the command line bring a store to; a new one raises `LATEST_VERSION` too. */
export const MIGRATIONS: readonly Migration[] = [
  ...CAPTURE_MIGRATIONS,
  imports,
  rollups,
  transcripts,
  usage,
];
