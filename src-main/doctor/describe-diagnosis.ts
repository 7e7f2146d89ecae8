/** A diagnosis as text for a terminal or a bug report. Pure. */
import type { Diagnosis, DoctorFinding } from './diagnosis.ts';

const BOLD = '\u001b[1m';
const ALARM = '\u001b[31m';
const PLAIN = '\u001b[0m';

/** The text; with colours only where they are wanted. */
export function describeDiagnosis(diagnosis: Diagnosis, isColoured: boolean): string {
  const style = (codes: string, text: string): string =>
    isColoured ? `${codes}${text}${PLAIN}` : text;
  const findings = diagnosis.checks.flatMap((check) => check.findings);
  const attention = findings.filter(({ severity }) => severity === 'attention').length;
  const notes = findings.length - attention;
  const describe = (finding: DoctorFinding): readonly string[] => [
    finding.severity === 'attention' ? style(ALARM, `! ${finding.title}`) : `- ${finding.title}`,
    `    ${finding.detail}`,
    ...finding.evidence.map((line) => `    · ${line}`),
    ...(finding.remedy === null ? [] : [`    → ${finding.remedy}`]),
  ];
  return [
    style(BOLD, summaryOf(attention, notes)),
    ...diagnosis.checks.flatMap((check) => [
      '',
      style(BOLD, check.name),
      ...check.facts.map((fact) => `  ${fact}`),
      ...check.findings.flatMap(describe).map((line) => `  ${line}`),
    ]),
  ].join('\n');
}

function summaryOf(attention: number, notes: number): string {
  const rest = notes === 0 ? '' : notes === 1 ? ', 1 note' : `, ${notes} notes`;
  if (attention === 0) return `Nothing needs attention${rest}.`;
  return `${attention === 1 ? '1 thing needs' : `${attention} things need`} attention${rest}.`;
}
