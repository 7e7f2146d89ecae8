/**
 * Looks at the whole record and says what is not as it should be. Writes nothing, and may run at any
 * time; what is captured meanwhile is no finding.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src-core/base/clock.ts';
import type { RepairDiagnosis, RepairFinding } from '../../src-core/contract/repair.ts';
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { examineJournals, type JournalSurvey } from './examine-journals.ts';
import { examineRows, type RowSurvey } from './examine-rows.ts';
import { examineStatistics } from './examine-statistics.ts';
import { examineStore } from './examine-store.ts';
import { examineSurroundings } from './examine-surroundings.ts';
import { createTally, findingOf, oneFinding } from './finding.ts';
import { quickDrift } from './quick-drift.ts';

/** What a diagnosis works with. */
export interface DiagnoseOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  /** Everything, or what is quick to ask: SQLite's own quick check, and cursors against files. */
  readonly isFull: boolean;
  /** The audit of the transcripts, as far as they were read; not asked in a quick look. */
  readonly audit?: () => AuditReport;
  readonly busyMs?: number;
}

/** A diagnosis with what a repair needs beside it. */
export interface Examination {
  readonly diagnosis: RepairDiagnosis;
  readonly journals: JournalSurvey | null;
  readonly rows: RowSurvey | null;
}

const BUSY_MS = 5000;

/** Diagnoses. */
export async function diagnose(options: DiagnoseOptions): Promise<RepairDiagnosis> {
  return (await examine(options)).diagnosis;
}

/** As `diagnose`, with the surveys that it rests on. */
export async function examine(options: DiagnoseOptions): Promise<Examination> {
  const { paths, open, clock, isFull, busyMs = BUSY_MS } = options;
  const takenAt = clock.now();
  const startedAt = performance.now();
  const store = examineStore({ paths, open, busyMs, isFull });
  try {
    const record = await examineRecord(options, store.db);
    const findings = [
      ...store.findings,
      ...record.findings,
      ...examineSurroundings(paths, takenAt),
      ...(isFull && store.db !== null ? transcriptFindings(options) : []),
    ];
    const { journals, rows } = record;
    return {
      diagnosis: {
        takenAt,
        isFull,
        findings: bySeverity(findings),
        looked: {
          rows: rows?.count ?? 0,
          lines: journals?.lines ?? 0,
          bytes: journals?.bytes ?? 0,
        },
        outdatedLines: journals?.outdatedLines ?? 0,
        durationMs: performance.now() - startedAt,
      },
      journals,
      rows,
    };
  } finally {
    store.db?.close();
  }
}

interface Record extends Pick<Examination, 'journals' | 'rows'> {
  readonly findings: readonly RepairFinding[];
}

async function examineRecord(
  { paths, isFull }: DiagnoseOptions,
  db: ReadableDb | null,
): Promise<Record> {
  try {
    if (!isFull) {
      const findings =
        db === null ? [] : [...quickDrift(db, paths), ...examineStatistics(db, paths, null)];
      return { journals: null, rows: null, findings };
    }
    const rows = db === null ? null : await examineRows(db, nextTurn);
    const journals = await examineJournals({ paths, db, rows, giveWay: nextTurn });
    return {
      journals,
      rows,
      findings: [
        ...rowFindings(rows),
        ...journals.findings,
        ...(db === null ? [] : examineStatistics(db, paths, rows)),
      ],
    };
  } catch (error) {
    const { kind, message } = toStoreError(error);
    if (kind !== 'corrupt' && kind !== 'busy' && kind !== 'unreachable') throw error;
    const code = kind === 'corrupt' ? 'database-damaged' : 'database-unreachable';
    return { journals: null, rows: null, findings: oneFinding(code, paths.database, message) };
  }
}

function rowFindings(rows: RowSurvey | null): RepairFinding[] {
  if (rows === null) return [];
  return [
    findingOf('rows-damaged', rows.damaged) ?? [],
    findingOf('rows-misjudged', rows.misjudged) ?? [],
  ].flat();
}

function transcriptFindings({ audit }: DiagnoseOptions): RepairFinding[] {
  if (audit === undefined) return [];
  const tally = createTally();
  try {
    for (const { id, tool, canHeal } of audit().gaps)
      if (canHeal) tally.add({ where: `call ${id}`, what: tool });
  } catch (error) {
    // A database that cannot be read was told of already.
    if (toStoreError(error).kind === 'other') throw error;
  }
  return [findingOf('transcripts-waiting', tally) ?? []].flat();
}

const ORDER = { damage: 0, attention: 1, note: 2 } as const;

function bySeverity(findings: readonly RepairFinding[]): RepairFinding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ code }) => !seen.has(code) && seen.add(code))
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
