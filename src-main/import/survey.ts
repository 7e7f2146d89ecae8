/** Reads the old record and compares it with ours: what planning, importing and counting start from. */
import { existsSync } from 'node:fs';
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import { gatherOldRecord, type OldRecord } from './gather.ts';
import { readOwnEvents } from './own-events.ts';
import { type Union, uniteTraces } from './union.ts';
import { judgeEvents, type Verdicts } from './verdicts.ts';

/** What a survey needs. */
export interface SurveyOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly redactor: Redactor;
  /** How long a statement waits for the old hook, milliseconds. */
  readonly busyMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The old record, understood. */
export interface Survey {
  readonly record: OldRecord;
  readonly union: Union;
  readonly verdicts: Verdicts;
}

/** Surveys; `db` is our store, or null where there is none. */
export function surveyOldRecord(db: ReadableDb | null, options: SurveyOptions): Survey {
  const { paths, now } = options;
  const { settings } = readSettings(paths.settings);
  const isOut = createExclusion(settings.excludedFolders);
  const record = gatherOldRecord({ ...options, isExcluded: (pwd) => isOut(pwd, pwd) });
  const union = uniteTraces(record.traces, readOwnEvents(db, record.traces));
  const nowS = existsSync(paths.launcher) ? Math.floor(now / 1000) : null;
  return {
    record,
    union,
    verdicts: judgeEvents(union, { db, tombstones: openTombstones(paths), nowS }),
  };
}
