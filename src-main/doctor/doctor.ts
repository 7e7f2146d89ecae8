/** Looks at everything that capture hangs on, and changes nothing. */
import { existsSync } from 'node:fs';
import type { Clock } from '../../src-core/base/clock.ts';
import type { HealthView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { quickCheck } from '../../src-core/store/integrity.ts';
import { openForReading } from '../../src-core/store/open.ts';
import type { Installer } from '../install/installer.ts';
import type { RunCommand } from '../install/run-command.ts';
import { checkCapture } from './check-capture.ts';
import { checkHooks } from './check-hooks.ts';
import { checkMachine, roomOf } from './check-machine.ts';
import { checkLogin, checkNeighbours } from './check-neighbours.ts';
import { checkStores } from './check-stores.ts';
import type { Check, Diagnosis, DoctorFinding } from './diagnosis.ts';
import { shareable } from './shareable.ts';

/** What the doctor looks with. */
export interface DoctorOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  readonly version: string;
  readonly readHealth: () => HealthView;
  readonly installer: Pick<Installer, 'agents' | 'login'>;
  readonly run: RunCommand;
  /** The folder whose project settings are looked at. */
  readonly folder: string;
  readonly platform?: NodeJS.Platform;
  /** Other places and measures than the machine's own, for tests. */
  readonly managedSettings?: string;
  readonly room?: typeof roomOf;
}

/** Examines; the result holds no secret and no name of the account. */
export type Doctor = () => Promise<Diagnosis>;

const BUSY_MS = 1000;

/** What helps against what health finds. */
const REMEDIES = {
  install: '"hookline install" mends it.',
  refresh: '"hookline refresh" mends it.',
  'open-health': null,
} as const;

/** Builds the doctor of a root. */
export function createDoctor(options: DoctorOptions): Doctor {
  const { paths, clock, version, installer, run, folder, platform = process.platform } = options;
  const complaints = (): readonly string[] | null => {
    // Even reading leaves files beside a database, so nobody's but ours is opened.
    if (!existsSync(paths.own)) return null;
    const now = clock.now();
    const db = openForReading({ path: paths.database, open: options.open, busyMs: BUSY_MS, now });
    try {
      return db === null ? null : quickCheck(db);
    } finally {
      db?.close();
    }
  };
  return async () => {
    const health = options.readHealth();
    const now = clock.now();
    const managed = options.managedSettings;
    const hooks = { paths, folder, platform, ...(managed === undefined ? {} : { managed }) };
    const { launchAtLogin } = readSettings(paths.settings).settings;
    const looked = [
      checkHooks(hooks),
      await checkCapture({ paths, version, health, run }),
      checkStores({ paths, health, complaints }),
      await checkLogin(installer, launchAtLogin),
      await checkNeighbours(installer, run),
      checkMachine({ paths, now, health, version, room: options.room ?? roomOf }),
    ];
    const checks = [...looked, checkHealth(health, looked)];
    return { ...shareable({ version, checks }, paths.home), at: now };
  };
}

/** What health finds and no closer look has found already. */
function checkHealth({ health }: HealthView, looked: readonly Check[]): Check {
  const known = new Set(looked.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const findings: DoctorFinding[] = health.findings
    .filter(({ code }) => !known.has(code))
    .map((finding) => ({
      ...finding,
      evidence: [],
      remedy: finding.action === null ? null : REMEDIES[finding.action],
    }));
  return { name: 'Record', facts: [`state: ${health.state}`], findings };
}
