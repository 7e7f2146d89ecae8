/** Results as sentences for a terminal. Pure. */
import type { CaptureCost, HealthView, RefreshReport } from '../../src-core/contract/views.ts';

const number = (value: number): string => value.toLocaleString('en');

/** What a refresh did. */
export function describeRefresh(report: RefreshReport): string {
  const drift = `${report.drift === null ? '–' : number(report.drift)} drift`;
  const lines = [
    `${number(report.drained)} captured, ${number(report.healedToSqlite)} added to SQLite, ${number(report.healedToJsonl)} added to JSONL, ${drift}`,
  ];
  if (report.duplicates > 0)
    lines.push(`${number(report.duplicates)} lines stand twice; none is counted twice`);
  if (report.quarantined > 0)
    lines.push(`${number(report.quarantined)} things were not understood and are in quarantine`);
  if (report.statsWritten.length > 0)
    lines.push(`${number(report.statsWritten.length)} statistics files renewed`);
  for (const { store, reason } of report.unreachable) lines.push(`${store}: ${reason}`);
  return lines.join('\n');
}

const STATES: Readonly<Record<HealthView['health']['state'], string>> = {
  capturing: 'Capturing',
  idle: 'Ready',
  attention: 'Needs attention',
  paused: 'Paused',
  'not-installed': 'Not installed',
};

/** One line that says how things stand. */
export function describeHealthLine(view: HealthView): string {
  const { state, lastEventAt, drift } = view.health;
  const parts = [STATES[state]];
  if (lastEventAt !== null) parts.push(`last event ${describeAge(view.now - lastEventAt)} ago`);
  if (drift !== null) parts.push(`${number(drift)} drift`);
  parts.push(`${number(view.total)} events`);
  return parts.join(' · ');
}

/** How things stand, in full. */
export function describeHealth(view: HealthView): string {
  const sources = Object.entries(view.bySource).filter(([, count]) => count > 0);
  const lines = [
    describeHealthLine(view),
    ...view.health.findings.flatMap(({ severity, title, detail }) => [
      `${severity === 'attention' ? '!' : '-'} ${title}`,
      `  ${detail}`,
    ]),
    '',
    `Events       ${number(view.total)}${sources.length === 0 ? '' : ` = ${sources.map(([source, count]) => `${number(count)} by ${source}`).join(' + ')}`}`,
    `In the spool ${number(view.spool.waiting)}`,
    `Quarantine   ${number(view.quarantine)}`,
    `Hook errors  ${number(view.hookErrors.today)} today${view.cost.errors.length === 0 ? '' : ` (${view.cost.errors.map(({ kind, count }) => `${kind} ${number(count)}`).join(', ')})`}`,
    ...describePurge(view),
    '',
    ...describeCost(view.cost),
    '',
    ...view.streams.map(
      ({ name, inSqlite, inJsonl, duplicates }) =>
        `${name.padEnd(16)} ${count(inSqlite)} in SQLite, ${count(inJsonl)} in JSONL${duplicates > 0 ? `, ${number(duplicates)} twice` : ''}`,
    ),
    '',
    ...view.places.map(({ name, path }) => `${name.padEnd(24)} ${path}`),
  ];
  return lines.join('\n');
}

function describePurge({ purge, now }: HealthView): readonly string[] {
  const [next] = purge.days;
  if (next === undefined) return [];
  const when = next.at <= now ? 'today' : `in ${describeAge(next.at - now)}`;
  const lacking = next.notStored === 0 ? 'all stored' : `${number(next.notStored)} not stored`;
  return [
    `Transcripts  Claude Code deletes ${number(next.files)} ${when} (${lacking}); it keeps them ${number(purge.keptDays)} days`,
  ];
}

function describeCost(cost: CaptureCost): readonly string[] {
  const calls = `${number(cost.calls)} ${cost.calls === 1 ? 'call' : 'calls'}`;
  const waited =
    cost.waitedMs === null || cost.launcher === null
      ? `Own cost     ${calls} today; how long Claude waited is not measured yet`
      : `Own cost     Claude waited about ${seconds(cost.waitedMs)} for us today (estimate: ${cost.launcher.medianMs} ms, by self-test, × ${calls})`;
  const runs = `             ${number(cost.runs)} background ${cost.runs === 1 ? 'run' : 'runs'}, ${seconds(cost.cpuMs)} of processor time${cost.isOverBudget ? '; over budget, started every 10 s at most' : ''}`;
  const rows = [
    ['until stored', cost.stored],
    ['processor', cost.cpu],
    ['run', cost.wall],
  ] as const;
  return [
    waited,
    runs,
    ...rows.flatMap(([name, times]) =>
      times === null
        ? []
        : [
            `  ${name.padEnd(13)} p50 ${seconds(times.p50)}, p95 ${seconds(times.p95)}, max ${seconds(times.max)}`,
          ],
    ),
  ];
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function count(value: number | null): string {
  return (value === null ? '–' : number(value)).padStart(9);
}

/** An age in the unit that fits it. */
export function describeAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} m` : `${Math.floor(hours / 24)} d`;
}
