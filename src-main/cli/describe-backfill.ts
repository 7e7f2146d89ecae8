/** What a backfill would do, and what an audit found, as sentences for a terminal. Pure. */
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { PassProgress } from '../transcripts/pass.ts';
import type { BackfillPreview } from '../transcripts/preview.ts';

const number = (value: number): string => value.toLocaleString('en');
const MB = 1_000_000;

/** What a backfill would do. */
export function describePreview(preview: BackfillPreview): string {
  const { leftOut, notUnderstood } = preview;
  const types = Object.entries(notUnderstood.types);
  const rows = [
    [`${number(preview.files)} transcripts`, `${number(Math.round(preview.bytes / MB))} MB`],
    ['New', number(preview.new)],
    ['Enriched', number(preview.enriching)],
    ['Already known', number(preview.alreadyKnown)],
    ...(leftOut.paused > 0 ? [['In a pause', number(leftOut.paused)]] : []),
    ...(leftOut.takenBack > 0 ? [['Taken back', number(leftOut.takenBack)]] : []),
    ['Damaged lines', number(notUnderstood.lines)],
    ...(notUnderstood.files > 0 ? [['Not readable', `${number(notUnderstood.files)} files`]] : []),
    ...(types.length > 0
      ? [['Unknown types', types.map(([type, count]) => `${type} ${number(count)}`).join(', ')]]
      : []),
  ];
  return [
    ...rows.map(([name = '', value = '']) => `${name.padEnd(18)} ${value}`),
    ...(preview.months.length === 0 ? [] : ['', 'month          new  enriched     known']),
    ...preview.months.map(
      (month) =>
        `${month.month} ${cell(month.new)} ${cell(month.enriching)} ${cell(month.alreadyKnown)}`,
    ),
  ].join('\n');
}

function cell(value: number): string {
  return number(value).padStart(9);
}

/** How far a pass has come. */
export function describeProgress({ files, bytes, ofBytes }: PassProgress): string {
  const part = ofBytes === 0 ? 100 : Math.floor((bytes / ofBytes) * 100);
  return `${part} % · ${number(files)} files · ${number(Math.round(bytes / MB))} MB`;
}

const GAPS: Readonly<Record<AuditReport['gaps'][number]['why'], string>> = {
  lost: 'was stored once and is gone',
  unanswered: 'never got a result, so no hook told of it',
  'not-kept': 'the hook kept nothing at that time',
  'before-install': 'before the hook told anything',
  'no-hooks': 'no hook told of this session',
  'not-told': 'no hook told of it, or its event was deleted',
};

const EXTRAS: Readonly<Record<AuditReport['extras'][number]['why'], string>> = {
  duplicate: 'is stored twice',
  'old-record': 'the old record told of it, too',
  'not-in-transcript': 'no transcript tells of it',
};

const WITNESSES: Readonly<Record<AuditReport['noWitness']['sessions'][number]['why'], string>> = {
  'no-transcript': 'no transcript',
  'transcript-gone': 'transcript deleted',
  damaged: 'transcript damaged',
  unfinished: 'transcript unfinished',
  'agent-gone': "an agent's transcript missing",
};

const MOST_SHOWN = 20;

/** The ledger line, and all that does not add up. */
export function describeAudit(report: AuditReport): string {
  const { total, gaps, extras, noWitness, sessions } = report;
  const rest = [
    ...(total.pending > 0 ? [`${number(total.pending)} too fresh to tell`] : []),
    ...(total.leftOut > 0 ? [`${number(total.leftOut)} left out on purpose`] : []),
    ...(total.byTranscript > 0
      ? [`${number(total.byTranscript)} known from transcripts alone`]
      : []),
  ];
  return [
    ledgerLine(report),
    `Whole transcripts of ${number(sessions.length)} sessions${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.`,
    ...listed('Missing', gaps, ({ at, tool, sessionId, why, canHeal }) =>
      line(
        at,
        tool,
        sessionId,
        `${GAPS[why]}${canHeal ? '; a backfill brings it' : '; cannot be brought back'}`,
      ),
    ),
    ...listed('Too many', extras, ({ at, tool, sessionId, why }) =>
      line(at, tool, sessionId, EXTRAS[why]),
    ),
    ...describeNoWitness(noWitness),
  ].join('\n');
}

/** The one line that must say 0 twice. */
export function ledgerLine({ total }: AuditReport): string {
  return `${number(total.seen)} calls seen by Claude, ${number(total.stored)} in store, ${number(total.missing)} missing, ${number(total.extra)} extra`;
}

function line(at: number, tool: string, sessionId: string | null, why: string): string {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return `  ${time} UTC  ${tool}  session ${sessionId?.slice(0, 8) ?? '–'}: ${why}`;
}

function listed<T>(title: string, all: readonly T[], describe: (one: T) => string): string[] {
  if (all.length === 0) return [];
  const more =
    all.length > MOST_SHOWN ? [`  and ${number(all.length - MOST_SHOWN)} more (--json)`] : [];
  return ['', `${title}:`, ...all.slice(0, MOST_SHOWN).map(describe), ...more];
}

function describeNoWitness({ calls, sessions }: AuditReport['noWitness']): string[] {
  if (sessions.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { why } of sessions) counts.set(WITNESSES[why], (counts.get(WITNESSES[why]) ?? 0) + 1);
  const reasons = [...counts].map(([why, count]) => `${why} ${number(count)}`).join(', ');
  return [
    '',
    `No witness: ${number(calls)} calls of ${number(sessions.length)} sessions (${reasons}).`,
  ];
}
