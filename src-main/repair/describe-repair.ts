/** Findings, plans and reports in words, for the command line. Pure. */
import type {
  RepairDiagnosis,
  RepairEntry,
  RepairFinding,
  RepairPlan,
  RepairReport,
} from '../../src-core/contract/repair.ts';

/** What was found, each finding with its first places. */
export function describeDiagnosis({ findings, looked, outdatedLines }: RepairDiagnosis): string {
  const seen = `Looked at ${looked.rows.toLocaleString('en')} rows and ${looked.lines.toLocaleString('en')} lines.`;
  const old =
    outdatedLines === 0
      ? []
      : [
          `${outdatedLines} lines are older than what was learnt since; that is no damage. "hookline repair --only amended" writes them anew.`,
        ];
  if (findings.length === 0) return [seen, 'Nothing is wrong.', ...old].join('\n');
  return [seen, '', ...findings.map(describeFinding), ...old].join('\n');
}

function describeFinding({ severity, sentence, evidence, advice, count }: RepairFinding): string {
  const places = evidence.map(({ where, what }) => `    ${where}: ${what}`);
  const more = count > evidence.length ? [`    and ${count - evidence.length} more`] : [];
  const help = advice === null ? [] : [`    ${advice}`];
  return [`${SIGNS[severity]} ${sentence}`, ...places, ...more, ...help].join('\n');
}

const SIGNS = { damage: '✗', attention: '!', note: '·' } as const;

/** What would be done, a line for each part; parts that are only done on request say so. */
export function describePlan({ parts, summary }: RepairPlan): string {
  const lines = parts.map(
    ({ part, sentence, isChosen }) =>
      `  ${part.padEnd(12)}${sentence}${isChosen ? '' : ' (only when asked for)'}`,
  );
  return [...lines, '', summary].join('\n');
}

/** What was done, what is left, and what is lost. */
export function describeReport(report: RepairReport): string {
  const { state, reason, done, lost, left, isProven, id, snapshotPath } = report;
  const ending =
    state === 'done'
      ? []
      : [`The repair was ${state === 'failed' ? 'not completed' : 'cancelled'}: ${reason}`];
  const proof = isProven
    ? 'A fresh look finds nothing more that this repair could mend.'
    : 'A fresh look still finds something.';
  return [
    ...done,
    ...ending,
    ...(lost.sentence === null ? [] : [lost.sentence]),
    proof,
    ...left.map(describeFinding),
    `What it changed is kept in ${snapshotPath}. "hookline repair --undo ${id}" takes it back.`,
  ].join('\n');
}

/** One repair of the list. */
export function describeEntry({ id, state, summary }: RepairEntry): string {
  return `${id}  ${state.padEnd(10)}${summary}`;
}
