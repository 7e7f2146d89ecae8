/** Whether the installed hook can work: its files, its launcher, its runtimes, and when it last did. */
import fs from 'node:fs';
import type { HealthView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { installedHookFiles, installedVersion } from '../install/hook-files.ts';
import type { RunCommand } from '../install/run-command.ts';
import { checkRuntimes } from '../install/runtimes.ts';
import { currentIdentity, distrustOf } from '../install/trusted-path.ts';
import { launcherRuns } from '../upkeep/self-test.ts';
import { attention, type Check, type DoctorFinding, note } from './diagnosis.ts';

/** What the check is told. */
export interface CaptureCheck {
  readonly paths: Paths;
  readonly version: string;
  readonly health: HealthView;
  readonly run: RunCommand;
}

const INSTALL = '"hookline install" puts it back.';

/** Looks at the files, runs the launcher once in a folder apart, and starts each runtime. */
export async function checkCapture(options: CaptureCheck): Promise<Check> {
  const { paths, version, health, run } = options;
  if (installedHookFiles(paths).length === 0) {
    return {
      name: 'Capture',
      facts: ['the hook is not installed'],
      findings: health.health.findings.some(({ code }) => code === 'launcher-missing')
        ? []
        : [
            note({
              code: 'not-installed',
              title: 'Nothing is recorded here',
              detail: 'The hook is not installed for this configuration folder.',
              action: 'install',
              remedy: '"hookline install" shows what it would do, and asks.',
            }),
          ],
    };
  }
  const installed = installedVersion(paths);
  const runtimes = await checkRuntimes(paths.runtimes, { run, identity: currentIdentity() });
  const isPaused = fs.existsSync(paths.pauseMarker);
  const { lastEventAt } = health.health;
  return {
    name: 'Capture',
    facts: [
      `hook ${installed ?? 'of an unknown version'}, program ${version}`,
      ...runtimes.map(({ path, version: node, reason }) =>
        reason === null ? `${path} is Node ${node}` : `${path} ${reason}`,
      ),
      lastEventAt === null ? 'no event yet' : `last event ${new Date(lastEventAt).toISOString()}`,
      ...(isPaused ? ['paused'] : []),
    ],
    findings: [
      ...fileFindings(paths),
      ...(installed === version ? [] : [versionFinding(installed, version)]),
      ...(isPaused || launcherRuns(paths) ? [] : [launcherFinding(paths)]),
      ...runtimeFindings(runtimes),
    ],
  };
}

function fileFindings(paths: Paths): readonly DoctorFinding[] {
  return [paths.launcher, paths.hookScript, paths.runtimes].flatMap((path) => {
    const reason = obstacleOf(path, path === paths.launcher);
    if (reason === null) return [];
    return [
      attention({
        code: 'hook-file',
        title: 'A file of the hook cannot be used',
        detail: `${path} ${reason}.`,
        action: 'install',
        remedy: INSTALL,
      }),
    ];
  });
}

/** Why the launcher would not take the file; null if it does. */
function obstacleOf(path: string, isProgram: boolean): string | null {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'is missing';
  if (isProgram) return distrustOf(path, currentIdentity());
  return (stat.mode & 0o022) === 0 ? null : 'can be written by others';
}

function versionFinding(installed: string | null, version: string): DoctorFinding {
  return note({
    code: 'hook-version',
    title: 'The hook is of another version than this program',
    detail: `The hook is ${installed ?? 'unknown'}, this program is ${version}. Both work together.`,
    action: 'install',
    remedy: 'Starting the app renews the hook, and so does "hookline install".',
  });
}

function launcherFinding(paths: Paths): DoctorFinding {
  return attention({
    code: 'launcher',
    title: 'The launcher does not run',
    detail: `${paths.launcher} could not be started. Its folder may be on a disk that runs no programs.`,
    action: 'install',
    remedy: INSTALL,
  });
}

function runtimeFindings(
  runtimes: readonly { readonly path: string; readonly reason: string | null }[],
): readonly DoctorFinding[] {
  if (runtimes.some(({ reason }) => reason === null)) return [];
  return [
    note({
      code: 'runtimes',
      title: 'No Node that the hook could start',
      detail: 'Events wait in the spool until the app or "hookline refresh" stores them.',
      evidence: runtimes.map(({ path, reason }) => `${path} ${reason}`),
      remedy: 'Install Node 20 or newer, then "hookline install".',
    }),
  ];
}
