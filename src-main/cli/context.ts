/** What the verbs of the command line are given. */
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import type { Doctor } from '../doctor/doctor.ts';
import type { Engine } from '../engine/engine.ts';
import type { Importer } from '../import/importer.ts';
import type { Installer } from '../install/installer.ts';
import type { Repairer } from '../repair/repairer.ts';
import type { Backfiller } from '../transcripts/backfiller.ts';
import type { Terminal } from './terminal.ts';
import type { Option } from './verbs.ts';

/** What the verbs work with. */
export interface CliContext {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly engine: Engine;
  readonly installer: Installer;
  readonly importer: Importer;
  readonly backfiller: Backfiller;
  readonly repairer: Repairer;
  readonly doctor: Doctor;
  readonly terminal: Terminal;
  readonly version: string;
  /** Resolves when the user wants `watch`, `backfill` or `repair` to end; until it is asked, an interrupt ends the program. */
  interrupted(): Promise<void>;
}

/** The options that were given. */
export type Options = ReadonlySet<Option>;
