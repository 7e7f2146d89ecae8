/** What a repair would do about the findings: a pure function of them. */
import {
  type RepairDiagnosis,
  type RepairFinding,
  type RepairPart,
  type RepairPlan,
  repairParts,
} from '../../src-core/contract/repair.ts';

/** Plans the repair. Nothing is planned where nothing was found. */
export function planRepair({
  findings,
  outdatedLines,
}: Pick<RepairDiagnosis, 'findings' | 'outdatedLines'>): RepairPlan {
  const parts = repairParts.flatMap((part) => {
    if (part === 'amended') return outdatedLines === 0 ? [] : [amended(outdatedLines)];
    const meant = findings.filter((finding) => finding.part === part);
    return meant.length === 0 ? [] : [planned(part, meant)];
  });
  return { parts, summary: summaryOf(parts) };
}

type Planned = RepairPlan['parts'][number];

function planned(part: RepairPart, findings: readonly RepairFinding[]): Planned {
  const count = findings.reduce((sum, finding) => sum + finding.count, 0);
  return {
    part,
    count,
    sentence: SENTENCES[part](count),
    samples: findings.flatMap(({ evidence }) => evidence).slice(0, 5),
    isChosen: true,
  };
}

function amended(count: number): Planned {
  return {
    part: 'amended',
    count,
    sentence: SENTENCES.amended(count),
    samples: [],
    isChosen: false,
  };
}

const number = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

const SENTENCES: Readonly<Record<RepairPart, (count: number) => string>> = {
  permissions: (count) => `set the modes of ${number(count, 'file')}`,
  database: () =>
    'put a sound database in place, with all that can still be read; keep the damaged one',
  rows: (count) => `write ${number(count, 'row')} anew from other witnesses, or take them out`,
  lines: (count) => `move ${number(count, 'bad line')} out, and take what is good in them`,
  duplicates: (count) => `remove ${number(count, 'repeated line')}`,
  amended: (count) => `bring ${number(count, 'line')} up to date with what was learnt later`,
  drift: (count) => `write ${number(count, 'missing row or line')} from the other store`,
  statistics: (count) => `compute ${number(count, 'file or sum')} anew`,
  transcripts: (count) => `take ${number(count, 'call')} over from transcripts`,
};

function summaryOf(parts: readonly Planned[]): string {
  const chosen = parts.filter(({ isChosen }) => isChosen);
  if (chosen.length === 0) return 'Nothing is to be repaired.';
  return `Will ${chosen.map(({ sentence }) => sentence).join('; ')}. Everything else stays as it is.`;
}
