/** What the doctor says: the findings of health, made whole by what only a closer look shows. */
import type { Finding } from '../../src-core/contract/views.ts';

/** A finding with what it was concluded from, and what to do. */
export interface DoctorFinding extends Finding {
  /** Facts, each on a line; empty where the detail says it all. */
  readonly evidence: readonly string[];
  /** What helps, as a sentence; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** What was found, in words, whether or not anything is wrong with it. */
  readonly facts: readonly string[];
  readonly findings: readonly DoctorFinding[];
}

/** The whole of it. */
export interface Diagnosis {
  readonly at: number;
  readonly version: string;
  readonly checks: readonly Check[];
}

/** What a check begins with. */
type Draft = Pick<DoctorFinding, 'code' | 'title' | 'detail' | 'remedy'> & Partial<DoctorFinding>;

const NONE = { sinceAt: null, action: null, evidence: [] } as const;

/** Something that keeps capture from working, or will. */
export function attention(draft: Draft): DoctorFinding {
  return { ...NONE, ...draft, severity: 'attention' };
}

/** Something to know. */
export function note(draft: Draft): DoctorFinding {
  return { ...NONE, ...draft, severity: 'note' };
}

/** True if anything needs attention. */
export function needsAttention({ checks }: Diagnosis): boolean {
  return checks.some(({ findings }) => findings.some(({ severity }) => severity === 'attention'));
}
