/** Whether the stores are whole and nobody else's to read: the database, the JSONL files, our folders. */
import fs from 'node:fs';
import { join } from 'node:path';
import type { HealthView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readableByOthers } from '../install/hook-files.ts';
import { attention, type Check, type DoctorFinding, note } from './diagnosis.ts';

/** What the check is told. */
export interface StoresCheck {
  readonly paths: Paths;
  readonly health: HealthView;
  /** What is wrong with the pages of the database; empty for a whole one, null where there is none. */
  readonly complaints: () => readonly string[] | null;
}

/** Looks at the stores; reads the database once from end to end. */
export function checkStores({ paths, health, complaints }: StoresCheck): Check {
  const broken = readComplaints(complaints);
  const torn = Object.values(paths.journals).filter(isTorn);
  return {
    name: 'Stores',
    facts: [
      ...health.places.map(({ name, path, bytes }) =>
        bytes === null ? `${name}: ${path}` : `${name}: ${path}, ${bytes} bytes`,
      ),
      broken === null
        ? 'no database'
        : broken.length === 0
          ? 'the database is whole'
          : (broken[0] ?? ''),
      `${health.total} events`,
    ],
    findings: [
      ...(broken === null || broken.length === 0 ? [] : [brokenFinding(paths, broken)]),
      ...torn.map(tornFinding),
      ...modeFindings(paths),
    ],
  };
}

function readComplaints(complaints: StoresCheck['complaints']): readonly string[] | null {
  try {
    return complaints();
  } catch (error) {
    return [(error as Error).message];
  }
}

/** True for a file that does not end with a line end: whoever wrote last was interrupted. */
function isTorn(path: string): boolean {
  try {
    const size = fs.statSync(path).size;
    if (size === 0) return false;
    const descriptor = fs.openSync(path, 'r');
    try {
      const last = Buffer.alloc(1);
      fs.readSync(descriptor, last, 0, 1, size - 1);
      return last.toString() !== '\n';
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    // No such file: health says what is missing from the stores.
    return false;
  }
}

function brokenFinding(paths: Paths, complaints: readonly string[]): DoctorFinding {
  return attention({
    code: 'database-damaged',
    title: 'The database is damaged or cannot be used',
    detail: `${paths.database} does not pass SQLite's own check. Events are kept in the JSONL files meanwhile.`,
    evidence: complaints.slice(0, 5),
    action: 'refresh',
    remedy: '"hookline refresh" sets it aside if it cannot be opened, and builds it anew.',
  });
}

function tornFinding(path: string): DoctorFinding {
  return note({
    code: 'jsonl-torn',
    title: 'The last line of a JSONL file is not whole',
    detail: `${path} does not end with a line end: a writer was interrupted.`,
    remedy: 'The next event closes the line; the event itself is in the database or in the spool.',
  });
}

function modeFindings(paths: Paths): readonly DoctorFinding[] {
  const own = [
    paths.own,
    paths.spool,
    paths.quarantine,
    paths.logs,
    paths.backups,
    paths.hookFolder,
  ];
  const open = own.filter((path) => isOpen(path));
  const key = isOpen(paths.redactionKey) ? [paths.redactionKey] : [];
  const shared = readableByOthers(paths).map(
    ({ path, mode }) => `${path} has mode ${mode.toString(8)}`,
  );
  return [
    ...[...open, ...key].map((path) =>
      attention({
        code: 'permissions',
        title: 'Others can read what is ours alone',
        detail: `${path} is open to other accounts.`,
        action: 'install',
        remedy: '"hookline install" makes it private again.',
      }),
    ),
    ...(shared.length === 0
      ? []
      : [
          note({
            code: 'permissions-shared',
            title: 'Files with your events can be read by other accounts',
            detail: 'They were there before, and are left as they are.',
            evidence: shared,
            remedy: `chmod 600 closes them; they lie in ${join(paths.data)}.`,
          }),
        ]),
  ];
}

function isOpen(path: string): boolean {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & 0o077) !== 0;
}
