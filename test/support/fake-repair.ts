/** A damaged record, its plan and the repair of it, for pages that are drawn without one. */
import type { Handlers } from '../../src-core/contract/ipc.ts';
import type { RepairDiagnosis, RepairReport } from '../../src-core/contract/repair.ts';
import { planRepair } from '../../src-main/repair/plan.ts';

const ID = '20260126T120000Z';

/** Three things that are wrong, one of each severity. */
export function fakeDiagnosis(now: number): RepairDiagnosis {
  return {
    takenAt: now,
    isFull: true,
    findings: [
      {
        code: 'lines-damaged',
        severity: 'damage',
        sentence: '3 lines cannot be read, or are not what was written.',
        count: 3,
        evidence: [{ where: 'tool-usage.jsonl, line 2041', what: 'not JSON' }],
        part: 'lines',
        advice: null,
      },
      {
        code: 'lines-repeated',
        severity: 'attention',
        sentence: '40 lines of ours stand there twice.',
        count: 40,
        evidence: [{ where: 'activity-events.jsonl, line 7', what: 'event toolu_01' }],
        part: 'duplicates',
        advice: null,
      },
      {
        code: 'settings-invalid',
        severity: 'note',
        sentence: '1 setting is not usable.',
        count: 1,
        evidence: [{ where: 'settings.json', what: 'setting privacy: the default is used' }],
        part: null,
        advice: 'Mend data/hookline/settings.json; the default is used meanwhile.',
      },
    ],
    looked: { rows: 41_200, lines: 171_903, bytes: 64_120_551 },
    outdatedLines: 12,
    durationMs: 640,
  };
}

function fakeRepairReport(now: number): RepairReport {
  return {
    id: ID,
    startedAt: now - 4000,
    finishedAt: now,
    state: 'done',
    reason: null,
    parts: ['lines', 'duplicates'],
    found: fakeDiagnosis(now).findings,
    done: ['Moved 3 lines out of tool-usage.', 'Moved 40 lines out of activity-events.'],
    cameFrom: { database: 0, lines: 0, rescuedLines: 2, spool: 0, transcripts: 0 },
    lost: { events: 0, ids: [], fromAt: null, toAt: null, sentence: null },
    left: [],
    isProven: true,
    snapshotPath: `/home/dev/.claude/data/hookline/backups/repair-${ID}`,
  };
}

type RepairHandlers = Pick<Handlers, Extract<keyof Handlers, `repair.${string}`>>;

/** Handlers of a record that can be repaired. */
export function fakeRepairs(clock: () => number): RepairHandlers {
  return {
    'repair.diagnose': async () => {
      const diagnosis = fakeDiagnosis(clock());
      return { diagnosis, plan: planRepair(diagnosis) };
    },
    'repair.apply': async () => ({ report: fakeRepairReport(clock()), refusal: null }),
    'repair.progress': async () => ({ progress: null }),
    'repair.cancel': async () => null,
    'repair.list': async () => ({
      repairs: [
        {
          id: ID,
          startedAt: clock(),
          state: 'done',
          summary: 'move 3 bad lines out',
          canUndo: true,
        },
      ],
    }),
    'repair.undo': async () => ({
      undo: { ids: [ID], done: ['tool-usage.jsonl is what it was.'] },
      refusal: null,
    }),
  };
}
