/** The machine itself: room on the disk, the clock, what runs, and shell aliases in the way. */
import fs from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import type { HealthView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { attention, type Check, type DoctorFinding, note } from './diagnosis.ts';

/** What the check is told. */
export interface MachineCheck {
  readonly paths: Paths;
  readonly now: number;
  readonly health: HealthView;
  readonly version: string;
  /** Free and whole bytes of the disk that holds a folder. */
  readonly room: (folder: string) => { readonly free: number; readonly total: number };
}

/** Below this events are lost soon; a spool of a busy day takes some dozens of megabytes. */
const LEAST_FREE = 200 * 1024 ** 2;
const LOW_FREE = 1024 ** 3;
/** An event may be so far ahead of the clock: two machines that share a home folder. */
const AHEAD_MS = 5 * 60_000;
/** No event and no check is older than the program. */
const PROGRAM_BEGAN = Date.UTC(2026, 0, 1);

const SHELL_FILES = [
  '.zshrc',
  '.zprofile',
  '.zshenv',
  '.bashrc',
  '.bash_profile',
  '.bash_aliases',
  '.profile',
  '.config/fish/config.fish',
];

/** Looks at the machine; changes nothing. */
export function checkMachine(options: MachineCheck): Check {
  const { paths, version, health, now } = options;
  const { free, total } = options.room(existing(paths.own));
  return {
    name: 'Machine',
    facts: [
      `Hookline ${version}, ${process.versions.electron === undefined ? `Node ${process.versions.node}` : `Electron ${process.versions.electron}`}`,
      `${os.type()} ${os.release()}, ${os.arch()}`,
      `Claude Code ${clientVersions(paths).join(', ') || 'is not running'}`,
      `${Math.round(free / 1024 ** 2)} MB free of ${Math.round(total / 1024 ** 2)}`,
      `clock ${new Date(now).toISOString()}`,
    ],
    findings: [
      ...diskFindings(free),
      ...clockFindings(now, health.health.lastEventAt),
      ...aliasFindings(paths.home),
    ],
  };
}

/** Room on the disk of a folder, as the system says. @throws what the system says */
export function roomOf(folder: string): { readonly free: number; readonly total: number } {
  const { bavail, blocks, bsize } = fs.statfsSync(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}

function existing(folder: string): string {
  return fs.existsSync(folder) ? folder : existing(dirname(folder));
}

function diskFindings(free: number): readonly DoctorFinding[] {
  if (free >= LOW_FREE) return [];
  const draft = {
    code: 'disk',
    title: 'The disk is nearly full',
    detail: `${Math.round(free / 1024 ** 2)} MB are left on the disk that holds the record.`,
    remedy: 'Make room; what cannot be written is lost.',
  };
  return [free < LEAST_FREE ? attention(draft) : note(draft)];
}

function clockFindings(now: number, lastEventAt: number | null): readonly DoctorFinding[] {
  const isBehind = now < PROGRAM_BEGAN;
  const isAhead = lastEventAt !== null && lastEventAt - now > AHEAD_MS;
  if (!isBehind && !isAhead) return [];
  return [
    attention({
      code: 'clock',
      title: 'The clock of this machine is behind',
      detail: isBehind
        ? `It says ${new Date(now).toISOString()}, which is before this program was made.`
        : `It says ${new Date(now).toISOString()}, and the last event is of ${new Date(lastEventAt ?? 0).toISOString()}.`,
      remedy: 'Set the clock; an event is stored with the time at which it happened.',
    }),
  ];
}

/** Versions of the clients that run, each once. */
function clientVersions(paths: Paths): readonly string[] {
  const folder = join(paths.claude, 'sessions');
  const versions = namesIn(folder)
    .map((name) => /"version":\s*"([\d.]+)"/.exec(textIn(join(folder, name)))?.[1])
    .filter((version) => version !== undefined);
  return [...new Set(versions)].sort();
}

function aliasFindings(home: string): readonly DoctorFinding[] {
  const places = SHELL_FILES.flatMap((name) => {
    const path = join(home, name);
    return textIn(path)
      .split('\n')
      .flatMap((line, i) =>
        /^\s*(alias\s+ccc[=\s]|(function\s+)?ccc\s*\(\)|function\s+ccc\b)/.test(line)
          ? [`${path}, line ${i + 1}`]
          : [],
      );
  });
  if (places.length === 0) return [];
  return [
    note({
      code: 'ccc-alias',
      title: 'A shell alias takes the name ccc',
      detail: 'In a terminal "ccc" runs that alias, not Hookline. Its text is not shown here.',
      evidence: places,
      remedy: 'Remove the alias if "ccc" shall be ours; Hookline edits no file of a shell.',
    }),
  ];
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function textIn(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    // Few have all of these files.
    return '';
  }
}
